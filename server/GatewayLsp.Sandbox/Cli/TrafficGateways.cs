using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Demo;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>What <c>traffic</c> is to do.</summary>
/// <param name="Gateway">NAMESPACE/NAME; null for the only one.</param>
/// <param name="Cluster">The one to begin with.</param>
/// <param name="Port">Of the listener; null for the usual one.</param>
internal sealed record TrafficOptions(string? Gateway, string Cluster, int? Port, ClientRequest Request, int PerSecond, TimeSpan Length, bool IsInsecure);

/// <summary>Where the Gateway that is meant can be reached: in each cluster that has it open, in the order in which to try them.</summary>
internal sealed record TrafficGateways(string Name, ImmutableArray<(string Cluster, IPEndPoint At)> Open)
{
    /// <summary>Null, and why, when it can be reached nowhere.</summary>
    /// <param name="status">What the sandbox tells of itself.</param>
    /// <param name="takers">Gateways whose routes take the request; of several Gateways the only one that does is meant.</param>
    public static TrafficGateways? Find(JsonObject status, IReadOnlyList<string> takers, TrafficOptions options, out string problem)
    {
        problem = "";
        (string Cluster, string Name, JsonNode? Gateway)[] all =
        [
            .. status["clusters"].Items().OrderBy(one => one.At("name").Text() == options.Cluster ? 0 : 1)
                .SelectMany(one => one.At("gateways").Items().Select(gateway => (one.At("name").Text()!, NameOf(gateway), gateway))),
        ];
        string[] names = [.. all.Select(one => one.Name).Distinct().Order(StringComparer.Ordinal)];
        if ((options.Gateway ?? (names.Length == 1 ? names[0] : takers.Count == 1 ? takers[0] : null)) is not { } name)
        {
            problem = names.Length == 0 ? "no cluster has a Gateway; apply one first, as those of samples/multi-cluster"
                : takers.Count == 0 ? $"no Gateway has a route for this request; name the one to ask with --gateway: {string.Join(", ", names)}"
                : $"{string.Join(" and ", takers)} have a route for this request; name the one to ask with --gateway";
            return null;
        }
        if (!names.Contains(name))
        {
            problem = $"no cluster has a Gateway {name}" + (NearestName.Of(name, names) is { } near ? $"; did you mean {near}?" : names.Length > 0 ? "; there are " + string.Join(", ", names) : "; there are none at all");
            return null;
        }
        var open = ImmutableArray.CreateBuilder<(string, IPEndPoint)>();
        foreach ((string cluster, _, JsonNode? gateway) in all.Where(one => one.Name == name))
        {
            if (IPAddress.TryParse(gateway.At("address").Text(), out IPAddress? address) && PortOf(gateway, options) is { } port)
            {
                open.Add((cluster, new IPEndPoint(address, port)));
            }
        }
        if (open.Count == 0)
        {
            string[] ports = [.. all.Where(one => one.Name == name).SelectMany(one => one.Gateway.At("ports").Items()).Select(Described).Distinct()];
            string wanted = options.Port is { } number ? string.Create(CultureInfo.InvariantCulture, $"port {number}") : options.Request.IsSecure ? "listener with TLS" : "listener for HTTP";
            problem = ports.Length == 0
                ? $"Gateway {name} has nothing open; 'gateway-sandbox status' tells whether it is programmed and its cluster up"
                : $"Gateway {name} has no {wanted} open; there are {string.Join(", ", ports)}";
            return null;
        }
        return new TrafficGateways(name, open.DrainToImmutable());
    }

    /// <summary>The real number of the port that is asked for, or of the first that speaks so, usual numbers first.</summary>
    private static int? PortOf(JsonNode? gateway, TrafficOptions options)
    {
        JsonNode?[] ports = [.. gateway.At("ports").Items()];
        if (options.Port is { } wanted)
        {
            return (int?)ports.FirstOrDefault(one => one.At("port").Number() == wanted).At("open").Number();
        }
        string[] protocols = options.Request.IsSecure ? ["HTTPS", "TLS"] : ["HTTP"];
        int[] usual = options.Request.IsSecure ? [443, 8443] : [80, 8080];
        JsonNode? chosen = ports.Where(one => one.At("protocols").Items().Any(protocol => protocols.Contains(protocol.Text())))
            .OrderBy(one => Array.IndexOf(usual, (int)(one.At("port").Number() ?? 0)) is >= 0 and var at ? at : usual.Length).FirstOrDefault();
        return (int?)chosen.At("open").Number();
    }

    private static string NameOf(JsonNode? gateway) => $"{gateway.At("namespace").Text()}/{gateway.At("name").Text()}";

    private static string Described(JsonNode? port) => $"{port.At("port").Shown()} ({string.Join(", ", port.At("protocols").Items().Select(one => one.Text()))})";
}
