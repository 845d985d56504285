using System.Globalization;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Check;
using GatewayLsp.Server.Cli.Input;

namespace GatewayLsp.Server.Cli.Report;

/// <summary>Workflow commands that GitHub Actions turns into annotations on the changed lines. Lines and columns are 1-based.</summary>
internal sealed class GithubReport(TextWriter output) : IReport
{
    public void Begin(ReportPlaces places)
    {
    }

    public void Add(CheckedFile file)
    {
        foreach (Finding finding in file.Findings)
        {
            LineRange range = finding.Place.Range;
            string command = finding.Severity switch
            {
                DiagnosticSeverity.Error => "error",
                DiagnosticSeverity.Warning => "warning",
                _ => "notice",
            };
            output.Write(string.Create(CultureInfo.InvariantCulture,
                $"::{command} file={Property(file.Shown)},line={range.Start.Line + 1},endLine={range.End.Line + 1}"));
            if (range.Start.Line == range.End.Line)
            {
                output.Write(string.Create(CultureInfo.InvariantCulture, $",col={range.Start.Character + 1},endColumn={range.End.Character + 1}"));
            }
            output.Write($",title={Property(finding.Diagnostic.Code)}::{Data(finding.Diagnostic.Message)}\n");
        }
    }

    public void End(CheckSummary summary, IReadOnlyList<InputProblem> problems)
    {
        foreach (InputProblem problem in problems)
        {
            output.Write($"::{(problem.IsNamed ? "error" : "warning")} file={Property(problem.Shown)}::{Data(problem.Message)}\n");
        }
        output.Flush();
    }

    private static string Data(string text) => Printable.WellFormed(text)
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
