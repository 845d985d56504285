using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// The findings of a file together with those about what kustomizations build of it, each where the text that it is about is written, and
/// with the name of the kustomization. Nothing is said of text that the kustomization itself put together, nor twice.
/// </summary>
internal sealed class BuiltFindings
{
    /// <summary>Objects of all kustomizations, up to which they are followed while somebody types.</summary>
    private const int MaxObjects = 3000;

    private readonly ImmutableArray<FileDiagnostic> _own;
    private readonly Deployment? _deployment;
    private readonly ImmutableArray<FileDiagnostic> _all;

    private BuiltFindings(ImmutableArray<FileDiagnostic> own, Deployment? deployment, ImmutableArray<FileDiagnostic> all) => (_own, _deployment, _all) = (own, deployment, all);

    /// <param name="own">What the file says as it is written; the result is the same array when kustomizations have nothing to add.</param>
    public static ImmutableArray<FileDiagnostic> Of(Workspace workspace, WorkspaceFile file, ImmutableArray<FileDiagnostic> own, CancellationToken cancel)
    {
        if (workspace.ObjectsToBuild > MaxObjects || workspace.Deploy() is not { } deployment || deployment.From(file.Manifest.Path) is not { IsEmpty: false } built)
        {
            return own;
        }
        var known = file.Manifest.BuiltFindings as BuiltFindings;
        if (known is not null && known._own == own && ReferenceEquals(known._deployment, deployment))
        {
            return known._all;
        }
        ImmutableArray<FileDiagnostic> added = Added(deployment, file.Manifest.Path, built, own, cancel);
        ImmutableArray<FileDiagnostic> all = added.IsEmpty ? own : [.. own.Concat(added).OrderBy(static one => one.Slot.Start + one.Diagnostic.Span.Start)];
        if (known is not null && IsSame(known._all, all))
        {
            all = known._all;
        }
        file.Manifest.BuiltFindings = new BuiltFindings(own, deployment, all);
        return all;
    }

    private static ImmutableArray<FileDiagnostic> Added(
        Deployment deployment, string path, ImmutableArray<BuiltFile> built, ImmutableArray<FileDiagnostic> own, CancellationToken cancel)
    {
        HashSet<(string, TextSpan, ManifestDocument)> said = [.. own.Select(static one => (one.Diagnostic.Code, one.Diagnostic.Span, one.Slot.Document))];
        var found = new Dictionary<(string Code, ManifestDocument Document, TextSpan Span, string Message), (Diagnostic Diagnostic, DocumentSlot Slot, List<string> In)>();
        foreach (BuiltFile one in built)
        {
            if (deployment.IsGuessed(one))
            {
                continue;
            }
            foreach (DocumentSlot slot in one.Manifest!.Documents)
            {
                cancel.ThrowIfCancellationRequested();
                if (!one.ComesFrom(slot.Document, path))
                {
                    continue;
                }
                foreach (Diagnostic diagnostic in Of(deployment.Files, one.Path, slot.Document))
                {
                    if (one.ExactOrigin(slot.Document, diagnostic.Span) is { } origin && origin.Path == path && one.SlotOf(origin) is { } place
                        && !said.Contains((diagnostic.Code, origin.Span, origin.Document)) && !origin.Document.IsDamaged(origin.Span))
                    {
                        var key = (diagnostic.Code, origin.Document, origin.Span, diagnostic.Message);
                        if (!found.TryGetValue(key, out (Diagnostic, DocumentSlot, List<string> In) known))
                        {
                            found[key] = known = (diagnostic with { Span = origin.Span, Fixes = [], Related = Related(deployment.Files, diagnostic.Related) }, place, []);
                        }
                        known.In.Add(one.Root.Name);
                    }
                }
            }
        }
        return [.. found.Values.Select(static one => new FileDiagnostic(
            one.Diagnostic with { Message = $"In {Named(one.In)}: {one.Diagnostic.Message}" }, one.Slot))];
    }

    private static string Named(List<string> kustomizations)
    {
        string[] names = [.. kustomizations.Distinct(StringComparer.Ordinal).Select(static name => $"`{name}`")];
        return (names.Length == 1 ? "kustomization " : "kustomizations ") + Naming.List(names);
    }

    private static IEnumerable<Diagnostic> Of(Workspace files, string path, ManifestDocument document)
    {
        ImmutableArray<Diagnostic> own = DocumentDiagnostics.Of(document, files.ContextOf(path));
        foreach (Diagnostic diagnostic in own)
        {
            // What is written in a wrong form is told where it is written; here counts what came out of parts that were right.
            if (diagnostic is { Source: DiagnosticSource.Schema or DiagnosticSource.Cel, Severity: DiagnosticSeverity.Error } && diagnostic.Code != "unknown-field" && !files.Settings.DisabledRules.Contains(diagnostic.Code))
            {
                yield return diagnostic;
            }
        }
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (!SemanticDiagnostics.HasRules(one))
            {
                continue;
            }
            foreach (Diagnostic diagnostic in SemanticDiagnostics.Of(one, own, files.WorldOf(path, document).Resolver))
            {
                if (diagnostic.Severity <= DiagnosticSeverity.Warning && !files.Settings.DisabledRules.Contains(diagnostic.Code))
                {
                    yield return diagnostic;
                }
            }
        }
    }

    private static ImmutableArray<RelatedLocation> Related(Workspace files, ImmutableArray<RelatedLocation> related) =>
    [
        .. related.Select(one => files.Deployment?.Find(one.Path) is { Manifest: not null } built
            ? built.Origin(one.Document, one.Span) is { } origin ? one with { Path = origin.Path, Document = origin.Document, Span = origin.Span } : null
            : one).OfType<RelatedLocation>(),
    ];

    private static bool IsSame(ImmutableArray<FileDiagnostic> a, ImmutableArray<FileDiagnostic> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }
        for (int i = 0; i < a.Length; i++)
        {
            (Diagnostic one, Diagnostic other) = (a[i].Diagnostic, b[i].Diagnostic);
            if (!a[i].Slot.Equals(b[i].Slot) || (!ReferenceEquals(one, other)
                && (one.Code != other.Code || one.Span != other.Span || one.Message != other.Message || one.Severity != other.Severity || !one.Related.AsSpan().SequenceEqual(other.Related.AsSpan()))))
            {
                return false;
            }
        }
        return true;
    }
}
