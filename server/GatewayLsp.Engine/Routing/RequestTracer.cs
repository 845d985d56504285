using System.Globalization;
using System.Net;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Routing;

/// <summary>Follows one request through a Gateway: port and protocol, listener, route, rule, filters, backends.</summary>
internal sealed class RequestTracer
{
    /// <summary>How many of a kind are named in one explanation.</summary>
    private const int MaxNamed = 5;

    private readonly GatewayTable _gateway;
    private readonly TraceRequest _request;
    private readonly string _authority;
    private readonly string _host;
    private readonly List<string> _why = [];

    private RequestTracer(GatewayTable gateway, TraceRequest request)
    {
        _gateway = gateway;
        _request = request;
        _authority = request.Headers.Find("Host") ?? request.Host;
        _host = Authority.Host(_authority);
    }

    public static RequestTrace Of(GatewayTable gateway, TraceRequest request)
    {
        var tracer = new RequestTracer(gateway, request);
        RequestTrace trace = tracer.Run();
        return trace with { Why = [.. tracer._why] };
    }

    private RequestTrace Run()
    {
        if (Port() is not { } port)
        {
            return new RequestTrace { Problem = TraceProblem.BadRequest };
        }
        return _request.Protocol switch
        {
            TraceProtocol.Http or TraceProtocol.Grpc => Http(port),
            TraceProtocol.Tcp when _request.ServerName is null && Serves(port, "TCP") => Stream(port, "TCP"),
            TraceProtocol.Tcp or TraceProtocol.Tls => Tls(port),
            _ => Stream(port, "UDP"),
        };
    }

    /// <summary>The port that is asked for, or the one that fits the request best. Null, with the reason told, when no listener fits.</summary>
    private int? Port()
    {
        int? wanted = _request.Port
            ?? _gateway.Listeners.FirstOrDefault(one => _request.ListenerName is not null && one.Listener.Name == _request.ListenerName)?.Listener.Port;
        if (wanted is null)
        {
            int?[] candidates = [Authority.Port(_request.Host), _request.Scheme is { } scheme ? RedirectTarget.PortOf(scheme) : null];
            wanted = Array.Find(candidates, port => port is { } known && Speaks(known)) ?? FirstPort();
        }
        if (wanted is { } found && Speaks(found))
        {
            return found;
        }
        string protocol = _request.Scheme == "https" ? "HTTPS" : _request.Protocol.ToString().ToUpperInvariant();
        _why.AddRange(_gateway.OutOfService);
        _why.Add(_gateway.Listeners.IsEmpty
            ? $"Gateway {_gateway.Name} has no listener in service."
            : string.Create(CultureInfo.InvariantCulture, $"Gateway {_gateway.Name} has no listener for {protocol}{(wanted is { } port ? $" on port {port}" : "")}; it has {Offered()}.{Hint(wanted)}"));
        return null;
    }

    private int? FirstPort()
    {
        foreach (ListenerTable one in _gateway.Listeners)
        {
            if (Speaks(one) && (_request.Scheme is null || one.IsTls == (_request.Scheme == "https")))
            {
                return one.Listener.Port;
            }
        }
        return null;
    }

    private bool Speaks(int port) => _gateway.Listeners.Any(one => one.Listener.Port == port && Speaks(one));

    private bool Serves(int port, string protocol) => _gateway.Listeners.Any(one => one.Listener.Port == port && one.Listener.Protocol == protocol);

    private bool Speaks(ListenerTable one) => _request.Protocol switch
    {
        TraceProtocol.Http or TraceProtocol.Grpc => one.IsHttp || one.IsTls,
        TraceProtocol.Tls => one.IsTls,
        TraceProtocol.Tcp => one.Listener.Protocol == "TCP" || one.IsTls,
        _ => one.Listener.Protocol == "UDP",
    };

    /// <summary>A URL that begins otherwise than any listener speaks is as a rule a slip.</summary>
    private string Hint(int? wanted) => (_request.Scheme, wanted) switch
    {
        ("https", null) when _gateway.Listeners.Any(one => one.Listener.Protocol == "HTTP") =>
            _request.Protocol == TraceProtocol.Grpc ? " Nothing answers gRPC over TLS there; ask with grpc:// (grpcurl with -plaintext)." : " Nothing answers https:// there; ask with http://.",
        ("http", null) when _gateway.Listeners.Any(one => one.Listener.Protocol == "HTTPS") =>
            _request.Protocol == TraceProtocol.Grpc ? " Nothing answers gRPC without TLS there; ask with grpcs:// (grpcurl without -plaintext)." : " Nothing answers http:// there; ask with https://.",
        _ => "",
    };

    private string Offered() =>
        string.Join(", ", _gateway.Listeners.Select(one => $"{one.Listener.Protocol} {one.Listener.Port}").Distinct());

