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
                yield return new BuiltFinding(Renamed(diagnostic, built) is { } cause ? diagnostic with { Message = $"{diagnostic.Message} {cause}" } : diagnostic, origin, place);
            }
        }
    }

    /// <summary>For a reference to what stands there and is called otherwise only by this kustomization: why it leads nowhere. Null for others.</summary>
    private static string? Renamed(Diagnostic diagnostic, BuiltFile built)
    {
        string? usual = diagnostic.Code switch { "no-matching-parent" => "Gateway", "backend-not-found" => "Service", _ => null };
        if (usual is null || diagnostic.Object?.Node.DescendantsAndSelf().FirstOrDefault(node => node is YamlScalar && node.Span == diagnostic.Span) is not YamlScalar { Owner: YamlEntry { Name: "name" } } name)
        {
            return null;
        }
        string kind = (name.Parent as YamlMapping)?.Get("kind").Text() ?? usual;
        return built.Renames(kind, name.Value)
            ? $"Kustomize gives {kind} `{name.Value}` another name there and leaves this reference as it is, unless a file under `configurations` has a `nameReference` for it."
            : null;
    }

    /// <summary>In a patch an instruction is no field; in what comes out it is one.</summary>
    private static bool IsDirective(Diagnostic diagnostic) => diagnostic.Field is { } field && field[(field.LastIndexOf('.') + 1)..].StartsWith('$');

    /// <summary>What is written in a wrong form is told where it is written; here counts what came out of parts that were right.</summary>
    private static bool IsMeant(Diagnostic diagnostic) => diagnostic.Source switch
    {
        DiagnosticSource.Schema or DiagnosticSource.Cel => diagnostic.Severity == DiagnosticSeverity.Error && (diagnostic.Code != "unknown-field" || IsDirective(diagnostic)),
        DiagnosticSource.Semantic => diagnostic.Severity <= DiagnosticSeverity.Warning && diagnostic.Code != "duplicate-object",
        _ => false,
    };
}
