using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Routing.Filters;
using GatewayLsp.Sandbox.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>Carries HTTP and gRPC: the engine says what becomes of a request, YARP's forwarder moves the bytes.</summary>
internal sealed class HttpGateway(HttpHub hub, EndpointHealth health, BackendConnections connections)
{
    private const int MaxBuffered = 256 * 1024;

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    private static readonly TimeSpan MirrorTimeout = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, WeightedPicker> _pickers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ShareCounter> _mirrors = new(StringComparer.Ordinal);

    /// <summary>Copies that could not be delivered.</summary>
    public long LostMirrors;

    /// <param name="gateway">Where it came in; null for a request within the mesh.</param>
    public async Task Handle(HttpContext context, RoutingSnapshot snapshot, ObjectName? gateway, int? port, bool isSecure)
    {
        HttpRequest request = context.Request;
        if (gateway is null && HttpMethods.IsConnect(request.Method))
        {
            // A proxy's client that wants TLS: nothing within the mesh has it.
            Fail(context, isGrpc: false, 405);
            return;
        }
        string? client = null;
        if (gateway is null && request.Headers.Remove(MeshPort.ClientHeader, out Microsoft.Extensions.Primitives.StringValues named))
        {
            client = named.ToString();
        }
        bool isGrpc = request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
        HeaderList headers = HeaderList.Of(request.Headers.Where(field => !field.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)).Select(field => KeyValuePair.Create(field.Key, field.Value.ToString())));
        string path = PathOf(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "") ?? request.Path.ToUriComponent() + request.QueryString;
        RequestTrace trace = snapshot.Trace(new TraceRequest
        {
            Gateway = gateway, Port = port, Protocol = isGrpc ? TraceProtocol.Grpc : TraceProtocol.Http, Scheme = isSecure ? "https" : "http",
            Method = request.Method, Host = request.Host.Value ?? "", Path = path, Headers = headers,
            ClientNamespace = client, ServerName = isSecure ? context.Features.Get<ITlsHandshakeFeature>()?.HostName ?? "" : null,
        });
        if (gateway is null && trace.Problem != TraceProblem.None)
        {
            Fail(context, isGrpc, 400);
            return;
        }
        if (trace.Response is { IsRejected: true } || trace.Problem != TraceProblem.None)
        {
            context.Abort();
            return;
        }
        TimeSpan? limit = Limit(snapshot.RuleOf(trace)?.RequestTimeout);
        using CancellationTokenSource? deadline = limit is { } given ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted) : null;
        deadline?.CancelAfter(limit!.Value);
        bool isCopied = trace.Mirrors.Length > 0;
        RetryPolicy? retry = snapshot.RuleOf(trace)?.RetryPolicy;
        byte[]? body = isCopied || retry is not null ? await Buffer(context) : null;
        if (isCopied)
        {
            Mirror(context, snapshot, gateway, trace, body);
        }
        if (trace.Response is { } answer)
        {
            Reply(context, trace, answer, path);
            return;
        }
        if (Choose(trace) is not { } backend || backend.Upstream is not { } upstream)
        {
            // In the mesh: a Service that there is not.
            Fail(context, isGrpc, gateway is null && trace.Backends.IsEmpty ? 502 : 500);
            return;
        }
        var attempt = new Attempts(retry, isSafe: body is not null || !HasBody(context));
        await Forward(context, snapshot, gateway, backend.Target, upstream, [.. trace.Filters, .. backend.Filters], headers, attempt, body, Limit(snapshot.RuleOf(trace)?.BackendRequestTimeout), isGrpc, deadline?.Token ?? context.RequestAborted);
        if (deadline is { IsCancellationRequested: true } && !context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.Response.Clear();
            Fail(context, isGrpc, 504);
        }
    }

    /// <summary>Takes the backends in turn, by weight. Null when none has a share.</summary>
    private TracedBackend? Choose(RequestTrace trace)
    {
        Span<int> weights = stackalloc int[Math.Min(trace.Backends.Length, 64)];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = trace.Backends[i].Weight;
        }
        if (weights.Length == 1)
        {
            return weights[0] > 0 ? trace.Backends[0] : null;
        }
        int chosen = _pickers.GetOrAdd(KeyOf(trace, ""), static _ => new WeightedPicker()).Next(weights);
        return chosen < 0 ? null : trace.Backends[chosen];
    }

    private async Task Forward(
        HttpContext context, RoutingSnapshot snapshot, ObjectName? gateway, BackendTarget target, UpstreamRequest upstream, IReadOnlyList<TracedFilter> filters,
        HeaderList received, Attempts attempts, byte[]? body, TimeSpan? attemptTimeout, bool isGrpc, CancellationToken cancel)
    {
        HttpMessageInvoker invoker = connections.For(snapshot, gateway, target);
        bool isHttp2 = isGrpc || snapshot.AppProtocol(target) is "kubernetes.io/h2c";
        var config = new ForwarderRequestConfig
        {
            ActivityTimeout = TimeSpan.FromMinutes(10), Version = isHttp2 ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        List<Endpoint> endpoints = health.InOrder(target, snapshot.EndpointsOf(target));
        if (endpoints.Count == 0)
        {
            Fail(context, isGrpc, 503);
            return;
        }
        int refused = 0;
        while (true)
        {
            Endpoint endpoint = endpoints[refused % endpoints.Count];
            if (body is not null)
            {
                context.Request.Body = new MemoryStream(body, writable: false);
            }
            using CancellationTokenSource? once = attemptTimeout is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancel);
            once?.CancelAfter(attemptTimeout!.Value);
            var outbound = new Outbound(upstream, filters, received, attempts.WantsAgain);
            ForwarderError error = await hub.Forwarder.SendAsync(
                context, $"http://{endpoint.Address}", invoker, config, outbound, once?.Token ?? cancel);
            bool isConnectFailure = error == ForwarderError.Request
                && context.Features.Get<IForwarderErrorFeature>()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
            if (error == ForwarderError.None && !outbound.IsRetried)
            {
                health.Worked(endpoint);
                return;
            }
            if (context.Response.HasStarted || cancel.IsCancellationRequested)
            {
                return;
            }
            if (isConnectFailure)
            {
                health.Failed(endpoint);
                // Nothing was sent, so another one may get it.
                if (++refused < endpoints.Count && attempts.IsSafe)
                {
                    context.Response.Clear();
                    continue;
                }
            }
            bool isTimeout = once is { IsCancellationRequested: true };
            if (outbound.IsRetried || (attempts.IsSafe && attempts.MayTryAgain()))
            {
                context.Response.Clear();
                await attempts.Pause(cancel);
                continue;
            }
            context.Response.Clear();
            Fail(context, isGrpc, isTimeout ? 504 : isConnectFailure ? 503 : 502);
            return;
        }
    }

    private void Mirror(HttpContext context, RoutingSnapshot snapshot, ObjectName? gateway, RequestTrace trace, byte[]? body)
    {
        for (int i = 0; i < trace.Mirrors.Length; i++)
        {
            TracedMirror mirror = trace.Mirrors[i];
            if (!_mirrors.GetOrAdd(KeyOf(trace, mirror.Target.ToString() + i), static _ => new ShareCounter()).Next(mirror.Share.Part, mirror.Share.Whole))
            {
                continue;
            }
            var copy = new HttpRequestMessage(new HttpMethod(context.Request.Method), (Uri?)null);
            if (body is { Length: > 0 })
            {
                copy.Content = new ByteArrayContent(body);
            }
            UpstreamRequest upstream = trace.Upstream ?? new UpstreamRequest(context.Request.Host.Value ?? "", context.Request.Path + context.Request.QueryString, context.Request.Method, HeaderList.Empty, null);
            Outbound.Fill(copy, upstream, context.Request.Headers.Cookie);
            copy.Content?.Headers.Remove("Content-Length");
            _ = Deliver(copy, snapshot, gateway, mirror.Target, upstream.Path);
        }
    }

    private async Task Deliver(HttpRequestMessage copy, RoutingSnapshot snapshot, ObjectName? gateway, BackendTarget target, string path)
    {
        using (copy)
        {
            using var patience = new CancellationTokenSource(MirrorTimeout);
            foreach (Endpoint endpoint in health.InOrder(target, snapshot.EndpointsOf(target)).Take(1))
            {
                try
                {
                    copy.RequestUri = Outbound.Target($"http://{endpoint.Address}", path);
                    using HttpResponseMessage response = await connections.For(snapshot, gateway, target).SendAsync(copy, patience.Token);
                    await response.Content.CopyToAsync(Stream.Null, patience.Token);
                    return;
                }
                catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException or IOException)
                {
                    health.Failed(endpoint);
                }
            }
            Interlocked.Increment(ref LostMirrors);
        }
    }

    /// <summary>An answer of the gateway itself.</summary>
    private static void Reply(HttpContext context, RequestTrace trace, TracedResponse answer, string path)
    {
        if (answer.GrpcCode is { } grpc)
        {
            GrpcStatus(context, grpc == "Unimplemented" ? 12 : 14);
            return;
        }
        context.Response.StatusCode = answer.StatusCodes[0];
        foreach ((string name, string value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }
        if (trace.Redirect is { } redirect)
        {
            int query = path.IndexOf('?', StringComparison.Ordinal);
            context.Response.Headers.Location = redirect.Location + (query < 0 ? "" : path[query..]);
            Outbound.Apply(context.Response.Headers, trace.Filters, HeaderList.Empty);
        }
        context.Response.ContentLength = answer.StatusCodes[0] is 204 or 304 ? null : 0;
    }

    private static void Fail(HttpContext context, bool isGrpc, int status)
    {
        if (isGrpc)
        {
            GrpcStatus(context, status == 504 ? 4 : 14);
            return;
        }
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
    }

    private static void GrpcStatus(HttpContext context, int code)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = code.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Null for no timeout. Durations may be years long, which timers can't wait.</summary>
    private static TimeSpan? Limit(TimeSpan? timeout) => timeout is not { } time || time == TimeSpan.Zero ? null : time < LongestTimeout ? time : LongestTimeout;

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    /// <summary>The body, for whom it must be sent twice; null when it is too long to be kept.</summary>
    private static async Task<byte[]?> Buffer(HttpContext context)
    {
        if (!HasBody(context))
        {
            return [];
        }
        if (context.Request.ContentLength > MaxBuffered)
        {
            return null;
        }
        var kept = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            kept.Write(buffer, 0, read);
            if (kept.Length > MaxBuffered)
            {
                context.Request.Body = new ConcatenatedStream(kept.ToArray(), context.Request.Body);
                return null;
            }
        }
        return kept.ToArray();
    }

    /// <summary>
    /// The path of a request's target as the client wrote it: all of it, or what follows the authority where a client speaks as to
    /// a proxy (RFC 9112, 3.2.2). Null for a target without a path, as <c>*</c>.
    /// </summary>
    private static string? PathOf(string target)
    {
        if (target.StartsWith('/'))
        {
            return target;
        }
        int scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return null;
        }
        int path = target.AsSpan(scheme + 3).IndexOfAny('/', '?');
        return path < 0 ? "/" : target[scheme + 3 + path] == '?' ? "/" + target[(scheme + 3 + path)..] : target[(scheme + 3 + path)..];
    }

    private static string KeyOf(RequestTrace trace, string more) => $"{trace.Route}#{trace.Rule}{more}";
}
