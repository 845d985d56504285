using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary>What <c>conditions</c> tells and how it ends.</summary>
public sealed class ConditionsTests : IDisposable
{
    private const string Shop =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: shop}
        spec:
          gatewayClassName: any
          listeners:
          - {name: http, port: 80, protocol: HTTP, hostname: "*.example.com"}
          - {name: odd, port: 81, protocol: ODD}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: store, namespace: shop}
        spec:
          parentRefs:
          - {name: front, sectionName: http, port: 80}
          - {name: nobody}
          hostnames: [store.example.com]
          rules:
          - backendRefs: [{name: store, port: 8080}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: store, namespace: shop}
        spec: {ports: [{name: http, port: 8080}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata: {name: store, namespace: shop}
        spec:
          targetRefs: [{group: "", kind: Service, name: store}]
          validation: {hostname: store.example.com, wellKnownCACertificates: System}

        """;

    private readonly CliHost _cli = new();

    [Fact]
    public void Json_has_the_shape_that_is_documented()
    {
        CliResult result = _cli.Write("shop.yaml", Shop).Run("conditions", ".", "--format", "json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Golden.Check("conditions.json", JsonSerializer.Serialize(result.Json, Golden.Indented) + "\n");
    }

    /// <summary>Of a parent that other controllers read no conditions can be foretold: that is said, not left out.</summary>
    [Fact]
    public void A_parent_of_a_foreign_kind_is_named_with_the_reason()
    {
        CliResult result = _cli.Write("mesh.yaml", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: ext, namespace: bookinfo}
            spec:
              parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: ext}]
              rules: [{backendRefs: [{group: networking.istio.io, kind: Hostname, name: api.ext.com, port: 443}]}]

            """).Run("conditions", "mesh.yaml");
        Assert.Equal("HTTPRoute bookinfo/ext\n  parent ServiceEntry bookinfo/ext  can't be foretold: the conditions are up to whoever implements that kind\n\n1 object, nothing is known to be wrong\n", result.Out);
    }

    [Fact]
    public void Text_is_a_table_for_each_object()
    {
        CliResult result = _cli.Write("shop.yaml", Shop).Run("conditions", "shop.yaml");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Golden.Check("conditions.text", result.Out);
    }

    [Fact]
    public void Reads_stdin()
    {
        _cli.Stdin = System.Text.Encoding.UTF8.GetBytes(Shop);
        Assert.Equal(3, _cli.Run("conditions", "-", "--format", "json").Json.GetProperty("objects").GetArrayLength());
    }

    [Fact]
    public void What_cannot_be_read_ends_with_2()
    {
        CliResult result = _cli.Run("conditions", "nowhere.yaml", "--format", "json");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("nowhere.yaml", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.Json.GetProperty("objects").GetArrayLength());
    }

    public void Dispose() => _cli.Dispose();
}
