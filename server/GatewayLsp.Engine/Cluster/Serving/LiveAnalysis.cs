using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Serving;

/// <summary>The objects of a cluster as a workspace of their own, so that the engine answers of them what it answers of files.</summary>
public static class LiveAnalysis
{
    private const string EndpointGroup = "discovery.k8s.io";

    /// <summary>What can't be read is unknown, never absent.</summary>
    public static Analysis Of(ObservedCluster cluster)
    {
        var host = new AnalysisHost();
        // The channel adds fields and kinds; what the cluster holds is read by the larger one.
        host.Apply(new WorkspaceChange.Configured(WorkspaceSettings.Default with { Channel = Channel.Experimental, IsComplete = IsWhole(cluster), AreParametersElsewhere = true }));
        foreach (ObservedKind kind in cluster.Kinds.Values)
        {
            if (kind.GroupKind.Group == EndpointGroup)
            {
                continue;
            }
            foreach (ObservedResource one in kind.Resources.Values)
            {
                if (one.ToTree() is { } tree)
                {
                    host.Apply(new WorkspaceChange.OnDisk(PathOf(one.Key), YamlLines.Text(WithoutNoise(tree))));
                }
            }
        }
        return new Analysis(host.Current);
    }

    /// <summary>A request that a rule of a route would take; null when there is no such route or rule, or it has no parent that takes requests.</summary>
    /// <param name="rule">0-based place in <c>spec.rules</c>.</param>
    public static RequestSample? Sample(Analysis live, ObjectKey route, int rule)
    {
        string path = PathOf(route);
        if (live.Workspace.File(path) is not { } file || file.Manifest.Documents is not [var slot, ..]
            || ManifestObject.Of(slot.Document) is not [var one, ..] || one.View() is not Route view || (rule > 0 && rule >= view.Rules.Length))
        {
            return null;
        }
        YamlNode place = rule < view.Rules.Length ? view.Rules[rule].Node : one.Node;
        return live.RequestAt(path, slot.RangeOf(place.Span).Start);
    }

    private static bool IsWhole(ObservedCluster cluster)
    {
        foreach ((GroupKind _, ObservedKind kind) in cluster.Kinds)
        {
            if (kind.Readability is not (Readability.Everywhere or Readability.NotServed) && kind.GroupKind.Group != EndpointGroup)
            {
                return false;
            }
        }
        return true;
    }

    private static string PathOf(ObjectKey key) => key + ".yaml";

    private static JsonObject WithoutNoise(JsonObject tree)
    {
        // Conditions may quote anything, and no answer depends on them.
        tree.Remove("status");
        (tree["metadata"] as JsonObject)?.Remove("managedFields");
        return tree;
    }
}
