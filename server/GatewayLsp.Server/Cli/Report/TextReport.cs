using System.Globalization;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Check;
using GatewayLsp.Server.Cli.Input;
using Spectre.Console;

namespace GatewayLsp.Server.Cli.Report;

/// <summary>For people: place, finding, the lines with marks under them, the repair, a last line with the counts.</summary>
internal sealed class TextReport(TextWriter output, bool color, bool quiet) : IReport
{
    /// <summary>The best come first; an editor shows them all.</summary>
    private const int MostFixes = 3;

    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Help = new(Color.Teal);

    private readonly IAnsiConsole _console = Consoles.On(output, color);
    private ReportPlaces _places = null!;

    public void Begin(ReportPlaces places) => _places = places;

    public void Add(CheckedFile file)
    {
        foreach (Finding finding in file.Findings)
        {
            Write(file, finding);
        }
        if (!file.Findings.IsEmpty)
        {
            output.Flush();
        }
    }

    public void End(CheckSummary summary, IReadOnlyList<InputProblem> problems)
    {
        if (!quiet && summary.Files > 0)
        {
            var line = new Paragraph();
            bool clean = summary.Errors + summary.Warnings + summary.Infos == 0;
            Style style = summary.Errors > 0 ? StyleOf(DiagnosticSeverity.Error) : summary.Warnings > 0 ? StyleOf(DiagnosticSeverity.Warning) : new Style(Color.Green);
            line.Append(clean ? "No findings" : Counts(summary), style);
            line.Append($" in {Count(summary.Files, "file")}, {Count(summary.Documents, "document")}");
            line.Append(summary.Fixable > 0 ? $" ({summary.Fixable} with a fix)\n" : "\n");
            _console.Write(line);
        }
        output.Flush();
    }

    private void Write(CheckedFile file, Finding finding)
    {
        Diagnostic diagnostic = finding.Diagnostic;
        LineRange range = finding.Place.Range;
        Style style = StyleOf(finding.Severity);
        var text = new Paragraph();
        text.Append(Place(file.Shown, range), Strong);
        text.Append(": ");
        text.Append(RuleDocs.Name(finding.Severity), style);
        text.Append($"[{diagnostic.Code}]", Faint);
        text.Append(" " + Printable.Of(diagnostic.Message) + "\n");

        Snippet snippet = Snippet.Of(SecretText.LinesOf(finding.Place.Slot.Document), finding.Place.Slot.StartLine, finding.Place.Slot.Document.RangeOf(diagnostic.Span));
        foreach (SnippetLine line in snippet.Lines)
        {
            text.Append(line.Number.PadLeft(snippet.NumberWidth) + " | ", Faint);
            text.Append(line.Text + "\n");
            if (line.Marks.Length > 0)
            {
                text.Append(new string(' ', snippet.NumberWidth) + " | ", Faint);
                text.Append(line.Marks + "\n", style);
            }
        }
        foreach (Fix fix in diagnostic.Fixes.Take(MostFixes))
        {
            Note(text, snippet.NumberWidth, "fix", fix.Title);
        }
        foreach (RelatedLocation related in diagnostic.Related)
        {
            Note(text, snippet.NumberWidth, "see", Place(_places.Shown(related.Path), _places.RangeOf(related)) + ": " + related.Message);
        }
        text.Append("\n");
        _console.Write(text);
    }

    private static void Note(Paragraph text, int width, string word, string content)
    {
        text.Append(new string(' ', width) + " = ", Faint);
        text.Append(word + ": ", Help);
        text.Append(Printable.Of(content) + "\n");
    }

    private static string Place(string path, LineRange range) =>
        string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(path)}:{range.Start.Line + 1}:{range.Start.Character + 1}");

    private static string Counts(CheckSummary summary)
    {
        var parts = new List<string>(3);
        if (summary.Errors > 0)
        {
            parts.Add(Count(summary.Errors, "error"));
        }
        if (summary.Warnings > 0)
        {
            parts.Add(Count(summary.Warnings, "warning"));
        }
        if (summary.Infos > 0)
        {
            parts.Add(Count(summary.Infos, "info"));
        }
        return string.Join(", ", parts);
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    internal static Style StyleOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => new Style(Color.Red, decoration: Decoration.Bold),
        DiagnosticSeverity.Warning => new Style(Color.Yellow, decoration: Decoration.Bold),
        DiagnosticSeverity.Information => new Style(Color.Blue, decoration: Decoration.Bold),
        _ => new Style(Color.Teal),
    };
}
