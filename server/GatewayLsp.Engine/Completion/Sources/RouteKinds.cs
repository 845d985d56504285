using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Which routes a listener can carry, by its protocol.</summary>
internal static class RouteKinds
{
    public static bool Fit(ValueSource source, string kind)
    {
        // kind < item of kinds < kinds < allowedRoutes < the listener
        YamlNode? at = source.Node;
        for (int i = 0; i < 4 && at is not null; i++)
        {
            at = at.Parent;
        }
        return at.At("protocol").Text() switch
        {
            "HTTP" or "HTTPS" => kind is "HTTPRoute" or "GRPCRoute",
            "TLS" => kind is "TLSRoute" or "TCPRoute",
            "TCP" => kind is "TCPRoute",
            "UDP" => kind is "UDPRoute",
            _ => false,
        };
    }
}
