using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Routing;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>What rules send to: shares, mirrors, services that are asked, and what stands behind a Service.</summary>
internal sealed class BackendNodes(GraphDraft draft)
{
    private readonly EndpointNodes _endpoints = new(draft);

    public void Add(ResolvedRoute route, RouteRule rule, string id)
    {
        int[] weights = [.. rule.BackendRefs.Select(backend => backend.Weight)];
        Share[] shares = Share.OfWeights(weights);
        for (int i = 0; i < rule.BackendRefs.Length; i++)
        {
            BackendRef backend = rule.BackendRefs[i];
            Edge(route, id, backend, TopologyEdgeKind.Sends, shares[i], shares.Length > 1 || shares[i].IsNone ? shares[i].Percent : "");
            Filters(route, id, backend.Filters);
        }
        Filters(route, id, rule.Filters);
    }

    /// <summary>A policy is no node: it marks the Services that it is for, and with them what is not well with it.</summary>
    public void Add(BackendTlsPolicy policy)
    {
        ResolvedPolicy resolved = draft.Resolver.Policy(policy);
        foreach (ResolvedTarget target in resolved.Targets)
        {
            string id = TopologyIds.Of(target.Ref.Key);
            if (!target.Ref.IsKnown || !draft.Has(id))
            {
                continue;
            }
            foreach (AncestorStatus ancestor in PolicyConditions.Of(resolved))
            {
                foreach (Condition condition in ancestor.Conditions)
                {
                    if (ConditionMarks.StateOf(condition) is var state and not TopologyState.Ok)
                    {
                        draft.Mark(id, state, condition.Reason, condition.Message);
                    }
                }
            }
        }
    }

    private void Filters(ResolvedRoute route, string id, ImmutableArray<RouteFilter> filters)
    {
        foreach (RouteFilter filter in filters)
        {
            if (filter.Mirror is { } mirror)
            {
                Share share = RouteReader.ShareOf(mirror);
                Edge(route, id, mirror.BackendRef, TopologyEdgeKind.Mirrors, share, "copy of " + (share == Share.All ? "all" : share.Percent));
            }
            else if (filter.Authorization is { } authorization)
            {
                Edge(route, id, authorization, TopologyEdgeKind.Asks, null, "authorization");
            }
        }
    }

    private void Edge(ResolvedRoute route, string from, BackendRef backend, TopologyEdgeKind kind, Share? share, string label)
    {
        ResolvedBackend? resolved = route.Find(backend);
        BackendTarget target = BackendTls.Apply(draft.Resolver, TargetReader.Of(route.Route, backend, resolved));
        string to = Node(route.Route, backend, resolved, from);
        string id = draft.Add(new TopologyEdge
        {
            Id = TopologyIds.Edge(from, kind, to, backend.Port?.ToString(CultureInfo.InvariantCulture)), From = from, To = to, Kind = kind, Label = label,
            Share = share, Port = backend.Port, Tls = target.ServerName, Facts = target.ServerName is { } name ? [new TopologyFact("tls", name)] : [],
            State = target.State == BackendState.Unknown ? TopologyState.Unknown : TopologyState.Ok,
            Place = draft.PlaceOf(route.Route.Object.Document, Syntax.YamlNodes.HeadSpan(backend.Node)),
        });
        draft.Claim(route.Route.Object.Document, backend.Node, id);
        if (target.State == BackendState.Invalid)
        {
            draft.Mark(id, TopologyState.Error, target.Problem ?? "Invalid", $"{target}: {target.Explanation}.");
        }
    }

    private string Node(Route route, BackendRef backend, ResolvedBackend? resolved, string rule)
    {
        if (!backend.IsKnown)
        {
            string unknown = draft.Unused(TopologyIds.Part(rule, "backend", backend.Name));
            draft.Add(new TopologyNode
            {
                Id = unknown, Kind = TopologyNodeKind.Other, Label = backend.Name.Length > 0 ? backend.Name : "?", Detail = "from a template or not written",
                Namespace = route.Namespace, Presence = Presence.Unknown, State = TopologyState.Unknown,
            });
            return unknown;
        }
        string id = TopologyIds.Of(backend.Key);
        // Permission is asked for before existence, so that the resolution may not tell whether it is there.
        Service? service = backend.IsService ? resolved?.Service ?? draft.Resolver.Find<Service>(backend.Key) : null;
        ServiceImport? import = backend.IsServiceImport ? resolved?.Import ?? draft.Resolver.Find<ServiceImport>(backend.Key) : null;
        if (service is not null)
        {
            _endpoints.Add(service);
        }
        else if (import is not null)
        {
            _endpoints.Add(import);
        }
        else if (!draft.Has(id))
        {
            Presence presence = draft.PresenceOf(backend.Key);
            bool isThere = presence == Presence.Present;
            // Imports are made by a controller: that one is not in the files says nothing.
            // That another cluster has a Service is no proof that this one lacks it.
            presence = presence == Presence.Absent && (backend.IsServiceImport || resolved is { Clusters.IsEmpty: false }) ? Presence.Unknown : presence;
            draft.Add(new TopologyNode
            {
                Id = id, Kind = backend.IsService ? TopologyNodeKind.Service : backend.IsServiceImport ? TopologyNodeKind.ServiceImport : TopologyNodeKind.Other,
                Object = backend.Key, Label = backend.Name, Namespace = backend.Namespace, Detail = backend.IsService || backend.IsServiceImport ? "" : backend.Kind, Presence = presence,
                State = isThere ? TopologyState.Ok : presence == Presence.Absent ? TopologyState.Error : TopologyState.Unknown,
                Place = KindGroups.Canonical(draft.Resolver.Index.Find(backend.Key)) is { } found ? draft.PlaceOf(found.Object) : null,
            });
            if (backend.IsServiceImport)
            {
                _endpoints.Exporters(id, backend.Key);
            }
        }
        return id;
    }
}
