using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;

namespace GatewayLsp.Engine.Routing;

/// <summary>Follows a request where there are clusters: first in which of them, then as ever.</summary>
internal static class FleetTracer
{
    /// <summary>How many Gateways a message names.</summary>
    private const int MaxNamed = 10;

    public static RequestTrace Trace(Workspace workspace, TraceRequest request)
    {
        if (request.Cluster is { } named)
        {
            return workspace.World(named) is { } world
                ? Follow(world, request)
                : new RequestTrace { Problem = TraceProblem.NotFound, Why = [$"There is no cluster {named} in these manifests; there are {(workspace.HasClusters ? string.Join(", ", workspace.Clusters) : "none")}."] };
        }
        Workspace[] holding = [.. workspace.AllWorlds.Where(world => world.Cluster!.Length > 0 && Has(world, request))];
        if (holding.Length == 0)
        {
            // Of the files of no cluster, or of nobody: then the answer says so.
            return request.Gateway is { } missing && !Has(workspace.World("")!, request) ? Nobody(workspace, missing) : Follow(workspace.World("")!, request);
        }
        RequestTrace trace = Follow(holding[0], request);
        return holding.Length == 1
            ? trace
            : trace with { Why = [$"Clusters {string.Join(", ", holding.Select(world => world.Cluster))} all have it; followed in {holding[0].Cluster}.", .. trace.Why] };
    }

    private static RequestTrace Nobody(Workspace workspace, ObjectName name)
    {
        string[] known = [.. workspace.AllWorlds.SelectMany(static world => world.Resolver.All<Gateway>(ApiGroups.Gateway, "Gateway").Where(world.Owns)
            .Select(gateway => world.Cluster!.Length == 0 ? gateway.FullName : $"{world.Cluster}/{gateway.FullName}"))];
        string others = known.Length == 0 ? "there is none at all" : "there are " + string.Join(", ", known.Take(MaxNamed)) + (known.Length > MaxNamed ? " and more" : "");
        return new RequestTrace { Problem = TraceProblem.NotFound, Why = [$"No cluster has a Gateway {name}; {others}."] };
    }

    private static bool Has(Workspace world, TraceRequest request)
    {
        if (request.Gateway is not { } name)
        {
            return HasService(world, Authority.Host(request.Host).Split('.'));
        }
        foreach (string kind in (string[])["Gateway", "Service"])
        {
            ObjectView? view = world.Resolver.Find<ObjectView>(new ObjectKey(kind == "Gateway" ? ApiGroups.Gateway : ApiGroups.Core, kind, name.Namespace, name.Name));
            if (view is not null && world.Owns(view))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True when the cluster has the Service that a host names, or any where there is no host.</summary>
    private static bool HasService(Workspace world, string[] labels) =>
        world.Index.Kind(ApiGroups.Core, "Service").Keys.Any(key => labels[0].Length == 0 || (key.Name == labels[0] && (labels.Length == 1 || key.Namespace == labels[1])));

    private static RequestTrace Follow(Workspace world, TraceRequest request)
    {
        RequestTrace trace = world.Routing.Trace(request) with { Cluster = world.Cluster is { Length: > 0 } cluster ? cluster : null };
        return trace with { ClusterShares = ClusterShare.Of(trace) };
    }
}
