using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// Findings about an object that several clusters have, such as one of a base that their overlays share: what holds in all of them is
/// said once, what holds in some names them.
/// </summary>
internal sealed class ClusterFindings
{
    private readonly ImmutableArray<string> _clusters;
    private readonly ImmutableArray<Diagnostic>[] _parts;
    private readonly ImmutableArray<Diagnostic> _all;

    private ClusterFindings(ImmutableArray<string> clusters, ImmutableArray<Diagnostic>[] parts)
    {
        _clusters = clusters;
        _parts = parts;
        _all = Join(clusters, parts);
    }

    public static ImmutableArray<Diagnostic> Of(ManifestObject one, ImmutableArray<Diagnostic> own, ImmutableArray<Workspace> worlds)
    {
        if (worlds.Length == 1)
        {
            return SemanticDiagnostics.Of(one, own, worlds[0].Resolver);
        }
        ImmutableArray<string> clusters = ImmutableArray.CreateRange(worlds, static world => world.Cluster!);
        ImmutableArray<Diagnostic>[] parts = [.. worlds.Select(world => SemanticDiagnostics.Of(one, own, world.Resolver))];
        if (one.MeaningOfAll is ClusterFindings known && known._parts.AsSpan().SequenceEqual(parts) && known._clusters.AsSpan().SequenceEqual(clusters.AsSpan()))
        {
            return known._all;
        }
        var made = new ClusterFindings(clusters, parts);
        one.MeaningOfAll = made;
        return made._all;
    }

    private static ImmutableArray<Diagnostic> Join(ImmutableArray<string> clusters, ImmutableArray<Diagnostic>[] parts)
    {
        if (Array.TrueForAll(parts, static part => part.IsEmpty))
        {
            return [];
        }
        var found = new List<(Diagnostic First, List<string> In)>();
        var places = new Dictionary<(string, TextSpan, string, DiagnosticSeverity), int>();
        for (int i = 0; i < parts.Length; i++)
        {
            foreach (Diagnostic one in parts[i])
            {
                var same = (one.Code, one.Span, one.Message, one.Severity);
                if (!places.TryGetValue(same, out int place))
                {
                    places[same] = place = found.Count;
                    found.Add((one, []));
                }
                found[place].In.Add(clusters[i]);
            }
        }
        return [.. found.Select(one => one.In.Count == parts.Length ? one.First : Named(one.First, one.In))];
    }

    /// <summary>A fix for one cluster would change what is right for the others, so none is offered.</summary>
    private static Diagnostic Named(Diagnostic finding, List<string> clusters)
    {
        string list = (clusters.Count == 1 ? "cluster " : "clusters ") + Naming.List([.. clusters.Select(static name => $"`{name}`")]);
        return finding with { Message = finding.Message.Contains(list, StringComparison.Ordinal) ? finding.Message : $"In {list}: {finding.Message}", Fixes = [], Clusters = [.. clusters] };
    }
}
