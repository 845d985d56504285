using System.Globalization;
using System.Net;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
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
    private readonly List<string> _why = [];

    private MeshTracer(Resolver resolver, TraceRequest request)
    {
        _resolver = resolver;
        _request = request;
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
        if (_resolver.Find<Service>(new ObjectKey(ApiGroups.Core, "Service", name.Namespace, name.Name)) is not { } service)
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
            return new ObjectName(_request.ClientNamespace, host);
        }
        string[] labels = host.Split('.');
        bool isService = labels.Length <= 2 || labels[2] == "svc";
        return isService && labels.Length > 1 ? new ObjectName(labels[1], labels[0]) : new ObjectName(_request.ClientNamespace, isService ? labels[0] : host);
    }

    /// <summary>Without a host, the one Service that routes of the client's namespace have as their parent.</summary>
    private ObjectName? OnlyService()
    {
        var parents = new HashSet<ObjectName>();
        foreach (string kind in (ReadOnlySpan<string>)["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])
        {
            foreach (Route route in _resolver.All<Route>(ApiGroups.Gateway, kind))
            {
                foreach (ParentRef parent in route.Namespace == _request.ClientNamespace ? route.ParentRefs : [])
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
            _why.Add($"No host was given; followed to Service {only}, the only one that routes of namespace {_request.ClientNamespace} are for.");
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
        (List<(ResolvedRoute Route, ResolvedParent Parent)> routes, bool areConsumers) = Routes(service, port);
        bool isStream = _request.Protocol is TraceProtocol.Tcp or TraceProtocol.Tls or TraceProtocol.Udp;
        var table = new HostTable();
        RoutingRoute? oldest = null;
        bool anyFits = false;
        foreach ((ResolvedRoute resolved, _) in routes)
        {
            if (!Fits(resolved.Route.Type))
            {
                continue;
            }
            anyFits = true;
            RoutingRoute route = RouteReader.Of(resolved);
            oldest ??= route;
            GatewayTableBuilder.Add(table, route, []);
        }
        if (!anyFits)
        {
            _why.Add($"No route is for Service {service.FullName}, port {port.Port}: it gets the request as it is.");
            var target = new BackendTarget(ApiGroups.Core, "Service", service.Namespace, service.Name, port.Port);
            return new RequestTrace { Backends = [new TracedBackend(target, 1, Share.All, [], AsItIs())], Upstream = isStream ? null : AsItIs() };
        }
        _why.Add(areConsumers
            ? $"Routes of the client's namespace {_request.ClientNamespace} are for Service {service.FullName}: they hold in place of its own."
            : $"Routes of its own namespace are for Service {service.FullName}, port {port.Port}.");
        if (isStream)
        {
            _why.Add($"{oldest!.Name} takes it.");
            return StreamOutcome.Of(oldest, oldest.Rules.IsEmpty ? null : oldest.Rules[0], _why);
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

    /// <summary>Routes of the client's namespace for a Service of another one take the place of the Service's own.</summary>
    private (List<(ResolvedRoute, ResolvedParent)> Routes, bool AreConsumers) Routes(Service service, ServicePort port)
    {
        var producers = new List<(ResolvedRoute, ResolvedParent)>();
        var consumers = new List<(ResolvedRoute, ResolvedParent)>();
        ObjectKey key = Resolver.KeyOf(service);
        foreach (Route route in _resolver.RoutesOf(key))
        {
            ResolvedRoute resolved = _resolver.Route(route);
            foreach (ResolvedParent parent in resolved.Parents)
            {
                bool isFor = parent.Ref.Key == key && parent.Outcome == AttachOutcome.Attached && Fits(route.Type)
                    && (parent.Ref.Port is null || parent.Ref.Port == port.Port)
                    && (parent.Ref.SectionName is null || parent.Ref.SectionName == port.Name);
                if (!isFor)
                {
                    continue;
                }
                if (!parent.IsConsumer)
                {
                    producers.Add((resolved, parent));
                }
                else if (route.Namespace == _request.ClientNamespace)
                {
                    consumers.Add((resolved, parent));
                }
                else
                {
                    _why.Add($"{route.Kind} {route.FullName} is only for clients of namespace {route.Namespace}.");
                    continue;
                }
                break;
            }
        }
        return consumers.Count > 0 ? (consumers, true) : (producers, false);
    }

    private bool Fits(RouteKind kind) => _request.Protocol switch
    {
        TraceProtocol.Http => kind == RouteKind.Http,
        TraceProtocol.Grpc => kind is RouteKind.Grpc,
        TraceProtocol.Tls => kind is RouteKind.Tls or RouteKind.Tcp,
        TraceProtocol.Tcp => kind == RouteKind.Tcp,
        _ => kind == RouteKind.Udp,
    };

    private UpstreamRequest AsItIs() =>
        new(_request.Headers.Find("Host") ?? _request.Host, _request.Path, _request.Method, _request.Headers.Remove("Host"), null);
}
