using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;

namespace GatewayLsp.Engine.Cluster.Serving;

/// <summary>Where a Gateway takes requests, by its status.</summary>
public static class GatewayAddress
{
    /// <summary>Set by the sandbox where it could not open a port under its own number: <c>80=8080,443=8443</c>.</summary>
    private const string SandboxPorts = "gateway-sandbox/ports";

    /// <summary>The addresses in the order of the status: IP addresses and host names.</summary>
    public static IEnumerable<string> AllOf(ObservedResource gateway)
    {
        foreach (JsonNode? address in gateway.ToTree()?["status"].At("addresses") as JsonArray ?? [])
        {
            if (address.At("value").Text() is { Length: > 0 } value && (address.At("type").Text() ?? "IPAddress") is "IPAddress" or "Hostname")
            {
                yield return value;
            }
        }
    }

    /// <summary>The port to connect to for a listener's port.</summary>
    public static int PortOf(ObservedResource gateway, int port)
    {
        foreach (string pair in (gateway.Annotation(SandboxPorts) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] sides = pair.Split('=');
            if (sides.Length == 2 && int.TryParse(sides[0], CultureInfo.InvariantCulture, out int written) && written == port
                && int.TryParse(sides[1], CultureInfo.InvariantCulture, out int real) && real is > 0 and <= 65535)
            {
                return real;
            }
        }
        return port;
    }
}
