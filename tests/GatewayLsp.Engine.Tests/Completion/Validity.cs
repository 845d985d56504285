using GatewayLsp.Engine.Diagnostics;

namespace GatewayLsp.Engine.Tests.Completion;

internal static class Validity
{
    /// <summary>What the server would report as errors in a file of that text.</summary>
    public static IEnumerable<string> ErrorsIn(string text, WorkspaceSettings settings, Func<Diagnostic, bool>? which = null)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(settings));
        host.Apply(new WorkspaceChange.Opened("valid.yaml", text, 1));
        return new Analysis(host.Current).Diagnose("valid.yaml")
            .Where(found => found.Diagnostic.Severity == DiagnosticSeverity.Error && which?.Invoke(found.Diagnostic) != false)
            .Select(found => $"{found.Range.Start.Line + 1}: {found.Diagnostic.Code} {found.Diagnostic.Message}");
    }
}
