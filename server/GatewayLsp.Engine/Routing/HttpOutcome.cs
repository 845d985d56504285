using GatewayLsp.Engine.Model;
using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Routing.Filters;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Routing;

/// <summary>What a request brings with it when a rule takes it.</summary>
/// <param name="Scheme">As the client speaks it: <c>http</c> or <c>https</c>.</param>
/// <param name="Authority">Host header as the client sent it.</param>
/// <param name="Host">The same without port.</param>
/// <param name="ListenerPort">Where it came in; the Service's port within a mesh.</param>
internal sealed record ArrivedRequest(RequestFacts Facts, string Scheme, string Authority, string Host, int ListenerPort, bool IsGrpc, TimeSpan? BackendDelay)
{
    /// <summary>A backend as it is connected to from there; without TLS by default.</summary>
    public Func<BackendTarget, BackendTarget> Connect { get; init; } = static target => target;
}

/// <summary>
/// Applies a rule of HTTPRoute or GRPCRoute to a request: its filters in the order written, then the choice of a backend and
/// that backend's filters.
/// </summary>
internal sealed class HttpOutcome
{
    private const int MisconfiguredStatus = 500;

    /// <summary>Statuses with which a connection to a backend that can't be verified fails: the specification asks for any 5xx.</summary>
    private static readonly ImmutableArray<int> FailedConnection = [500, 502, 503];

    private readonly RoutingRule _rule;
    private readonly RequestMatch _match;
    private readonly ArrivedRequest _request;
    private readonly List<string> _why;
    private readonly List<TracedMirror> _mirrors = [];

    private HttpOutcome(RoutingRule rule, RequestMatch match, ArrivedRequest request, List<string> why)
    {
        _rule = rule;
        _match = match;
        _request = request;
        _why = why;
    }

    public static RequestTrace Of(RouteEntry entry, ArrivedRequest request, List<string> why)
    {
        RequestTrace trace = new HttpOutcome(entry.Rule, entry.Match, request, why).Run();
        return trace with
        {
            Route = entry.Route.Name,
            Rule = entry.Rule.Index,
            RuleName = entry.Rule.Name,
            Match = entry.Match.Index,
            Filters = entry.Rule.Filters,
            IsOpen = entry.Rule.IsOpen,
        };
    }

    private RequestTrace Run()
    {
        var upstream = new UpstreamRequest(
            _request.Authority, _request.Facts.Path + _request.Facts.RawQuery, _request.Facts.Method, _request.Facts.Headers, null);
        foreach (TracedFilter filter in _rule.Filters)
        {
            if (Answer(filter, upstream.Path) is { } answered)
            {
                return answered;
            }
            upstream = Apply(filter, upstream);
        }
        return Forward(upstream);
    }

    /// <summary>What the gateway itself answers because of a filter; null when the request goes on.</summary>
    private RequestTrace? Answer(TracedFilter filter, string target) => filter switch
    {
        CorsFilter cors when CorsFilter.IsPreflight(_request.Facts.Method, _request.Facts.Headers) => Preflight(cors),
        RedirectFilter redirect => Redirect(redirect, target),
        _ => null,
    };

    private RequestTrace Preflight(CorsFilter cors)
    {
        if (cors.Allows(_request.Facts.Headers) == true)
        {
            _why.Add("CORS: the origin is allowed; the gateway answers the preflight itself.");
            return new RequestTrace { Response = new TracedResponse([204, 200], cors.ResponseHeaders(_request.Facts.Headers, isPreflight: true)) };
        }
        _why.Add($"CORS: origin {_request.Facts.Headers.Find("Origin")} is not in allowOrigins; the answer has no CORS headers, so the browser stops.");
        return new RequestTrace { Response = TracedResponse.Of(204, 200, 403) };
    }

    private void TellOrigin(CorsFilter cors)
    {
        switch (cors.Allows(_request.Facts.Headers))
        {
            case true:
                _why.Add("CORS: the origin is allowed; the response gets " + Join(cors.ResponseHeaders(_request.Facts.Headers, isPreflight: false)) + ".");
                break;
            case false:
                _why.Add($"CORS: origin {_request.Facts.Headers.Find("Origin")} is not in allowOrigins; the response gets no CORS headers.");
                break;
        }
    }

