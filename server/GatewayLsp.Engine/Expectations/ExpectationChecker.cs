using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Expectations;

/// <summary>Whether an expectation holds. An answer that can be remembered: it is the same as long as the same problem comes of it.</summary>
/// <param name="isKnown">False when the files do not say enough to tell.</param>
/// <param name="problem">Null when it holds.</param>
internal sealed class ExpectationAnswer(ObjectView view, Expectation expectation, bool isKnown, string? problem) : IRememberedAnswer
{
    public bool IsKnown => isKnown;

    public string? Problem => problem;

    public bool HoldsIn(Resolver later) =>
        ExpectationChecker.Check(later, view, expectation) is var now && now.IsKnown == isKnown && now.Problem == problem;
}

/// <summary>Follows the request of an expectation and compares what becomes of it with what is expected.</summary>
internal static class ExpectationChecker
{
    /// <summary>A route may be attached to many listeners, where the same becomes of a request as a rule.</summary>
    private const int MaxListeners = 8;

    /// <summary>Shares are written with a decimal place at most, in percent.</summary>
    private const double Tolerance = 0.0501;

    public static ExpectationAnswer Check(Resolver resolver, ObjectView view, Expectation expectation)
    {
        List<TraceRequest> requests = Requests(resolver, view, expectation);
        RoutingTable routing = RoutingTable.Of(resolver);
        bool isKnown = false;
        foreach (TraceRequest request in requests)
        {
            if (routing.Gateway(request.Gateway!.Value) is null)
            {
                continue;
            }
            RequestTrace trace = routing.Trace(request);
            if (trace.IsOpen)
            {
                continue;
            }
            isKnown = true;
            if (!Holds(trace, expectation.Outcomes))
            {
                string at = trace.Listener is { } listener ? $" at listener `{listener.Name}` of Gateway {request.Gateway}" : $" at Gateway {request.Gateway}";
                string by = trace is { Route: { } route, Rule: { } rule } ? string.Create(CultureInfo.InvariantCulture, $" {route}, rule {rule + 1}, takes it.") : "";
                return new ExpectationAnswer(view, expectation, true, $"Expected is {Wanted(expectation)}; this request gets {Told(trace)}{at}.{by}");
            }
        }
        return new ExpectationAnswer(view, expectation, isKnown, null);
    }

