using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Clusters;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Decides on the backends of a route: kind, permission, existence, port, in this order.</summary>
internal static class BackendResolver
{
    /// <param name="mayLackGroup">Whether VPC Lattice implements one of the parents: it takes a ServiceImport without a group for its own.</param>
    public static ResolvedBackend Resolve(Dependencies snapshot, Route route, BackendRef reference, bool mayLackGroup = false)
    {
        if (!reference.IsKnown)
        {
            return new ResolvedBackend(reference, null, Presence.Unknown);
        }
        bool isOurs = reference.IsService || (reference.IsServiceImport && BackendKinds.HasServiceImport(reference.Group));
        if (!isOurs && mayLackGroup && reference is { IsServiceImport: true, Group: ApiGroups.Core })
        {
            return new ResolvedBackend(reference, null, Presence.Unknown);
        }
        if (!isOurs && !BackendKinds.IsKnown(reference.Group, reference.Kind)
            && (!BackendKinds.MayBe(reference.Group) || snapshot.PresenceOf(reference.Key) != Presence.Present))
        {
            return Bad(ReferenceProblem.InvalidKind, Presence.Unknown);
        }
        // Within a mesh Services are there for all namespaces anyway; only a Gateway would expose more (GEP-1294, namespace boundaries).
        if (!route.IsOfMesh && Grants.Permits(snapshot, route, reference) == Answer.No)
        {
            return Bad(ReferenceProblem.NotPermitted, Presence.Unknown);
        }
        if (reference.IsService)
        {
            Presence presence = snapshot.PresenceOf(reference.Key);
            ImmutableArray<BackendCluster> clusters = ClusterBackends.OfService(snapshot, reference.Key);
            if (presence != Presence.Present)
            {
                return presence == Presence.Absent && clusters.IsEmpty
                    ? Bad(ReferenceProblem.NotFound, presence)
                    : new ResolvedBackend(reference, null, Presence.Unknown) { Clusters = clusters };
            }
            Service? service = snapshot.Find<Service>(reference.Key);
            ServicePort? port = service is null ? null : PortOf(service.Ports, reference.Port, route.Type == RouteKind.Udp);
            bool lacksPort = service is { IsExternalName: false } && reference.Port is not null && port is null && AreKnown(service);
            return new ResolvedBackend(reference, lacksPort ? new ReferenceIssue(ReferenceProblem.PortNotFound, reference, route) : null, presence)
            {
                Service = service,
                Port = port,
                Clusters = clusters,
            };
        }
        ServiceImport? import = isOurs ? snapshot.Find<ServiceImport>(reference.Key) : null;
        ImmutableArray<BackendCluster> exporting = isOurs ? ClusterBackends.OfImport(snapshot, reference) : [];
        // Imports are made by a controller for what other clusters export: that one is not in the files says nothing.
        return new ResolvedBackend(reference, null, import is null ? Presence.Unknown : Presence.Present)
        {
            Import = import,
            Port = PortOf(import?.Ports ?? exporting.FirstOrDefault()?.Service?.Ports ?? [], reference.Port, route.Type == RouteKind.Udp),
            Clusters = exporting,
        };

        ResolvedBackend Bad(ReferenceProblem problem, Presence presence) =>
            new(reference, new ReferenceIssue(problem, reference, route), presence);
    }

    /// <summary>The port of that number; of two with different protocols, the one that the route speaks.</summary>
    private static ServicePort? PortOf(ImmutableArray<ServicePort> ports, int? number, bool isUdp)
    {
        ServicePort? found = null;
        foreach (ServicePort port in ports)
        {
            if (port.Port == number && number is not null && (found is null || port.Protocol == "UDP" == isUdp))
            {
                found = port;
            }
        }
        return found;
    }

    private static bool AreKnown(Service service)
    {
        foreach (ServicePort port in service.Ports)
        {
            if (port.IsTemplated || port.Port is null)
            {
                return false;
            }
        }
        return !service.Ports.IsEmpty && !service.Object.Document.IsTemplate;
    }
}

/// <summary>Kinds of backends that implementations have besides Services.</summary>
internal static class BackendKinds
{
    public static bool HasServiceImport(string group) =>
        group is ApiGroups.MultiCluster or ApiGroups.GkeMultiCluster or "application-networking.k8s.aws";

    /// <summary>True for groups of third parties: an object of such a kind among the files suggests that somebody knows it.</summary>
    public static bool MayBe(string group) => group.Contains('.') && !group.EndsWith(".k8s.io", StringComparison.Ordinal);

    /// <summary>Somebody uses these, so whether it works is for the implementation to say.</summary>
    public static bool IsKnown(string group, string kind) => (group, kind) switch
    {
        (ApiGroups.GatewayExperimental, "XBackend") => true,
        ("inference.networking.k8s.io" or "inference.networking.x-k8s.io", "InferencePool") => true,
        ("networking.istio.io", "Hostname") => true,
        ("gateway.envoyproxy.io" or "gateway.kgateway.dev" or "agentgateway.dev", _) => true,
        ("traefik.io", "TraefikService") => true,
        ("gateway.k8s.aws" or "compute.cnrm.cloud.google.com" or "networking.gke.io", _) => true,
        _ => false,
    };
}
