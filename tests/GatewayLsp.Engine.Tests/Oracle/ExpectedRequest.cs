using System.Text.Json;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>A request of the conformance suite and what it expects.</summary>
internal sealed record ExpectedRequest(string Name, string Test, string Kind, bool IsStatic, IReadOnlyList<string> Manifests, JsonElement Json)
{
    public JsonElement Expect => Json.GetProperty("expect");

    public static IReadOnlyList<ExpectedRequest> All()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(SharedFiles.Get("oracle/conformance/requests.json")));
        var all = new List<ExpectedRequest>();
        foreach (JsonElement one in json.RootElement.GetProperty("requests").EnumerateArray())
        {
            string test = one.GetProperty("test").GetString()!;
            JsonElement request = one.GetProperty("request");
            all.Add(new ExpectedRequest(
                $"#{all.Count} {test} {Text(request, "host") ?? Text(request, "authority")} {Text(request, "path")} {Text(one, "testCase")}".Trim(),
                test, one.GetProperty("kind").GetString()!, one.GetProperty("static").GetBoolean(),
                [.. one.GetProperty("manifests").EnumerateArray().Select(path => path.GetString()!)], one.Clone()));
        }
        return all;
    }

    /// <summary>The manifests that are applied when the request is sent.</summary>
    public Analysis Load()
    {
        string root = SharedFiles.Get("oracle/conformance/manifests");
        var host = new AnalysisHost();
        foreach (string path in (string[])["base/manifests.yaml", .. Kind == "mesh" ? ["mesh/manifests.yaml"] : Array.Empty<string>(), .. Manifests.Select(path => path["conformance/".Length..])])
        {
            host.Apply(new WorkspaceChange.OnDisk(path, File.ReadAllText(Path.Combine(root, path))));
        }
        return new Analysis(host.Current);
    }

    /// <param name="serverName">For requests whose server name the suite takes from a route.</param>
    public TraceRequest Request(string? serverName)
    {
        JsonElement request = Json.GetProperty("request");
        HeaderList headers = HeaderList.Empty;
        foreach (string property in (string[])["headers", "metadata"])
        {
            if (request.TryGetProperty(property, out JsonElement fields))
            {
                headers = HeaderList.Of([.. headers, .. fields.EnumerateObject().Select(one => new KeyValuePair<string, string>(one.Name, one.Value.GetString()!))]);
            }
        }
        string path = Text(request, "service") is { } service ? $"/{service}/{Text(request, "method")}" : Text(request, "path") is { Length: > 0 } given ? given : "/";
        int delay = path.IndexOf("delay=", StringComparison.Ordinal);
        bool hasGateway = Json.TryGetProperty("gateway", out JsonElement gateway);
        return new TraceRequest
        {
            Gateway = hasGateway ? new ObjectName(Text(gateway, "namespace")!, Text(gateway, "name")!) : null,
            Port = hasGateway ? gateway.GetProperty("port").GetInt32() : null,
            Protocol = Kind switch
            {
                "grpc" => TraceProtocol.Grpc,
                "udp" => TraceProtocol.Udp,
                "tls" => TraceProtocol.Tls,
                "tcp" => Text(request, "transport") == "tls" ? TraceProtocol.Tls : TraceProtocol.Tcp,
                _ => TraceProtocol.Http,
            },
            Scheme = Text(request, "scheme"),
            Method = Kind == "grpc" ? "POST" : Text(request, "method") ?? "GET",
            Host = Text(request, "host") ?? Text(request, "authority") ?? "",
            Path = path,
            Headers = headers,
            ServerName = Text(request, "sni") ?? serverName,
            ClientNamespace = Json.TryGetProperty("client", out JsonElement client) ? Text(client, "namespace")! : "default",
            // The suite's echo server waits that long when it is asked to.
            BackendDelay = delay < 0 ? null : GatewayDuration.Parse(path[(delay + "delay=".Length)..].Split('&')[0]),
        };
    }

    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement child) && child.ValueKind == JsonValueKind.String ? child.GetString() : null;
}
