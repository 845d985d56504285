using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Routing.Matching;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// Follows a request of a pod to a Service of its mesh (GAMMA, GEP-1426). Where it goes is decided by the Service that the
/// client connects to and its port, never by the Host header.
/// </summary>
internal sealed class MeshTracer
{
    private const int DefaultPort = 80;

    private readonly Resolver _resolver;
    private readonly TraceRequest _request;
    private readonly string _client;
    private readonly List<string> _why = [];

    private MeshTracer(Resolver resolver, TraceRequest request)
    {
        _resolver = resolver;
        _request = request;
        _client = request.ClientNamespace ?? NamespaceOf(Authority.Host(request.Host)) ?? "default";
    }

    public static RequestTrace Of(Resolver resolver, TraceRequest request)
    {
        var tracer = new MeshTracer(resolver, request);
        RequestTrace trace = tracer.Run();
        return trace with { Why = [.. tracer._why] };
    }

    private RequestTrace Run()
    {
        if (Destination() is not { } name)
        {
            return new RequestTrace { Problem = TraceProblem.BadRequest };
        }
        if (Find(new ObjectKey(ApiGroups.Core, "Service", name.Namespace, name.Name)) is not { } service)
        {
            _why.Add($"There is no Service {name} in these manifests: routes of the mesh have no part in it, the request goes on as it is.");
            return new RequestTrace { Upstream = AsItIs() };
        }
        if (PortOf(service) is not { } port)
        {
            return new RequestTrace { Problem = TraceProblem.BadRequest };
        }
        return Follow(service, port);
    }

    /// <summary>The Service of the client's cluster, else that of another cluster of the same mesh: there the two are one.</summary>
    private Service? Find(ObjectKey key)
    {
        if (_resolver.Find<Service>(key) is { } own)
        {
            return own;
        }
        foreach (BackendCluster one in OfMesh(key))
        {
            if (one.Service is { } service)
            {
                _why.Add($"Cluster {_resolver.Cluster} has no Service {service.FullName}; cluster {one.Name} of the same mesh has it.");
                return service;
            }
        }
        return null;
    }

    private ImmutableArray<BackendCluster> OfMesh(ObjectKey key) =>
        ClusterBackends.OfService(new Dependencies(_resolver), key) is { IsEmpty: false } clusters && clusters[0].Reach != ClusterReach.None ? clusters : [];

    /// <summary>The Service that the host names: <c>name</c>, <c>name.namespace</c>, or longer as cluster DNS has it.</summary>
    private ObjectName? Destination()
    {
        string host = Authority.Host(_request.Host);
        if (host.Length == 0)
        {
            return OnlyService();
        }
        if (IPAddress.TryParse(host, out _))
        {
            _why.Add($"{host} is an address, no Service.");
            return new ObjectName(_client, host);
        }
        string[] labels = host.Split('.');
        bool isService = labels.Length <= 2 || labels[2] == "svc";
        return isService && labels.Length > 1 ? new ObjectName(labels[1], labels[0]) : new ObjectName(_client, isService ? labels[0] : host);
    }

    /// <summary>Namespace of the only Service that has the host's first label as its name; null when there is no such.</summary>
    private string? NamespaceOf(string host)
    {
        string[] labels = host.Split('.');
        if (labels.Length > 1)
        {
            return labels[1];
        }
        string? found = null;
        foreach (Service service in _resolver.All<Service>(ApiGroups.Core, "Service"))
        {
            if (service.Name == labels[0])
            {
                if (found is not null)
                {
                    return null;
                }
                found = service.Namespace;
            }
        }
        return found;
    }

