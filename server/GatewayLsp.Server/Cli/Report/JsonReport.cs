using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Check;
using GatewayLsp.Server.Cli.Input;

namespace GatewayLsp.Server.Cli.Report;

/// <summary>The stable machine form (docs/cli.md). Lines and characters are 0-based UTF-16, as in LSP.</summary>
internal sealed class JsonReport(Stream output) : IReport
{
    private const int FlushAt = 32 * 1024;

    /// <summary>Letters of all scripts as they are: nobody embeds this in HTML.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json = new(output, Options);
    private ReportPlaces _places = null!;

    public void Begin(ReportPlaces places)
    {
        _places = places;
        _json.WriteStartObject();
        _json.WriteStartArray("files");
    }

    public void Add(CheckedFile file)
    {
        _json.WriteStartObject();
        Text("path", file.Shown);
        _json.WriteStartArray("diagnostics");
        foreach (Finding finding in file.Findings)
        {
            Write(finding, file.Shown);
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        if (_json.BytesPending > FlushAt)
        {
            _json.Flush();
        }
    }

    public void End(CheckSummary summary, IReadOnlyList<InputProblem> problems)
    {
        _json.WriteEndArray();
        _json.WriteStartObject("summary");
        _json.WriteNumber("files", summary.Files);
        _json.WriteNumber("documents", summary.Documents);
        _json.WriteNumber("errors", summary.Errors);
        _json.WriteNumber("warnings", summary.Warnings);
        _json.WriteNumber("infos", summary.Infos);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
        output.Flush();
    }

    private void Write(Finding finding, string path)
    {
        Diagnostic diagnostic = finding.Diagnostic;
        _json.WriteStartObject();
        Text("code", diagnostic.Code);
        Text("severity", RuleDocs.Name(finding.Severity));
        Text("message", diagnostic.Message);
        Range(finding.Place.Range);
        Text("source", RuleDocs.Name(diagnostic.Source));
        if (diagnostic.Object is { } about)
        {
            Write(about, _places.ClustersOf(finding.Place, _places.KeyOf(path)));
        }
        else
        {
            _json.WriteNull("object");
        }
        Text("field", diagnostic.Field);
        _json.WriteStartArray("related");
        foreach (RelatedLocation related in diagnostic.Related)
        {
            _json.WriteStartObject();
            Text("path", _places.Shown(related.Path));
            Range(_places.RangeOf(related));
            Text("message", related.Message);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteStartArray("fixes");
        foreach (Fix fix in diagnostic.Fixes.Where(static fix => !fix.IsSecret))
        {
            Write(fix, finding, path);
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Write(ManifestObject about, ImmutableArray<string> clusters)
    {
        _json.WriteStartObject("object");
        Clusters(_json, clusters);
        Text("apiVersion", about.ApiVersion);
        Text("kind", about.Kind);
        Text("namespace", about.Namespace);
        Text("name", about.Name);
        _json.WriteEndObject();
    }

    /// <summary>What is answered for where that is not plain, as <c>notes</c>; nothing where there are none.</summary>
    internal static void Notes(Utf8JsonWriter json, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }
        json.WriteStartArray("notes");
        foreach (string note in notes)
        {
            json.WriteStringValue(Printable.WellFormed(note));
        }
        json.WriteEndArray();
    }

    /// <summary>One as <c>cluster</c>, several as <c>clusters</c>.</summary>
    internal static void Clusters(Utf8JsonWriter json, ImmutableArray<string> clusters)
    {
        if (clusters.Length == 1)
        {
            json.WriteString("cluster", Printable.WellFormed(clusters[0]));
        }
        else if (clusters.Length > 1)
        {
            json.WriteStartArray("clusters");
            foreach (string cluster in clusters)
            {
                json.WriteStringValue(Printable.WellFormed(cluster));
            }
            json.WriteEndArray();
        }
    }

    private void Write(Fix fix, Finding finding, string path)
    {
        _json.WriteStartObject();
        Text("title", fix.Title);
        _json.WriteStartArray("edits");
        foreach (TextEdit edit in finding.Place.EditsOf(fix))
        {
            _json.WriteStartObject();
            Text("path", path);
            Range(edit.Range);
            Text("newText", edit.NewText);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Range(LineRange range)
    {
        _json.WriteStartObject("range");
        Position("start", range.Start);
        Position("end", range.End);
        _json.WriteEndObject();
    }

    private void Position(string name, LinePosition position)
    {
        _json.WriteStartObject(name);
        _json.WriteNumber("line", position.Line);
        _json.WriteNumber("character", position.Character);
        _json.WriteEndObject();
    }

    private void Text(string name, string? value)
    {
        if (value is null)
        {
            _json.WriteNull(name);
        }
        else
        {
            _json.WriteString(name, Printable.WellFormed(value));
        }
    }
}
