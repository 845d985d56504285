using System.Text.Json;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Check;
using GatewayLsp.Server.Cli.Input;

namespace GatewayLsp.Server.Cli.Report;

/// <summary>
/// SARIF 2.1.0 for code scanning. Results are written as they come; the rules they name follow in <c>tool</c> at the end, which
/// JSON does not mind. Lines and columns are 1-based UTF-16 code units, ends exclusive.
/// </summary>
/// <param name="rulePages">Address of a folder with the pages of the rules, ending in a slash; null leaves <c>helpUri</c> out.</param>
internal sealed class SarifReport(Stream output, Uri? rulePages = null) : IReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

    private readonly Utf8JsonWriter _json = new(output, JsonReport.Options);
    private readonly List<string> _rules = [];
    private ReportPlaces _places = null!;

    public void Begin(ReportPlaces places)
    {
        _places = places;
        _json.WriteStartObject();
        _json.WriteString("$schema", Schema);
        _json.WriteString("version", "2.1.0");
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        _json.WriteString("columnKind", "utf16CodeUnits");
        _json.WriteStartArray("results");
    }

    public void Add(CheckedFile file)
    {
        foreach (Finding finding in file.Findings)
        {
            Write(finding, file.Shown);
        }
        _json.Flush();
    }

    public void End(CheckSummary summary, IReadOnlyList<InputProblem> problems)
    {
        _json.WriteEndArray();
        Tool();
        Invocation(problems);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
        output.Flush();
    }

    private void Write(Finding finding, string path)
    {
        Diagnostic diagnostic = finding.Diagnostic;
        _json.WriteStartObject();
        _json.WriteString("ruleId", diagnostic.Code);
        _json.WriteNumber("ruleIndex", IndexOf(diagnostic.Code));
        _json.WriteString("level", Level(finding.Severity));
        Message("message", diagnostic.Message);
        _json.WriteStartArray("locations");
        _json.WriteStartObject();
        Physical(path, finding.Place.Range);
        if (diagnostic.Field is { Length: > 0 } field)
        {
            _json.WriteStartArray("logicalLocations");
            _json.WriteStartObject();
            _json.WriteString("fullyQualifiedName", Printable.WellFormed(field));
            _json.WriteString("kind", "member");
            _json.WriteEndObject();
            _json.WriteEndArray();
        }
        _json.WriteEndObject();
        _json.WriteEndArray();
        Related(diagnostic);
        Fixes(finding, path);
        _json.WriteEndObject();
    }

    private void Related(Diagnostic diagnostic)
    {
        if (diagnostic.Related.IsEmpty)
        {
            return;
        }
        _json.WriteStartArray("relatedLocations");
        foreach (RelatedLocation related in diagnostic.Related)
        {
            _json.WriteStartObject();
            Physical(_places.Shown(related.Path), _places.RangeOf(related));
            Message("message", related.Message);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void Fixes(Finding finding, string path)
    {
        if (finding.Diagnostic.Fixes.All(static fix => fix.IsSecret))
        {
            return;
        }
        _json.WriteStartArray("fixes");
        foreach (Fix fix in finding.Diagnostic.Fixes.Where(static fix => !fix.IsSecret))
        {
            _json.WriteStartObject();
            Message("description", fix.Title);
            _json.WriteStartArray("artifactChanges");
            _json.WriteStartObject();
            Artifact(path);
            _json.WriteStartArray("replacements");
            foreach (TextEdit edit in finding.Place.EditsOf(fix))
            {
                _json.WriteStartObject();
                Region("deletedRegion", edit.Range);
                Message("insertedContent", edit.NewText);
                _json.WriteEndObject();
            }
            _json.WriteEndArray();
            _json.WriteEndObject();
            _json.WriteEndArray();
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void Tool()
    {
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", "gateway-lsp");
        _json.WriteString("semanticVersion", ServerVersion.Text);
        _json.WriteStartArray("rules");
        foreach (string code in _rules)
        {
            _json.WriteStartObject();
            _json.WriteString("id", code);
            if (RuleCatalog.Find(code) is { } rule)
            {
                if (rulePages is not null)
                {
                    _json.WriteString("helpUri", new Uri(rulePages, code + ".md").AbsoluteUri);
                }
                Message("shortDescription", rule.Title);
                Message("fullDescription", rule.Doc.Says);
                _json.WriteStartObject("help");
                _json.WriteString("text", rule.Doc.Why);
                _json.WriteString("markdown", RuleDocs.Markdown(rule));
                _json.WriteEndObject();
                _json.WriteStartObject("defaultConfiguration");
                _json.WriteString("level", Level(rule.Severity));
                _json.WriteEndObject();
                _json.WriteStartObject("properties");
                _json.WriteStartArray("tags");
                _json.WriteStringValue(RuleDocs.Name(rule.Source));
                _json.WriteEndArray();
                _json.WriteEndObject();
            }
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void Invocation(IReadOnlyList<InputProblem> problems)
    {
        bool failed = false;
        _json.WriteStartArray("invocations");
        _json.WriteStartObject();
        _json.WriteStartArray("toolExecutionNotifications");
        foreach (InputProblem problem in problems)
        {
            failed |= problem.IsNamed;
            _json.WriteStartObject();
            _json.WriteString("level", problem.IsNamed ? "error" : "warning");
            Message("message", $"{problem.Shown}: {problem.Message}");
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteBoolean("executionSuccessful", !failed);
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private int IndexOf(string code)
    {
        int at = _rules.IndexOf(code);
        if (at < 0)
        {
            at = _rules.Count;
            _rules.Add(code);
        }
        return at;
    }

    private void Physical(string path, LineRange range)
    {
        _json.WriteStartObject("physicalLocation");
        Artifact(path);
        Region("region", range);
        _json.WriteEndObject();
    }

    /// <summary>A relative path stays relative: the reader resolves it against the root of the checkout.</summary>
    private void Artifact(string path)
    {
        string[] segments = Printable.WellFormed(path).Split('/');
        string uri = string.Join('/', segments.Select(Uri.EscapeDataString));
        _json.WriteStartObject("artifactLocation");
        _json.WriteString("uri", Path.IsPathRooted(path) ? "file://" + (uri.StartsWith('/') ? "" : "/") + uri : uri);
        _json.WriteEndObject();
    }

    private void Region(string name, LineRange range)
    {
        _json.WriteStartObject(name);
        _json.WriteNumber("startLine", range.Start.Line + 1);
        _json.WriteNumber("startColumn", range.Start.Character + 1);
        _json.WriteNumber("endLine", range.End.Line + 1);
        _json.WriteNumber("endColumn", range.End.Character + 1);
        _json.WriteEndObject();
    }

    private void Message(string name, string text)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text", Printable.WellFormed(text));
        _json.WriteEndObject();
    }

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