    private RequestTrace Redirect(RedirectFilter filter, string target)
    {
        (string path, string query) = Split(target);
        TracedRedirect redirect = RedirectTarget.Of(filter, _request.Scheme, _request.Host, _request.ListenerPort, path, _match.Path) with { Query = query };
        TellPrefix(filter.Path, filter.Type);
        _why.Add(string.Create(CultureInfo.InvariantCulture, $"RequestRedirect: the gateway answers {redirect.StatusCode} with Location {redirect.Location}."));
        return new RequestTrace { Redirect = redirect, Response = TracedResponse.Of(redirect.StatusCode) };
    }

    private UpstreamRequest Apply(TracedFilter filter, UpstreamRequest upstream)
    {
        switch (filter)
        {
            case HeaderModifierFilter { Type: HeaderModifierFilter.OfRequest } modifier:
                return upstream with { Headers = modifier.Apply(upstream.Headers) };
            case RewriteFilter rewrite:
                (string path, string query) = Split(upstream.Path);
                TellPrefix(rewrite.Path, rewrite.Type);
                return upstream with { Host = rewrite.Hostname ?? upstream.Host, Path = RedirectTarget.Modify(rewrite.Path, path, _match.Path) + query };
            case CorsFilter cors:
                TellOrigin(cors);
                break;
            case MirrorFilter mirror:
                Mirror(mirror);
                break;
            case ExternalAuthFilter auth:
                _why.Add(auth.Backend.IsValid
                    ? $"ExternalAuth: {auth.Backend} decides first whether the request may pass ({auth.Protocol})."
                    : $"ExternalAuth: {auth.Backend} can't be used ({auth.Backend.Problem}), so every request is refused.");
                break;
            case ExtensionFilter extension:
                _why.Add($"ExtensionRef: {extension.Kind} {extension.Name} acts on it in a way that only the implementation knows.");
                break;
            case UnreadableFilter:
                _why.Add($"Filter {filter.Type} can't be read and is left out here.");
                break;
        }
        return upstream;
    }

    private void Mirror(MirrorFilter mirror)
    {
        if (!mirror.Backend.IsValid)
        {
            _why.Add($"RequestMirror: no copies go to {mirror.Backend}: {mirror.Backend.Explanation}.");
            return;
        }
        _mirrors.Add(new TracedMirror(mirror.Backend, mirror.Share));
        _why.Add($"RequestMirror: {mirror.Backend} gets copies of {mirror.Share.Percent}.");
    }

    private RequestTrace Forward(UpstreamRequest upstream)
    {
        if (_rule.Backends.IsEmpty)
        {
            if (Find<ExtensionFilter>() is not null)
            {
                _why.Add("The rule has no backendRefs; the extension may answer.");
                return new RequestTrace { Mirrors = [.. _mirrors] };
            }
            if (_rule.IsOpen)
            {
                _why.Add("A template puts in backends or filters of the rule, so nobody knows who answers.");
                return new RequestTrace { Mirrors = [.. _mirrors] };
            }
            _why.Add("The rule has no backendRefs and no filter that answers.");
            return new RequestTrace { Response = Failure(MisconfiguredStatus), Mirrors = [.. _mirrors] };
        }
        if (Find<ExternalAuthFilter>() is { Backend.IsValid: false })
        {
            return new RequestTrace { Response = Failure(403, 500, 502, 503), Mirrors = [.. _mirrors] };
        }
        ImmutableArray<TracedBackend> backends = Backends(upstream);
        // Filters of a backend act on what would be sent to it: where they answer all requests, it is as if the rule had them.
        if (backends.FirstOrDefault(one => one.Response is not null) is { } answered && backends.All(one => one.Share.IsNone || one.Response is not null))
        {
            return new RequestTrace { Redirect = answered.Redirect, Response = answered.Response, Mirrors = [.. _mirrors] };
        }
        TracedResponse? response = FailureOf(backends) ?? Timeout();
        return new RequestTrace
        {
            Backends = backends,
            Mirrors = [.. _mirrors],
            Response = response,
            Upstream = FirstUpstream(backends),
        };
    }

