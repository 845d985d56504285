using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>Classes, Gateways, ListenerSets, their listeners, and the clients that come to them.</summary>
internal sealed class GatewayNodes(GraphDraft draft)
{
    private const string NetworkLabel = "topology.istio.io/network";
    private const string ProtocolOption = "gateway.istio.io/listener-protocol";

    private readonly Dictionary<Listener, string> _listeners = new(ReferenceEqualityComparer.Instance);

    /// <summary>The node of a listener; null for one of an object that does not count.</summary>
    public string? Of(Listener listener) => _listeners.GetValueOrDefault(listener);

    public void Add(GatewayClass one)
    {
        ObjectKey key = Resolver.KeyOf(one);
        string id = TopologyIds.Of(key);
        draft.Add(new TopologyNode
        {
            Id = id, Kind = TopologyNodeKind.GatewayClass, Object = key, Label = one.Name, Detail = one.ControllerName, Place = draft.PlaceOf(one.Object),
            Facts = [new TopologyFact("controller", one.ControllerName)],
        });
        draft.Claim(one.Object.Document, one.Object.Node, id);
        draft.Mark(id, GatewayClassConditions.Of(draft.Resolver, one));
    }

    public void Add(Gateway gateway)
    {
        ObjectKey key = Resolver.KeyOf(gateway);
        string id = TopologyIds.Of(key);
        var facts = ImmutableArray.CreateBuilder<TopologyFact>();
        if (gateway.ClassName.Length > 0)
        {
            facts.Add(new TopologyFact("class", gateway.ClassName));
            Class(gateway, id);
        }
        string? address = null;
        foreach (string one in AddressesOf(gateway))
        {
            address ??= one;
            facts.Add(new TopologyFact("address", one));
        }
        GatewayRole role = RoleOf(gateway);
        if (role != GatewayRole.Edge)
        {
            facts.Add(new TopologyFact("role", role == GatewayRole.EastWest ? "east-west" : "waypoint"));
        }
        draft.Add(new TopologyNode
        {
            Id = id, Kind = TopologyNodeKind.Gateway, Object = key, Label = gateway.Name, Namespace = gateway.Namespace, Network = NetworkOf(gateway),
            Detail = ObjectLabels.Join(gateway.ClassName, address is null ? "" : "· " + address), Facts = new(facts.DrainToImmutable()), Place = draft.PlaceOf(gateway.Object),
        });
        draft.Claim(gateway.Object.Document, gateway.Object.Node, id);
        Client(role, id);
        if (draft.Resolver.Gateway(key) is { } resolved)
        {
            draft.Mark(id, GatewayConditions.Of(resolved));
            foreach (ResolvedListener listener in resolved.Listeners)
            {
                Add(listener.Listener, id, ListenerConditions.Of(draft.Resolver, listener));
            }
        }
    }

    public void Add(ListenerSet set)
    {
        ObjectKey key = Resolver.KeyOf(set);
        string id = TopologyIds.Of(key);
        draft.Add(new TopologyNode
        {
            Id = id, Kind = TopologyNodeKind.ListenerSet, Object = key, Label = set.Name, Namespace = set.Namespace, Detail = "joins " + set.ParentRef.Name,
            Place = draft.PlaceOf(set.Object),
        });
        draft.Claim(set.Object.Document, set.Object.Node, id);
        ImmutableArray<Condition> conditions = ListenerSetConditions.Of(draft.Resolver, set);
        draft.Mark(id, conditions);
        if (set.ParentRef.IsKnown)
        {
            string gateway = Parent(set.ParentRef);
            string edge = draft.Add(new TopologyEdge
            {
                Id = TopologyIds.Edge(gateway, TopologyEdgeKind.Joins, id), From = gateway, To = id, Kind = TopologyEdgeKind.Joins,
                Place = draft.PlaceOf(set.Object.Document, set.ParentRef.Node.Span),
            });
            draft.Mark(edge, [conditions[0]]);
        }
        ResolvedListenerSet? resolved = draft.Resolver.ListenerSet(set);
        foreach (Listener listener in set.Listeners)
        {
            ResolvedListener? one = resolved?.Listeners.FirstOrDefault(known => ReferenceEquals(known.Listener, listener));
            Add(listener, id, one is null ? null : ListenerConditions.Of(draft.Resolver, one));
        }
    }

    /// <summary>The node of what a reference names as parent: drawn even if it is not there.</summary>
    public string Parent(ParentRef reference)
    {
        string id = TopologyIds.Of(reference.Key);
        if (!draft.Has(id))
        {
            Presence presence = draft.PresenceOf(reference.Key);
            draft.Add(new TopologyNode
            {
                Id = id, Kind = reference.IsGateway ? TopologyNodeKind.Gateway : reference.IsListenerSet ? TopologyNodeKind.ListenerSet : TopologyNodeKind.Other,
                Object = reference.Key, Label = reference.Name, Namespace = reference.Namespace, Detail = reference.IsGateway || reference.IsListenerSet ? "" : reference.Kind,
                Presence = presence == Presence.Present ? Presence.Unknown : presence, State = presence == Presence.Absent ? TopologyState.Error : TopologyState.Unknown,
            });
        }
        return id;
    }