    private RequestTrace Http(int port)
    {
        bool isTls = _gateway.Listeners.Any(one => one.Listener.Port == port && one.IsTls)
            && (_request.Scheme != "http" || !Serves(port, "HTTP"));
        if (isTls)
        {
            return Https(port);
        }
        if (_gateway.Best(port, _host, one => one.Listener.Protocol == "HTTP") is not { } listener)
        {
            _why.Add(string.Create(CultureInfo.InvariantCulture, $"No listener on port {port} is for {Shown(_host)}."));
            return NoMatch(null);
        }
        if (_request.Scheme == "https")
        {
            _why.Add(string.Create(CultureInfo.InvariantCulture, $"Port {port} speaks plain HTTP; the request is followed as such."));
        }
        Tell(listener, $"for {Shown(_host)}");
        return Route(listener, "http");
    }

    private RequestTrace Https(int port)
    {
        string serverName = ServerName();
        if (_gateway.Best(port, serverName, one => one.IsTls) is not { } listener)
        {
            _why.Add(string.Create(CultureInfo.InvariantCulture, $"No listener on port {port} is for server name {Shown(serverName)}: the TLS handshake fails."));
            return new RequestTrace { Response = TracedResponse.Rejected };
        }
        if (!listener.IsHttp)
        {
            return Tls(port);
        }
        Tell(listener, serverName.Length > 0 ? $"by server name {serverName}" : "because it is for all server names, and clients send none for an IP address");
        if (_gateway.RefusedCertificate(listener, serverName) is { } refusal)
        {
            _why.Add(refusal);
        }
        if (_gateway.ClientCheck(port) is { } check)
        {
            _why.Add(check);
        }
        ListenerTable? byHost = _gateway.Best(port, _host, one => one.Listener.Protocol == "HTTPS");
        if (byHost is null)
        {
            _why.Add($"No HTTPS listener of this port is for host {Shown(_host)}.");
            return NoMatch(listener);
        }
        if (!ReferenceEquals(byHost, listener))
        {
            _why.Add($"The request is for host {Shown(_host)}, which {byHost} serves: it came over the wrong connection.");
            return new RequestTrace { Listener = listener.Listener, Response = TracedResponse.Of(421) };
        }
        return Route(listener, "https");
    }

    private RequestTrace Route(ListenerTable listener, string scheme)
    {
        bool isGrpc = _request.Protocol == TraceProtocol.Grpc;
        RequestFacts facts = RequestFacts.Of(_request.Path, isGrpc ? "POST" : _request.Method, _request.Headers.Remove("Host"));
        RouteEntry? entry = RouteSearch.Find(isGrpc ? listener.Grpc : listener.Http, _host, facts, _why);
        if (entry is null && isGrpc && !listener.Http.IsEmpty)
        {
            _why.Add("No GRPCRoute takes it; to HTTPRoutes it is a POST.");
            entry = RouteSearch.Find(listener.Http, _host, facts, _why);
        }
        if (entry is null)
        {
            TellHostnames(isGrpc ? listener.Grpc : listener.Http, isGrpc ? "GRPCRoute" : "HTTPRoute", _host);
            TellIsolated(listener, isGrpc, facts);
            TellUnattached();
            return NoMatch(listener);
        }
        var arrived = new ArrivedRequest(facts, scheme, _authority, _host, listener.Listener.Port, isGrpc, _request.BackendDelay)
        {
            Connect = _gateway.Connect,
        };
        return HttpOutcome.Of(entry, arrived, _why) with { Listener = listener.Listener };
    }

    /// <summary>Rules of less specific listeners on the port, which would have taken the request.</summary>
    private void TellIsolated(ListenerTable chosen, bool isGrpc, RequestFacts facts)
    {
        foreach (ListenerTable other in _gateway.Listeners)
        {
            if (!ReferenceEquals(other, chosen) && other.Listener.Port == chosen.Listener.Port && other.Listener.Protocol == chosen.Listener.Protocol
                && HostnameMatch.Covers(other.Listener.Hostname, _host)
                && RouteSearch.Find(isGrpc ? other.Grpc : other.Http, _host, facts, []) is { } entry)
            {
                _why.Add($"{entry} on listener {other.Listener.Name} would take it, but a listener with a more specific hostname keeps its requests to itself.");
            }
        }
    }

    private RequestTrace NoMatch(ListenerTable? listener)
    {
        bool isGrpc = _request.Protocol == TraceProtocol.Grpc;
        _why.Add(isGrpc ? "Nothing takes the call: UNIMPLEMENTED." : "Nothing takes the request: 404.");
        TracedResponse response = TracedResponse.Of(404);
        return new RequestTrace { Listener = listener?.Listener, Response = isGrpc ? response with { GrpcCode = "Unimplemented" } : response };
    }

