using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Control;

/// <summary>Which Gateways have a route that takes a request: for <c>traffic</c> without the name of one.</summary>
internal static class RequestTakers
{
    /// <param name="body">The request: host, path, port, secure, grpc, headers as a list of <c>{name, value}</c>.</param>
    public static JsonObject Of(Sandbox sandbox, JsonObject? body)
    {
        var request = new TraceRequest
        {
            Host = body.At("host").Text() ?? "", Path = body.At("path").Text() ?? "/", Port = (int?)body.At("port").Number(), Scheme = body.At("secure").Truth() == true ? "https" : "http",
            Protocol = body.At("grpc").Truth() == true ? TraceProtocol.Grpc : TraceProtocol.Http, Method = body.At("grpc").Truth() == true ? "POST" : "GET",
            Headers = HeaderList.Of(body.At("headers").Items().Select(one => KeyValuePair.Create(one.At("name").Text() ?? "", one.At("value").Text() ?? ""))),
        };
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (SandboxCluster one in sandbox.Clusters)
        {
            foreach (Gateway gateway in one.Plane.Snapshot.Resolver.All<Gateway>(ApiGroups.Gateway, "Gateway"))
            {
                var name = new ObjectName(gateway.Namespace, gateway.Name);
                if (one.Plane.Snapshot.Trace(request with { Gateway = name }).Route is not null)
                {
                    names.Add(name.ToString());
                }
            }
        }
        return new JsonObject { ["gateways"] = JsonPaths.TextsOf(names) };
    }
}
