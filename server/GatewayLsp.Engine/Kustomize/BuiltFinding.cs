using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>A finding about a built object, and the place in a file that the text it is about comes from.</summary>
internal sealed record BuiltFinding(Diagnostic Diagnostic, BuildOrigin Origin, DocumentSlot Slot)
{
    /// <summary>Those that can be told where something is written; what the kustomization put together itself has no such place.</summary>
    public static IEnumerable<BuiltFinding> Of(BuiltFile built, Workspace files, CancellationToken cancel)
    {
        if (files.File(built.Path) is not { } file)
        {
            yield break;
        }
        foreach ((Diagnostic diagnostic, DocumentSlot slot) in FileFindings.Of(files, file, files.ContextOf(built.Path), cancel))
        {
            if (IsMeant(diagnostic) && built.ExactOrigin(slot.Document, diagnostic.Span) is { } origin && built.SlotOf(origin) is { } place && !origin.Document.IsDamaged(origin.Span))
            {
                yield return new BuiltFinding(diagnostic, origin, place);
            }
        }
    }

    /// <summary>What is written in a wrong form is told where it is written; here counts what came out of parts that were right.</summary>
    private static bool IsMeant(Diagnostic diagnostic) => diagnostic.Source switch
    {
        DiagnosticSource.Schema or DiagnosticSource.Cel => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Code != "unknown-field",
        DiagnosticSource.Semantic => diagnostic.Severity <= DiagnosticSeverity.Warning && diagnostic.Code != "duplicate-object",
        _ => false,
    };
}