    private RequestTrace Tls(int port)
    {
        string serverName = ServerName();
        if (serverName.Length == 0 && _request.ServerName is null && FirstServerName(port) is { } first)
        {
            serverName = first;
            _why.Add($"No server name was given; followed for {first}, the first that a route on this port serves.");
        }
        if (_gateway.Best(port, serverName, one => one.IsTls) is not { } listener)
        {
            _why.Add(string.Create(CultureInfo.InvariantCulture, $"No TLS listener on port {port} is for server name {Shown(serverName)}: the connection is refused."));
            return new RequestTrace { Response = TracedResponse.Rejected };
        }
        Tell(listener, $"by server name {Shown(serverName)}; TLS {(listener.IsPassthrough ? "goes through to the backend" : "ends here")}");
        foreach (EntryList list in listener.Tls.For(serverName))
        {
            RouteEntry winner = list.First;
            _why.Add($"{winner.Route.Name} takes it, server name {winner.Hostname}.");
            foreach (RouteEntry loser in list.All.Skip(1).Where(loser => !ReferenceEquals(loser.Route, winner.Route)).Take(MaxNamed))
            {
                _why.Add($"{loser.Route.Name} is for the same name but loses: {winner.ReasonOver(loser)}.");
            }
            return StreamOutcome.Of(winner.Route, winner.Rule, ConnectionOf(listener), _why) with { Listener = listener.Listener };
        }
        if (listener.Streams.Length > 0)
        {
            return Oldest(listener);
        }
        if (listener.IsHttp)
        {
            _why.Add("It speaks HTTP behind the handshake: trace with protocol http to follow a request.");
            return new RequestTrace { Listener = listener.Listener };
        }
        TellHostnames(listener.Tls, "TLSRoute", serverName);
        TellUnattached();
        _why.Add("No route takes it: the connection is refused.");
        return new RequestTrace { Listener = listener.Listener, Response = TracedResponse.Rejected };
    }

    private RequestTrace Stream(int port, string protocol)
    {
        ListenerTable listener = _gateway.Best(port, "", one => one.Listener.Protocol == protocol)
            ?? _gateway.Listeners.First(one => one.Listener.Port == port && one.Listener.Protocol == protocol);
        Tell(listener, "by its port");
        if (listener.Streams.Length > 0)
        {
            return Oldest(listener);
        }
        TellUnattached();
        _why.Add("No route is attached to it: the connection is refused.");
        return new RequestTrace { Listener = listener.Listener, Response = TracedResponse.Rejected };
    }

    /// <summary>Of several routes on a port without names only the oldest is served.</summary>
    private RequestTrace Oldest(ListenerTable listener)
    {
        RoutingRoute winner = listener.Streams[0];
        _why.Add($"{winner.Name} takes it.");
        foreach (RoutingRoute loser in listener.Streams.Skip(1).Take(MaxNamed))
        {
            _why.Add($"{loser.Name} gets nothing: {winner.Name} {(winner.CreatedAt is not null && winner.CreatedAt != loser.CreatedAt ? "is older" : "comes first by namespace and name")}.");
        }
        return StreamOutcome.Of(winner, winner.Rules.IsEmpty ? null : winner.Rules[0], ConnectionOf(listener), _why) with { Listener = listener.Listener };
    }

    /// <summary>Only where TLS ends at the Gateway may it begin another one to the backend.</summary>
    private Func<BackendTarget, BackendTarget> ConnectionOf(ListenerTable listener) =>
        listener.IsTls && !listener.IsPassthrough ? _gateway.Connect : static target => target;

    /// <summary>Empty where the host is an IP address: clients send no server name for those (RFC 6066, 3).</summary>
    private string ServerName() =>
        _request.ServerName is { } given ? Authority.Host(given)
        : Authority.Host(_request.Host) is var host && IPAddress.TryParse(host, out _) ? "" : host;

    private string? FirstServerName(int port) =>
        _gateway.Listeners.Where(one => one.Listener.Port == port && one.IsTls)
            .SelectMany(one => one.Tls.HostnamesServed)
            .Where(name => !HostnameMatch.IsWildcard(name))
            .Order(StringComparer.Ordinal).FirstOrDefault();

    private void Tell(ListenerTable listener, string why) => _why.Add($"{listener} takes it {why}.");

    private void TellHostnames(HostTable table, string kind, string host)
    {
        if (table.IsEmpty)
        {
            _why.Add($"No {kind} is attached to this listener.");
        }
        else if (!table.For(host).Any())
        {
            string[] names = [.. table.HostnamesServed.Order(StringComparer.Ordinal)];
            string more = names.Length > MaxNamed ? $" and {names.Length - MaxNamed} more" : "";
            _why.Add($"No {kind} on it is for {Shown(host)}; they are for {string.Join(", ", names.Take(MaxNamed))}{more}.");
        }
    }

    private void TellUnattached()
    {
        foreach (UnattachedRoute one in _gateway.Unattached.Value.Take(MaxNamed))
        {
            _why.Add($"{one.Route} asks for this Gateway but is not attached: {one.Reason}.");
        }
        if (_gateway.Unattached.Value.Length > MaxNamed)
        {
            _why.Add(string.Create(CultureInfo.InvariantCulture, $"{_gateway.Unattached.Value.Length - MaxNamed} more routes ask for it and are not attached."));
        }
        foreach (string one in _gateway.OutOfService.Take(MaxNamed))
        {
            _why.Add(one);
        }
    }

    private static string Shown(string host) => host.Length == 0 ? "(no host name)" : host;
}
