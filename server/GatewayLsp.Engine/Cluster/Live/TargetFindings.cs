using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>
/// What the clusters that a document is for find in it by their own definitions, compared with what the bundled ones find: findings
/// that hold in none of them go, and those come that only they have. Kept with the document.
/// </summary>
internal sealed class TargetFindings
{
    /// <summary>The clusters find what is found without them.</summary>
    public static readonly TargetFindings Same = new([], []);

    private TargetFindings(ImmutableArray<Diagnostic> gone, ImmutableArray<Diagnostic> added) => (Gone, Added) = (gone, added);

    /// <summary>Findings of the document alone that do not hold, or hold in some of the clusters only.</summary>
    public ImmutableArray<Diagnostic> Gone { get; }

    public ImmutableArray<Diagnostic> Added { get; }

    public static TargetFindings Of(Workspace workspace, string path, ManifestDocument document)
    {
        ImmutableArray<TargetCluster> targets = workspace.Live.TargetsOf(workspace, path, document);
        if (!Concern(targets, document))
        {
            return Same;
        }
        DocumentContext own = workspace.ContextOf(path);
        var key = new Key(own, targets);
        return document.Memo.Get(key, () => Make(document, own, targets));
    }

    /// <summary>The catalogue for a document: that of its clusters where they all have the same definitions, else that of the workspace.</summary>
    public static SchemaCatalog CatalogOf(Workspace workspace, string path, ManifestDocument document)
    {
        if (workspace.Live.IsEmpty)
        {
            return workspace.Catalog;
        }
        ImmutableArray<TargetCluster> targets = workspace.Live.TargetsOf(workspace, path, document);
        return targets is [{ Definitions: { } first }, ..] && targets.All(one => ReferenceEquals(one.Definitions, first)) ? first.Over(workspace.Catalog) : workspace.Catalog;
    }

    private static bool Concern(ImmutableArray<TargetCluster> targets, ManifestDocument document)
    {
        foreach (TargetCluster target in targets)
        {
            if (target.Definitions is { } definitions)
            {
                foreach (ManifestObject one in ManifestObject.Of(document))
                {
                    if (definitions.Concern(one))
                    {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static TargetFindings Make(ManifestDocument document, DocumentContext own, ImmutableArray<TargetCluster> targets)
    {
        ImmutableArray<Diagnostic> bundled = DocumentDiagnostics.Of(document, own);
        (ImmutableArray<Diagnostic> Found, List<TargetCluster> Where)[] views =
        [
            .. targets.GroupBy(one => one.Definitions).Select(same =>
                (same.Key is { } definitions ? DocumentChecker.Check(document, definitions.ContextOf(own)) : bundled, same.ToList())),
        ];
        var gone = ImmutableArray.CreateBuilder<Diagnostic>();
        var added = new Dictionary<(string, TextSpan, string), (Diagnostic Finding, List<TargetCluster> Where)>();
        foreach (Diagnostic finding in bundled)
        {
            List<TargetCluster> where = [.. views.Where(view => view.Found.Any(other => IsSame(finding, other))).SelectMany(view => view.Where)];
            if (where.Count < targets.Length)
            {
                gone.Add(finding);
                if (where.Count > 0)
                {
                    added[(finding.Code, finding.Span, finding.Message)] = (finding, where);
                }
            }
        }
        foreach ((ImmutableArray<Diagnostic> found, List<TargetCluster> where) in views)
        {
            foreach (Diagnostic finding in found)
            {
                if (!bundled.Any(known => IsSame(known, finding)))
                {
                    var key = (finding.Code, finding.Span, finding.Message);
                    added[key] = added.TryGetValue(key, out var before) ? (before.Finding, [.. before.Where, .. where]) : (finding, where);
                }
            }
        }
        return gone.Count == 0 && added.Count == 0 ? Same
            : new TargetFindings(gone.DrainToImmutable(), [.. added.Values.Select(one => Named(one.Finding, one.Where)).OrderBy(one => one.Span.Start)]);
    }

    /// <summary>
    /// The same mistake, though the rules that find it are others: the validation rules of a cluster have their own words, and what one release calls
    /// experimental another does not know.
    /// </summary>
    private static bool IsSame(Diagnostic one, Diagnostic other) =>
        (one.Span == other.Span && one.Code == other.Code)
        || (IsRefusal(one) && IsRefusal(other) && ReferenceEquals(one.Object, other.Object) && (one.Span == other.Span || one.Field == other.Field));

    private static bool IsRefusal(Diagnostic one) => one.Severity == DiagnosticSeverity.Error && one.Source is DiagnosticSource.Schema or DiagnosticSource.Cel;

    /// <summary>A fix for one cluster may be wrong for the next, and undo what is right in a newer release: none is offered.</summary>
    private static Diagnostic Named(Diagnostic finding, List<TargetCluster> where)
    {
        string labels = Naming.List([.. where.Select(one => one.Label)]);
        string release = where.Select(one => one.Definitions?.Release).Distinct().ToArray() is [{ } only] ? $" (Gateway API {only})" : "";
        return finding with { Message = $"At {labels}{release}: {finding.Message}", Fixes = [] };
    }

    private sealed record Key(DocumentContext Own, ImmutableArray<TargetCluster> Targets)
    {
        public bool Equals(Key? other) => other is not null && Own.Equals(other.Own) && Targets.AsSpan().SequenceEqual(other.Targets.AsSpan());

        public override int GetHashCode() => HashCode.Combine(Own, Targets.Length);
    }
}

/// <summary>A cluster that a document may be applied to.</summary>
/// <param name="Definitions">Null when it is not connected, or its definitions are not known: then the bundled ones count.</param>
internal readonly record struct TargetCluster(string Label, ClusterDefinitions? Definitions);