    /// <summary>Without a host, the one Service that routes of the client's namespace have as their parent.</summary>
    private ObjectName? OnlyService()
    {
        var parents = new HashSet<ObjectName>();
        foreach (string kind in (ReadOnlySpan<string>)["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])
        {
            foreach (Route route in _resolver.All<Route>(ApiGroups.Gateway, kind))
            {
                foreach (ParentRef parent in route.Namespace == _client ? route.ParentRefs : [])
                {
                    if (parent.IsService)
                    {
                        parents.Add(new ObjectName(parent.Namespace, parent.Name));
                    }
                }
            }
        }
        if (parents.Count == 1)
        {
            ObjectName only = parents.First();
            _why.Add($"No host was given; followed to Service {only}, the only one that routes of namespace {_client} are for.");
            return only;
        }
        _why.Add($"A request within a mesh needs a host that names the Service{(parents.Count == 0 ? "" : ", such as " + parents.Order(Comparer<ObjectName>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))).First().Name)}.");
        return null;
    }

    private ServicePort? PortOf(Service service)
    {
        int? wanted = _request.Port ?? Authority.Port(_request.Host);
        ServicePort? first = service.Ports.FirstOrDefault(port => port.Port == (wanted ?? DefaultPort)) ?? (wanted is null ? service.Ports.FirstOrDefault() : null);
        if (first is null)
        {
            _why.Add(string.Create(CultureInfo.InvariantCulture, $"Service {service.FullName} has no port {wanted}; it has {string.Join(", ", service.Ports.Select(port => port.Port))}."));
        }
        return first;
    }

    private RequestTrace Follow(Service service, ServicePort port)
    {
        bool isStream = _request.Protocol is TraceProtocol.Tcp or TraceProtocol.Tls or TraceProtocol.Udp;
        (List<ResolvedRoute> routes, bool areConsumers) = Routes(service, port, Kinds());
        if (routes.Count == 0 && _request.Protocol == TraceProtocol.Grpc)
        {
            (routes, areConsumers) = Routes(service, port, [RouteKind.Http]);
        }
        if (routes.Count == 0)
        {
            _why.Add($"No route is for Service {service.FullName}, port {port.Port}: it gets the request as it is.");
            ImmutableArray<BackendCluster> clusters = OfMesh(Resolver.KeyOf(service));
            var target = new BackendTarget(ApiGroups.Core, "Service", service.Namespace, service.Name, port.Port)
            {
                Clusters = [.. clusters.Select(one => one.Name)],
                ReadyEndpoints = clusters.All(one => one.ReadyEndpoints is not null) ? [.. clusters.Select(one => one.ReadyEndpoints!.Value)] : [],
            };
            return new RequestTrace { Backends = [new TracedBackend(target, 1, Share.All, [], AsItIs())], Upstream = isStream ? null : AsItIs() };
        }
        _why.Add(areConsumers
            ? $"Routes of the client's namespace {_client} are for Service {service.FullName}: they hold in place of its own."
            : $"Routes of its own namespace are for Service {service.FullName}, port {port.Port}.");
        if (isStream)
        {
            RoutingRoute oldest = RouteReader.Of(routes[0]);
            _why.Add($"{oldest.Name} takes it.");
            return StreamOutcome.Of(oldest, oldest.Rules.IsEmpty ? null : oldest.Rules[0], static target => target, _why);
        }
        var table = new HostTable();
        foreach (ResolvedRoute route in routes)
        {
            GatewayTableBuilder.Add(table, RouteReader.Of(route), []);
        }
        table.Complete();
        bool isGrpc = _request.Protocol == TraceProtocol.Grpc;
        RequestFacts facts = RequestFacts.Of(_request.Path, isGrpc ? "POST" : _request.Method, _request.Headers.Remove("Host"));
        if (RouteSearch.Find(table, "", facts, _why) is not { } entry)
        {
            _why.Add(isGrpc ? "Nothing takes the call: UNIMPLEMENTED." : "Nothing takes the request: 404.");
            TracedResponse response = TracedResponse.Of(404);
            return new RequestTrace { Response = isGrpc ? response with { GrpcCode = "Unimplemented" } : response };
        }
        string authority = _request.Headers.Find("Host") ?? _request.Host;
        return HttpOutcome.Of(
            entry,
            new ArrivedRequest(facts, _request.Scheme ?? "http", authority, Authority.Host(authority), port.Port ?? DefaultPort, isGrpc, _request.BackendDelay),
            _why);
    }

    /// <summary>Routes of the client's namespace for a Service of another one take the place of the Service's own. By age and name.</summary>
    private (List<ResolvedRoute> Routes, bool AreConsumers) Routes(Service service, ServicePort port, ReadOnlySpan<RouteKind> kinds)
    {
        var producers = new List<ResolvedRoute>();
        var consumers = new List<ResolvedRoute>();
        ObjectKey key = Resolver.KeyOf(service);
        foreach (Route route in _resolver.RoutesOf(key))
        {
            ResolvedRoute resolved = _resolver.Route(route);
            if (!kinds.Contains(route.Type) || !resolved.Parents.Any(parent => IsFor(parent, key, port)))
            {
                continue;
            }
            if (route.Namespace == service.Namespace)
            {
                producers.Add(resolved);
            }
            else if (route.Namespace == _client)
            {
                consumers.Add(resolved);
            }
            else
            {
                _why.Add($"{route.Kind} {route.FullName} is only for clients of namespace {route.Namespace}.");
            }
        }
        return consumers.Count > 0 ? (consumers, true) : (producers, false);
    }

    private static bool IsFor(ResolvedParent parent, ObjectKey service, ServicePort port) =>
        parent.Ref.Key == service && parent.Outcome == AttachOutcome.Attached
        && (parent.Ref.Port is null || parent.Ref.Port == port.Port)
        && (parent.Ref.SectionName is null || parent.Ref.SectionName == port.Name);

    private ReadOnlySpan<RouteKind> Kinds() => _request.Protocol switch
    {
        TraceProtocol.Http => [RouteKind.Http],
        TraceProtocol.Grpc => [RouteKind.Grpc],
        TraceProtocol.Tls => [RouteKind.Tls, RouteKind.Tcp],
        TraceProtocol.Tcp => [RouteKind.Tcp],
        _ => [RouteKind.Udp],
    };

    private UpstreamRequest AsItIs() =>
        new(_request.Headers.Find("Host") ?? _request.Host, _request.Path, _request.Method, _request.Headers.Remove("Host"), null);
}