    private ImmutableArray<TracedBackend> Backends(UpstreamRequest upstream)
    {
        Share[] shares = Share.OfWeights([.. _rule.Backends.Select(backend => backend.Weight)]);
        var found = ImmutableArray.CreateBuilder<TracedBackend>(shares.Length);
        for (int i = 0; i < shares.Length; i++)
        {
            RoutingBackend backend = _rule.Backends[i];
            BackendTarget target = _request.Connect(backend.Target);
            UpstreamRequest own = target.ServerName is null ? upstream : upstream with { ServerName = target.ServerName };
            bool getsRequests = target.IsValid && !shares[i].IsNone;
            RequestTrace? answered = null;
            for (int f = 0; getsRequests && answered is null && f < backend.Filters.Length; f++)
            {
                answered = Answer(backend.Filters[f], own.Path);
                own = answered is null ? Apply(backend.Filters[f], own) : own;
            }
            found.Add(new TracedBackend(target, backend.Weight, shares[i], backend.Filters, getsRequests && answered is null ? own : null) { Response = answered?.Response, Redirect = answered?.Redirect });
            if (answered is null)
            {
                Shares.Tell(_why, target, shares[i], shares.Length, "requests");
            }
            else
            {
                _why.Add($"{target} gets no requests: a filter of it answers {shares[i].Percent} of them.");
            }
        }
        return found.DrainToImmutable();
    }

    /// <summary>An answer only when it is the same for all requests: a share that fails stands with its backend.</summary>
    private TracedResponse? FailureOf(ImmutableArray<TracedBackend> backends)
    {
        bool anyShare = false, connectionFails = true;
        foreach (TracedBackend backend in backends)
        {
            if (backend.Upstream is not null || backend.Response is not null)
            {
                return null;
            }
            anyShare |= !backend.Share.IsNone;
            connectionFails &= backend.Share.IsNone || backend.Target.ServerName is not null;
        }
        if (!anyShare)
        {
            _why.Add("All weights are zero, so no backend gets anything.");
            return Failure(MisconfiguredStatus);
        }
        return connectionFails ? Failure(FailedConnection.AsSpan()) : Failure(MisconfiguredStatus);
    }

    private TracedResponse Failure(params ReadOnlySpan<int> codes)
    {
        TracedResponse response = _request.IsGrpc ? TracedResponse.Of(503) with { GrpcCode = "Unavailable" } : TracedResponse.Of(codes);
        _why.Add($"The gateway answers {(_request.IsGrpc ? "UNAVAILABLE" : string.Join(" or ", response.StatusCodes))}.");
        return response;
    }

    private TracedResponse? Timeout()
    {
        if (_rule.Retry is not null)
        {
            _why.Add("Retry: " + _rule.Retry + ".");
        }
        (string Name, TimeSpan Limit)? hit = null;
        foreach ((string name, TimeSpan? limit) in ((string, TimeSpan?)[])[("request", _rule.RequestTimeout), ("backendRequest", _rule.BackendTimeout)])
        {
            if (limit is { } time && time > TimeSpan.Zero)
            {
                _why.Add($"Timeout: {name} after {Words(time)}.");
                hit ??= _request.BackendDelay > time ? (name, time) : null;
            }
        }
        if (hit is not { } exceeded)
        {
            return null;
        }
        _why.Add($"The backend takes {Words(_request.BackendDelay!.Value)}, longer than timeouts.{exceeded.Name}: the gateway answers 504.");
        return TracedResponse.Of(504);
    }

    private void TellPrefix(PathChange? modifier, string filter)
    {
        if (modifier is { IsPrefix: true } && _match.Path.Type != PathMatchType.PathPrefix)
        {
            _why.Add($"{filter}: replacePrefixMatch does nothing, since this match is not by prefix.");
        }
    }

    private T? Find<T>() where T : TracedFilter
    {
        foreach (TracedFilter filter in _rule.Filters)
        {
            if (filter is T found)
            {
                return found;
            }
        }
        return null;
    }

    private static UpstreamRequest? FirstUpstream(ImmutableArray<TracedBackend> backends)
    {
        foreach (TracedBackend backend in backends)
        {
            if (backend.Upstream is { } upstream)
            {
                return upstream;
            }
        }
        return null;
    }

    private static (string Path, string Query) Split(string target)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? (target, "") : (target[..query], target[query..]);
    }

    private static string Words(TimeSpan time) =>
        time.TotalSeconds < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static string Join(HeaderList headers) => string.Join(", ", headers.Select(field => $"{field.Key}: {field.Value}"));
}
