using System.Collections.Frozen;
using System.Net.Http;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Routing.Filters;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>Makes the request to a backend what the engine says it is, and the response what the filters make of it.</summary>
internal sealed class Outbound(UpstreamRequest upstream, IReadOnlyList<TracedFilter> filters, HeaderList received, Func<int, bool> retries) : HttpTransformer
{
    /// <summary>Headers of one connection, which end at a gateway (RFC 9110, 7.6.1).</summary>
    private static readonly FrozenSet<string> HopByHop = FrozenSet.ToFrozenSet(
        ["Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Host", "HTTP2-Settings"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the answer was thrown away, to try again.</summary>
    public bool IsRetried { get; private set; }

    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        proxyRequest.RequestUri = Target(destinationPrefix, upstream.Path);
        proxyRequest.Method = new HttpMethod(upstream.Method);
        Fill(proxyRequest, upstream, httpContext.Request.Headers.Cookie);
        if (httpContext.Request.Headers.TE == "trailers")
        {
            proxyRequest.Headers.TryAddWithoutValidation("TE", "trailers");
        }
        return default;
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null && retries((int)proxyResponse.StatusCode))
        {
            IsRetried = true;
            return false;
        }
        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is not null)
        {
            Apply(httpContext.Response.Headers, filters, received);
        }
        return true;
    }

    /// <summary>Without making the path anything else: what the client escaped stays escaped.</summary>
    public static Uri Target(string prefix, string path) =>
        new(prefix.TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    public static void Fill(HttpRequestMessage request, UpstreamRequest upstream, string? cookies)
    {
        request.Headers.Host = upstream.Host;
        foreach ((string name, string value) in upstream.Headers)
        {
            if (HopByHop.Contains(name) || name.StartsWith(':'))
            {
                continue;
            }
            // Several cookie fields are one with semicolons, not commas.
            string text = name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) && cookies is { Length: > 0 } ? cookies : value;
            if (!request.Headers.TryAddWithoutValidation(name, text))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, text);
            }
        }
    }

    public static void Apply(IHeaderDictionary headers, IReadOnlyList<TracedFilter> filters, HeaderList received)
    {
        foreach (TracedFilter filter in filters)
        {
            switch (filter)
            {
                case HeaderModifierFilter { Type: HeaderModifierFilter.OfResponse } modifier:
                    HeaderList before = HeaderList.Of(headers.Select(field => KeyValuePair.Create(field.Key, field.Value.ToString())));
                    HeaderList after = modifier.Apply(before);
                    foreach ((string name, string value) in before)
                    {
                        if (after.Find(name) is null)
                        {
                            headers.Remove(name);
                        }
                    }
                    foreach ((string name, string value) in after)
                    {
                        if (before.Find(name) != value)
                        {
                            headers[name] = value;
                        }
                    }
                    break;
                case CorsFilter cors:
                    foreach ((string name, string value) in cors.ResponseHeaders(received, isPreflight: false))
                    {
                        headers[name] = value;
                    }
                    break;
            }
        }
    }
}