    private void Add(Listener listener, string owner, ListenerStatus? status)
    {
        string id = draft.Unused(TopologyIds.Part(owner, "listener", listener.Name.Length > 0 ? listener.Name : Number(listener.Node.ItemIndex())));
        _listeners[listener] = id;
        string port = listener.Port is { } number ? Number(number) : "?";
        var facts = ImmutableArray.CreateBuilder<TopologyFact>();
        facts.Add(new TopologyFact("protocol", listener.Protocol));
        facts.Add(new TopologyFact("port", port));
        if (listener.Hostname is { } hostname)
        {
            facts.Add(new TopologyFact("hostname", hostname));
        }
        if (listener.Tls is { } tls)
        {
            facts.Add(new TopologyFact("tls", tls.Mode));
            foreach (ObjectRef certificate in tls.CertificateRefs)
            {
                facts.Add(new TopologyFact("certificate", $"{certificate.Namespace}/{certificate.Name}"));
            }
        }
        if (status is not null)
        {
            facts.Add(new TopologyFact("attachedRoutes", Number(status.AttachedRoutes)));
        }
        draft.Add(new TopologyNode
        {
            Id = id, Kind = TopologyNodeKind.Listener, Object = Resolver.KeyOf(listener.Owner), Parent = owner, Index = listener.Node.ItemIndex(),
            Label = listener.Name.Length > 0 ? listener.Name : port, Detail = ObjectLabels.Join(listener.Protocol + " " + port, listener.Hostname ?? ""),
            Namespace = listener.Owner.Namespace, Facts = new(facts.DrainToImmutable()), State = status is null ? TopologyState.Unknown : TopologyState.Ok,
            Place = draft.PlaceOf(listener.Owner.Object.Document, (listener.Node.At("name") ?? listener.Node).HeadSpan()),
        });
        draft.Claim(listener.Owner.Object.Document, listener.Node, id);
        draft.Add(new TopologyEdge { Id = TopologyIds.Edge(owner, TopologyEdgeKind.Listens, id), From = owner, To = id, Kind = TopologyEdgeKind.Listens });
        if (status is not null)
        {
            draft.Mark(id, status.Conditions);
        }
    }

    /// <summary>A class that is not among the files is an implementation's own and taken as accepted, as everywhere.</summary>
    private void Class(Gateway gateway, string id)
    {
        var key = new ObjectKey(ApiGroups.Gateway, "GatewayClass", "", gateway.ClassName);
        string owner = TopologyIds.Of(key);
        draft.Add(new TopologyNode
        {
            Id = owner, Kind = TopologyNodeKind.GatewayClass, Object = key, Label = gateway.ClassName, Presence = Presence.Unknown,
        });
        draft.Add(new TopologyEdge { Id = TopologyIds.Edge(owner, TopologyEdgeKind.Implements, id), From = owner, To = id, Kind = TopologyEdgeKind.Implements });
    }

    private void Client(GatewayRole role, string gateway)
    {
        (string id, string label, string detail) = role switch
        {
            GatewayRole.EastWest => (TopologyIds.OtherClusters, "Other clusters", "of the mesh"),
            GatewayRole.Waypoint => (TopologyIds.MeshClients(""), "Mesh clients", "pods of any namespace"),
            _ => (TopologyIds.ExternalClients, "Clients", "from outside"),
        };
        draft.Add(new TopologyNode { Id = id, Kind = TopologyNodeKind.Client, Label = label, Detail = detail });
        draft.Add(new TopologyEdge { Id = TopologyIds.Edge(id, TopologyEdgeKind.Enters, gateway), From = id, To = gateway, Kind = TopologyEdgeKind.Enters });
    }

    /// <summary>What it has, else what it asks for.</summary>
    private static IEnumerable<string> AddressesOf(Gateway gateway)
    {
        bool has = false;
        foreach (YamlMapping address in RouteLabels.Items(gateway.Object.At("status", "addresses")))
        {
            if (ObjectLabels.Word(address, "value") is { Length: > 0 } value)
            {
                has = true;
                yield return value;
            }
        }
        foreach (GatewayAddress address in has ? [] : gateway.Addresses)
        {
            if (address.Value is { } value)
            {
                yield return value;
            }
        }
    }

    private static GatewayRole RoleOf(Gateway gateway)
    {
        if (gateway.ClassName == "istio-waypoint")
        {
            return GatewayRole.Waypoint;
        }
        bool isEastWest = gateway.ClassName == "istio-east-west";
        foreach (Listener listener in gateway.Listeners)
        {
            isEastWest |= listener.Tls?.Options.GetValueOrDefault(ProtocolOption) == "auto-passthrough";
        }
        return isEastWest ? GatewayRole.EastWest : GatewayRole.Edge;
    }

    /// <summary>Its own label, else that of its namespace.</summary>
    private string NetworkOf(Gateway gateway) => gateway.Labels.GetValueOrDefault(NetworkLabel)
        ?? draft.Resolver.Find<NamespaceView>(new ObjectKey(ApiGroups.Core, "Namespace", "", gateway.Namespace))?.Labels.GetValueOrDefault(NetworkLabel) ?? "";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private enum GatewayRole : byte { Edge, EastWest, Waypoint }
}
