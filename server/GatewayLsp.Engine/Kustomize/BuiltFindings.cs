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
    /// <summary>Objects of kustomizations that share files, up to which these are followed while somebody types.</summary>
    private const int MaxObjects = 1500;

    private readonly ImmutableArray<FileDiagnostic> _own;
    private readonly Deployment? _deployment;
    private readonly ImmutableArray<FileDiagnostic> _all;

    private BuiltFindings(ImmutableArray<FileDiagnostic> own, Deployment? deployment, ImmutableArray<FileDiagnostic> all) => (_own, _deployment, _all) = (own, deployment, all);

    /// <param name="own">What the file says as it is written; the result is the same array when kustomizations have nothing to add.</param>
    public static ImmutableArray<FileDiagnostic> Of(Workspace workspace, WorkspaceFile file, ImmutableArray<FileDiagnostic> own, CancellationToken cancel)
    {
        if (workspace.MostToBuild > MaxObjects || workspace.Deploy(cancel) is not { } deployment)
        {
            return own;
        }
        ImmutableArray<BuiltFile> built = deployment.From(file.Manifest.Path);
        ImmutableArray<FileDiagnostic> refused = workspace.Settings.DisabledRules.Contains(RuleCatalog.KustomizationRefused.Code) ? [] : deployment.RefusalsIn(file.Manifest.Path);
        if (built.IsEmpty && refused.IsEmpty)
        {
            return own;
        }
        var known = file.Manifest.BuiltFindings as BuiltFindings;
        if (known is not null && known._own == own && ReferenceEquals(known._deployment, deployment))
        {
            return known._all;
        }
        ImmutableArray<FileDiagnostic> written = WithoutJudged(own, deployment, file.Manifest.Path, cancel);
        ImmutableArray<FileDiagnostic> added = [.. refused, .. Added(deployment, file.Manifest.Path, built, written, cancel)];
        ImmutableArray<FileDiagnostic> all = added.IsEmpty ? written : [.. written.Concat(added).OrderBy(static one => one.Slot.Start + one.Diagnostic.Span.Start)];
        if (known is not null && IsSame(known._all, all))
        {
            all = known._all;
        }
        file.Manifest.BuiltFindings = new BuiltFindings(own, deployment, all);
        return all;
    }

    /// <summary>Whether an expectation holds is a matter of what is deployed, where that is built.</summary>
    private static ImmutableArray<FileDiagnostic> WithoutJudged(ImmutableArray<FileDiagnostic> own, Deployment deployment, string path, CancellationToken cancel)
    {
        if (!own.Any(static one => one.Diagnostic.Code == RuleCatalog.ExpectationFailed.Code))
        {
            return own;
        }
        var judged = deployment.ExpectationsIn(path, cancel);
        return own.RemoveAll(one => one.Diagnostic.Code == RuleCatalog.ExpectationFailed.Code
            && judged.Any(expectation => expectation.Expectation.IsAt(one.Slot.Document, one.Diagnostic.Span)));
    }

    private static ImmutableArray<FileDiagnostic> Added(
        Deployment deployment, string path, ImmutableArray<BuiltFile> built, ImmutableArray<FileDiagnostic> own, CancellationToken cancel)
    {
        HashSet<(string, TextSpan, ManifestDocument)>? said = null;
        HashSet<(TextSpan, ManifestDocument)>? wrong = null;
        Dictionary<(string Code, ManifestDocument Document, TextSpan Span, string Message), (BuiltFinding Finding, List<BuiltFile> In)>? found = null;
        foreach (BuiltFile one in built)
        {
            if (deployment.IsGuessed(one))
            {
                continue;
            }
            foreach (BuiltFinding finding in deployment.FindingsIn(one, path, cancel))
            {
                (Diagnostic diagnostic, BuildOrigin origin, _) = finding;
                said ??= [.. own.Select(static one => (one.Diagnostic.Code, one.Diagnostic.Span, one.Slot.Document))];
                // A value that is wrong in itself is told once; what comes of it elsewhere is no second fault.
                wrong ??= [.. own.Where(static one => one.Diagnostic is { Severity: DiagnosticSeverity.Error, Source: DiagnosticSource.Schema or DiagnosticSource.Cel })
                    .Select(static one => (one.Diagnostic.Span, one.Slot.Document))];
                if (said.Contains((diagnostic.Code, origin.Span, origin.Document))
                    || (diagnostic.Source == DiagnosticSource.Semantic && wrong.Contains((origin.Span, origin.Document))))
                {
                    continue;
                }
                found ??= [];
                var key = (diagnostic.Code, origin.Document, origin.Span, diagnostic.Message);
                if (!found.TryGetValue(key, out (BuiltFinding, List<BuiltFile> In) known))
                {
                    found[key] = known = (finding, []);
                }
                known.In.Add(one);
            }
        }
        return found is null ? [] :
        [
            .. found.Values.Select(one => new FileDiagnostic(
                one.Finding.Diagnostic with
                {
                    Span = one.Finding.Origin.Span,
                    Fixes = [],
                    Related = Related(deployment.Files, one.Finding.Diagnostic.Related),
                    Message = $"In {Named(one.In)}: {one.Finding.Diagnostic.Message}",
                    BuiltBy = [.. one.In.Select(static built => built.Path).Distinct(StringComparer.Ordinal)],
                }, one.Finding.Slot)),
        ];
    }

    private static string Named(List<BuiltFile> kustomizations)
    {
        string[] names = [.. kustomizations.Select(static one => one.Root.Name).Distinct(StringComparer.Ordinal).Select(static name => $"`{name}`")];
        return (names.Length == 1 ? "kustomization " : "kustomizations ") + Naming.List(names);
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
