using System.Text.Json;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Server.Tracing;

/// <summary>A request that could be read, or what is wrong with it; exactly one is set.</summary>
internal readonly record struct TraceRequestReading(TraceRequest? Request, string? Problem);

/// <summary>
/// Reads the JSON form of a request (docs/cli.md): that of <c>trace --jsonl</c> and of <c>gatewayLsp/trace</c>. Fields may be
/// left out, unknown ones are ignored.
/// </summary>
internal static class TraceRequestReader
{
    private const int MaxPort = 65535;

    public static TraceRequestReading Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Wrong("a request is an object");
        }
        JsonElement gateway = Child(json, "gateway");
        JsonElement request = Child(json, "request");
        if (Text(json, "text") is { } line && request.ValueKind == JsonValueKind.Undefined)
        {
            return OfLine(json, gateway, line);
        }
        if (request.ValueKind != JsonValueKind.Object)
        {
            return Wrong("'request' is missing");
        }
        string? name = Text(gateway, "name") is { Length: > 0 } named ? named : null;
        if (Protocol(json, request) is not { } protocol)
        {
            return Wrong($"'protocol' is none of http, grpc, tls, tcp, udp: {Text(json, "protocol")}");
        }
        JsonElement at = gateway.ValueKind == JsonValueKind.Object ? gateway : json;
        if (Child(at, "port") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given && Port(given) is null)
        {
            return Wrong($"'port' is not a number from 1 to {MaxPort}");
        }
        return new TraceRequestReading(
            new TraceRequest
            {
                Gateway = name is null ? null : new ObjectName(Text(gateway, "namespace") is { Length: > 0 } ns ? ns : "default", name),
                Cluster = Text(at, "cluster") is { Length: > 0 } cluster ? cluster : null,
                Port = Port(Child(at, "port")),
                ListenerName = Text(gateway, "listener"),
                Protocol = protocol,
                Scheme = Text(request, "scheme") is "http" or "https" ? Text(request, "scheme") : null,
                Method = Text(request, "service") is null && Text(request, "method") is { Length: > 0 } method ? method : "GET",
                Host = Text(request, "host") ?? Text(request, "authority") ?? "",
                Path = Path(request),
                Headers = HeaderList.Of([.. Headers(Child(request, "headers")), .. Headers(Child(request, "metadata"))]),
                ServerName = Text(request, "sni"),
                ClientNamespace = Text(Child(json, "client"), "namespace") ?? (name is null ? Text(gateway, "namespace") : null),
                BackendDelay = GatewayDuration.Parse(Text(request, "backendDelay")),
            },
            null);
    }

    /// <summary>A request that a person typed or pasted, beside the Gateway that it is for.</summary>
    private static TraceRequestReading OfLine(JsonElement json, JsonElement gateway, string line)
    {
        if (RequestLine.Parse(line, out string problem) is not { } request)
        {
            return Wrong($"that is no request: {problem}");
        }
        string? name = Text(gateway, "name") is { Length: > 0 } named ? named : null;
        return new TraceRequestReading(
            request with
            {
                Gateway = name is null ? null : new ObjectName(Text(gateway, "namespace") is { Length: > 0 } ns ? ns : "default", name),
                // Within a mesh the port is that of the Service, which the host names already.
                Port = name is null ? null : Port(Child(gateway, "port")) ?? request.Port,
                ListenerName = Text(gateway, "listener"),
                ClientNamespace = Text(Child(json, "client"), "namespace"),
            },
            null);
    }

    /// <summary>By name; without one HTTP, or what the transport or a gRPC service tells.</summary>
    public static TraceProtocol? Protocol(string? name) => name?.ToLowerInvariant() switch
    {
        null or "" or "http" or "https" or "mesh" => TraceProtocol.Http,
        "grpc" => TraceProtocol.Grpc,
        "tls" => TraceProtocol.Tls,
        "tcp" => TraceProtocol.Tcp,
        "udp" => TraceProtocol.Udp,
        _ => null,
    };

    private static TraceProtocol? Protocol(JsonElement json, JsonElement request) =>
        Text(json, "protocol") is { Length: > 0 } name ? Protocol(name)
        : Text(request, "service") is not null || "grpc".Equals(Text(request, "protocol"), StringComparison.OrdinalIgnoreCase) ? TraceProtocol.Grpc
        : Protocol(Text(json, "kind") ?? Text(request, "transport"));

    private static string Path(JsonElement request)
    {
        if (Text(request, "service") is { } service)
        {
            return $"/{service}/{Text(request, "method")}";
        }
        return Text(request, "path") is { Length: > 0 } path ? path : "/";
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }
        foreach (JsonProperty one in json.EnumerateObject())
        {
            if (one.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in one.Value.EnumerateArray())
                {
                    yield return new KeyValuePair<string, string>(one.Name, Scalar(item) ?? "");
                }
            }
            else if (Scalar(one.Value) is { } value)
            {
                yield return new KeyValuePair<string, string>(one.Name, value);
            }
        }
    }

    private static int? Port(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Number when json.TryGetInt32(out int number) && number is > 0 and <= MaxPort => number,
            JsonValueKind.String when int.TryParse(json.GetString(), out int number) && number is > 0 and <= MaxPort => number,
            _ => null,
        };

    private static JsonElement Child(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement child) ? child : default;

    private static string? Text(JsonElement json, string name) => Scalar(Child(json, name));

    private static string? Scalar(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
        _ => null,
    };

    private static TraceRequestReading Wrong(string problem) => new(null, problem);
}