    /// <summary>
    /// The namespaces of the backends by a name that the request gets to: what the name means where no namespace is written
    /// with it. None when it gets to none of them.
    /// </summary>
    public static HashSet<string> NamespacesOf(Resolver resolver, ObjectView view, Expectation expectation, string name)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        RoutingTable routing = RoutingTable.Of(resolver);
        foreach (TraceRequest request in Requests(resolver, view, expectation))
        {
            RequestTrace trace = routing.Trace(request);
            found.UnionWith(trace.Backends.Select(static one => one.Target).Concat(trace.Mirrors.Select(static one => one.Target)).Where(one => one.Name == name).Select(static one => one.Namespace));
        }
        return found;
    }

    /// <summary>The request at each place where the object says it arrives.</summary>
    private static List<TraceRequest> Requests(Resolver resolver, ObjectView view, Expectation expectation)
    {
        TraceRequest request = expectation.Request with
        {
            Protocol = view is Route { Type: RouteKind.Grpc } ? TraceProtocol.Grpc : expectation.Request.Protocol,
            Gateway = expectation.Request.Gateway is { Namespace.Length: 0 } near ? near with { Namespace = view.Namespace } : expectation.Request.Gateway,
        };
        if (view is not Route route)
        {
            return [request with { Gateway = request.Gateway ?? new ObjectName(view.Namespace, view.Name) }];
        }
        if (request is { Gateway: not null, Host.Length: > 0 })
        {
            return [request];
        }
        if (request is { Gateway: not null, Port: not null })
        {
            return [request with { Host = HostAt(resolver, route, request) }];
        }
        var requests = new List<TraceRequest>();
        foreach (ResolvedParent parent in resolver.Route(route).Parents)
        {
            if (parent.Gateway is not { } resolved || parent.Outcome == AttachOutcome.Unknown)
            {
                continue;
            }
            TraceRequest there = request with { Gateway = new ObjectName(resolved.Gateway.Namespace, resolved.Gateway.Name) };
            if (request.Gateway is { } named && named != there.Gateway)
            {
                continue;
            }
            if (parent.Listeners.IsEmpty || request.Scheme is not null)
            {
                requests.Add(there.Host.Length > 0 || route.Hostnames.IsEmpty ? there : there with { Host = Sample(route.Hostnames[0].Value ?? "") });
                continue;
            }
            foreach (AttachedListener at in parent.Listeners)
            {
                if (requests.Count < MaxListeners)
                {
                    string host = at.Hostnames is [var first, ..] ? first : at.Listener.Listener.Hostname ?? "";
                    requests.Add(there with { Port = at.Listener.Listener.Port, Host = there.Host.Length > 0 ? there.Host : Sample(host) });
                }
            }
        }
        return requests.Count == 0 && request.Gateway is not null ? [request with { Host = HostAt(resolver, route, request) }] : requests;
    }

    /// <summary>A host that the route serves at the named Gateway, as a request has it that does not name one.</summary>
    private static string HostAt(Resolver resolver, Route route, TraceRequest request)
    {
        foreach (ResolvedParent parent in resolver.Route(route).Parents)
        {
            if (parent.Gateway?.Gateway is not { } gateway || request.Gateway != new ObjectName(gateway.Namespace, gateway.Name))
            {
                continue;
            }
            foreach (AttachedListener at in parent.Listeners)
            {
                if (request.Port is null || at.Listener.Listener.Port == request.Port)
                {
                    return Sample(at.Hostnames is [var first, ..] ? first : at.Listener.Listener.Hostname ?? "");
                }
            }
        }
        return Sample(route.Hostnames is [{ Value: { } own }, ..] ? own : "");
    }

    /// <summary>A name that a wildcard stands for.</summary>
    private static string Sample(string hostname) => hostname.StartsWith("*.", StringComparison.Ordinal) ? "www" + hostname[1..] : hostname;

    public static bool Holds(RequestTrace trace, ImmutableArray<ExpectedOutcome> outcomes)
    {
        double told = 0;
        bool hasShares = false;
        bool namesBackends = false;
        foreach (ExpectedOutcome outcome in outcomes)
        {
            switch (outcome)
            {
                case ExpectedOutcome.Status status when !Holds(trace, status):
                    return false;
                case ExpectedOutcome.Backend { IsMirror: true } mirror when !Holds(mirror, trace.Mirrors.Where(one => IsMeant(mirror, one.Target)).Sum(one => one.Share.PercentValue)):
                    return false;
                case ExpectedOutcome.Backend { IsMirror: false } backend:
                    double share = ServedBy(trace, backend);
                    if (!Holds(backend, share))
                    {
                        return false;
                    }
                    namesBackends = true;
                    hasShares |= backend.Percent is not null;
                    told += share;
                    break;
            }
        }
        // Without shares the list says who answers, and nobody else does.
        return !namesBackends || hasShares || told > 100 - Tolerance;
    }

    private static bool Holds(ExpectedOutcome.Backend wanted, double share) =>
        wanted.Percent is { } percent ? Math.Abs(share - percent) < Tolerance : share > 0;

    private static bool Holds(RequestTrace trace, ExpectedOutcome.Status wanted) =>
        trace.Redirect is { } redirect
            ? redirect.StatusCode == wanted.Code && (wanted.Location is not { } location || location == (location.StartsWith('/') ? redirect.Path : redirect.Location))
            : wanted.Location is null && trace.Response?.StatusCodes.Contains(wanted.Code) == true;

    /// <summary>In percent.</summary>
    private static double ServedBy(RequestTrace trace, ExpectedOutcome.Backend wanted) =>
        trace.Redirect is null && trace.Response is null ? trace.Backends.Where(one => one.Target.IsValid && IsMeant(wanted, one.Target)).Sum(one => one.Share.PercentValue) : 0;

    private static bool IsMeant(ExpectedOutcome.Backend wanted, BackendTarget target) =>
        wanted.Name == target.Name && (wanted.Namespace is null || wanted.Namespace == target.Namespace) && (wanted.Port is null || wanted.Port == target.Port);

    private static string Wanted(Expectation expectation) => $"`{expectation.Text[^expectation.OutcomeSpan.Length..]}`";

    private static string Told(RequestTrace trace)
    {
        if (trace.Problem != TraceProblem.None)
        {
            return trace.Why is [.., var last] ? $"nowhere ({last.TrimEnd('.')})" : "nowhere";
        }
        if (trace.Redirect is { } redirect)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{redirect.StatusCode} to {(redirect.Host.Length == 0 ? $"{redirect.Path} at the same host ({redirect.Scheme})" : redirect.Location)}");
        }
        if (trace.Response is { } response)
        {
            return response.StatusCodes.IsEmpty ? "no connection" : string.Join(" or ", response.StatusCodes);
        }
        IEnumerable<string> shares = trace.Backends.Where(one => !one.Share.IsNone)
            .Select(one => one.Target.IsValid ? $"{one.Target} {one.Share.Percent}" : $"500 {one.Share.Percent} ({one.Target}: {one.Target.Problem})")
            .Concat(trace.Mirrors.Select(one => $"mirror {one.Target} {one.Share.Percent}"));
        return string.Join(", ", shares);
    }
}
