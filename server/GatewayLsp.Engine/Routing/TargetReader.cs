using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Conditions;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Routing;

/// <summary>Puts what the resolution says of a backend into the words of the trace.</summary>
internal static class TargetReader
{
    public static BackendTarget Of(Route route, BackendRef reference, ResolvedBackend? resolved)
    {
        var target = new BackendTarget(reference.Group, reference.Kind, reference.Namespace, reference.Name, reference.Port);
        return resolved switch
        {
            { Issue: { } issue } => target with { State = BackendState.Invalid, Problem = Reason(issue.Problem), Explanation = Explain(route, reference, resolved, issue.Problem) },
            { Clusters: { IsEmpty: false } clusters } => OfClusters(target, resolved, clusters),
            { Presence: Presence.Present } => target,
            _ => target with
            {
                State = BackendState.Unknown,
                Explanation = !reference.IsKnown ? "its name comes from a template or is missing, so it is not known"
                    : reference.IsServiceImport ? "a controller creates it for a Service that another cluster exports, so whether it exists is not known"
                    : null,
            },
        };
    }

    private static BackendTarget OfClusters(BackendTarget target, ResolvedBackend resolved, ImmutableArray<BackendCluster> clusters)
    {
        string[] names = [.. clusters.Select(one => one.Name)];
        ImmutableArray<int> ready = clusters.All(one => one.ReadyEndpoints is not null) ? [.. clusters.Select(one => one.ReadyEndpoints!.Value)] : [];
        string list = (names.Length == 1 ? "cluster " : "clusters ") + Naming.List(names);
        return clusters[0].Reach switch
        {
            ClusterReach.Exported => target with { Clusters = [.. names], ReadyEndpoints = ready, Explanation = $"Service {target.Namespace}/{target.Name} of {list}, which {(names.Length == 1 ? "exports" : "export")} it" },
            ClusterReach.None => target with
            {
                State = BackendState.Unknown,
                Explanation = $"it is in {list} and not in this one: requests get there only through a ServiceExport and ServiceImport, or a mesh of both clusters",
            },
            _ => target with
            {
                Clusters = [.. names],
                ReadyEndpoints = ready,
                Explanation = resolved.Presence == Presence.Present
                    ? $"the endpoints of {list}, which are one mesh"
                    : $"the endpoints of {list}, in one mesh with this one; the status of the route may say BackendNotFound all the same",
            },
        };
    }

    private static string Reason(ReferenceProblem problem) => problem switch
    {
        ReferenceProblem.InvalidKind => "InvalidKind",
        ReferenceProblem.NotPermitted => "RefNotPermitted",
        ReferenceProblem.PortNotFound => "PortNotFound",
        _ => "BackendNotFound",
    };

    private static string Explain(Route route, BackendRef reference, ResolvedBackend resolved, ReferenceProblem problem) => problem switch
    {
        ReferenceProblem.InvalidKind => $"nothing can be sent to a {reference.Kind}",
        ReferenceProblem.NotPermitted => $"no ReferenceGrant in namespace {reference.Namespace} lets {route.Kind}s of namespace {route.Namespace} refer to it",
        ReferenceProblem.PortNotFound => string.Create(CultureInfo.InvariantCulture, $"the Service has no port {reference.Port}")
            + (resolved.Service is { } service ? ", only " + string.Join(", ", service.Ports.Select(port => port.Port)) : ""),
        _ => $"there is no such {reference.Kind}",
    };
}
