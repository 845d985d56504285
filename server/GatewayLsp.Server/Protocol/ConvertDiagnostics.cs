using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Protocol;

internal static class ConvertDiagnostics
{
    public const string Source = "gateway-lsp";

    public static IReadOnlyList<LspDiagnostic> ToLsp(IReadOnlyList<FileDiagnostic> found, Snapshot snapshot)
    {
        var converted = new LspDiagnostic[found.Count];
        for (var i = 0; i < converted.Length; i++)
        {
            converted[i] = ToLsp(found[i], snapshot);
        }

        return converted;
    }

    public static LspDiagnostic ToLsp(FileDiagnostic found, Snapshot snapshot)
    {
        var diagnostic = found.Diagnostic;
        return new LspDiagnostic(
            Convert.ToLsp(found.Range),
            snapshot.Say(diagnostic.Message),
            (LspSeverity)diagnostic.Severity,
            diagnostic.Code,
            snapshot.Client.RulePage(diagnostic.Code) is { } page ? new CodeDescription(page) : null,
            Source,
            snapshot.Client.DiagnosticTags ? Tags(diagnostic) : null,
            snapshot.Client.RelatedInformation ? Related(diagnostic, snapshot) : null);
    }

    private static IReadOnlyList<DiagnosticTag>? Tags(Diagnostic diagnostic) => (diagnostic.IsUnnecessary, diagnostic.IsDeprecated) switch
    {
        (true, true) => [DiagnosticTag.Unnecessary, DiagnosticTag.Deprecated],
        (true, false) => [DiagnosticTag.Unnecessary],
        (false, true) => [DiagnosticTag.Deprecated],
        _ => null,
    };

    private static List<DiagnosticRelatedInformation>? Related(Diagnostic diagnostic, Snapshot snapshot)
    {
        if (diagnostic.Related.IsEmpty)
        {
            return null;
        }

        var related = new List<DiagnosticRelatedInformation>();
        foreach (var location in diagnostic.Related)
        {
            if (snapshot.Analysis.Workspace.File(location.Path) is not { } file)
            {
                continue;
            }

            foreach (var slot in file.Manifest.Documents)
            {
                if (ReferenceEquals(slot.Document, location.Document))
                {
                    var place = new Location(snapshot.UriOf(location.Path), Convert.ToLsp(slot.RangeOf(location.Span)));
                    related.Add(new DiagnosticRelatedInformation(place, snapshot.Say(location.Message)));
                    break;
                }
            }
        }

        return related;
    }
}
