using System.Text.Json;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Routing.Filters;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Tracing;

/// <summary>
/// Writes the JSON form of a trace (docs/cli.md). Stable: all fields of the contract are always there, null where there is
/// nothing; others only where they have something to say.
/// </summary>
internal static class TraceJson
{
    /// <param name="id">As it came with the request; null without one.</param>
    /// <param name="location">Where the match that took the request is written, for editors.</param>
    public static void Write(Utf8JsonWriter json, JsonElement? id, RequestTrace trace, Location? location = null)
    {
        json.WriteStartObject();
        WriteId(json, id);
        if (trace.Cluster is { } cluster)
        {
            json.WriteString("cluster", cluster);
        }
        json.WriteString("listener", trace.Listener?.Name);
        if (trace.Listener?.ListenerSet is { } set)
        {
            WriteName(json, "listenerSet", set.Namespace, set.Name);
        }
        WriteRoute(json, trace.Route);
        WriteNumber(json, "rule", trace.Rule);
        if (trace.RuleName is not null)
        {
            json.WriteString("ruleName", trace.RuleName);
        }
        WriteNumber(json, "match", trace.Match);
        json.WriteStartArray("filters");
        foreach (TracedFilter filter in trace.Filters)
        {
            FilterJson.Write(json, filter);
        }
        json.WriteEndArray();
        WriteResponse(json, trace.Response);
        WriteRedirect(json, trace.Redirect);
        json.WriteStartArray("backends");
        foreach (TracedBackend backend in trace.Backends)
        {
            WriteBackend(json, backend, trace.Upstream);
        }
        json.WriteEndArray();
        if (!trace.ClusterShares.IsEmpty)
        {
            json.WriteStartArray("clusterShares");
            foreach (ClusterShare one in trace.ClusterShares)
            {
                json.WriteStartObject();
                json.WriteStartArray("clusters");
                foreach (string name in one.Clusters)
                {
                    json.WriteStringValue(name);
                }
                json.WriteEndArray();
                json.WriteNumber("share", one.Share.Value);
                json.WriteString("basis", one.IsByEndpoints ? "endpoints" : "weights");
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteStartArray("mirrors");
        foreach (TracedMirror mirror in trace.Mirrors)
        {
            json.WriteStartObject();
            FilterJson.WriteTarget(json, mirror.Target);
            json.WriteNumber("percent", mirror.Share.PercentValue);
            json.WriteNumber("share", mirror.Share.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteUpstream(json, "upstreamRequest", trace.Upstream);
        WriteWhy(json, trace.Why);
        if (location is not null)
        {
            json.WritePropertyName("location");
            JsonSerializer.Serialize(json, location, LspJson.Default.Location);
        }
        if (trace.Problem != TraceProblem.None)
        {
            json.WriteString("error", trace.Why.IsEmpty ? "the request can't be followed" : trace.Why[^1]);
        }
        json.WriteEndObject();
    }

    /// <summary>For a request that could not be read.</summary>
    public static void WriteError(Utf8JsonWriter json, JsonElement? id, string error) =>
        Write(json, id, new RequestTrace { Problem = TraceProblem.BadRequest, Why = [error] });

    private static void WriteId(Utf8JsonWriter json, JsonElement? id)
    {
        json.WritePropertyName("id");
        if (id is { ValueKind: not JsonValueKind.Undefined } known)
        {
            known.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteRoute(Utf8JsonWriter json, TracedRoute? route)
    {
        if (route is null)
        {
            json.WriteNull("route");
            return;
        }
        json.WriteStartObject("route");
        json.WriteString("kind", route.Kind);
        json.WriteString("namespace", route.Namespace);
        json.WriteString("name", route.Name);
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, TracedResponse? response)
    {
        if (response is null)
        {
            json.WriteNull("response");
            return;
        }
        json.WriteStartObject("response");
        json.WriteStartArray("statusCodes");
        foreach (int code in response.StatusCodes)
        {
            json.WriteNumberValue(code);
        }
        json.WriteEndArray();
        if (response.GrpcCode is not null)
        {
            json.WriteString("grpcCode", response.GrpcCode);
        }
        if (response.IsRejected)
        {
            json.WriteString("connection", "rejected");
        }
        if (response.Headers.Count > 0)
        {
            WriteHeaders(json, response.Headers);
        }
        json.WriteEndObject();
    }

    private static void WriteRedirect(Utf8JsonWriter json, TracedRedirect? redirect)
    {
        if (redirect is null)
        {
            json.WriteNull("redirect");
            return;
        }
        json.WriteStartObject("redirect");
        json.WriteString("scheme", redirect.Scheme);
        json.WriteString("host", redirect.Host);
        WriteNumber(json, "port", redirect.Port);
        json.WriteString("path", redirect.Path);
        if (redirect.Query.Length > 0)
        {
            json.WriteString("query", redirect.Query);
        }

        json.WriteNumber("statusCode", redirect.StatusCode);
        json.WriteEndObject();
    }

    private static void WriteBackend(Utf8JsonWriter json, TracedBackend backend, UpstreamRequest? common)
    {
        json.WriteStartObject();
        FilterJson.WriteTarget(json, backend.Target);
        json.WriteNumber("weight", backend.Weight);
        json.WriteNumber("share", backend.Share.Value);
        if (!backend.Filters.IsEmpty)
        {
            json.WriteStartArray("filters");
            foreach (TracedFilter filter in backend.Filters)
            {
                FilterJson.Write(json, filter);
            }
            json.WriteEndArray();
        }
        if (backend.Upstream is not null && !ReferenceEquals(backend.Upstream, common))
        {
            WriteUpstream(json, "upstreamRequest", backend.Upstream);
        }
        json.WriteEndObject();
    }

    private static void WriteUpstream(Utf8JsonWriter json, string name, UpstreamRequest? request)
    {
        if (request is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteString("host", request.Host);
        json.WriteString("path", request.Path);
        json.WriteString("method", request.Method);
        WriteHeaders(json, request.Headers);
        if (request.ServerName is not null)
        {
            json.WriteString("sni", request.ServerName);
        }
        json.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter json, HeaderList headers)
    {
        json.WriteStartObject("headers");
        foreach ((string name, string value) in headers)
        {
            json.WriteString(name, value);
        }
        json.WriteEndObject();
    }

    private static void WriteWhy(Utf8JsonWriter json, IReadOnlyList<string> why)
    {
        json.WriteStartArray("why");
        foreach (string line in why)
        {
            json.WriteStringValue(line);
        }
        json.WriteEndArray();
    }

    private static void WriteName(Utf8JsonWriter json, string property, string ns, string name)
    {
        json.WriteStartObject(property);
        json.WriteString("namespace", ns);
        json.WriteString("name", name);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
