namespace GatewayLsp.Server.Tests.Harness;

/// <summary>Small manifests; the broken ones have exactly one finding, <c>duplicate-key</c>.</summary>
internal static class Manifests
{
    public static string Good(string name = "edge") => $"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: {name}
        spec:
          gatewayClassName: istio
          listeners:
          - name: http
            port: 80
            protocol: HTTP

        """.ReplaceLineEndings("\n");

    public static string Broken(string name = "edge") => Good(name).Replace("  name: " + name + "\n", $"  name: {name}\n  name: other\n", StringComparison.Ordinal);
}
