using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Resolution;

/// <summary>YAML's merge keys (<c>&lt;&lt;: *base</c>) are followed by everything that asks what a manifest means, as kubectl follows them.</summary>
public sealed class MergeKeyTests
{
    private const string Merged = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: &meta {name: front, namespace: shop}
        spec:
          gatewayClassName: any
          listeners:
          - &web {name: web, port: 80, protocol: HTTP}
          - {<<: *web, name: alt, port: 8080}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: cart, namespace: shop}
        spec: &spec
          parentRefs:
          - &front {name: front, sectionName: web}
          - {<<: *front, sectionName: alt}
          rules:
          - &rule
            matches: [{path: {value: /a}}]
            backendRefs: [{name: cart, port: 80}]
          - <<: [*rule]
            matches: [{path: {value: /b}}]

        """;

    [Fact]
    public void What_is_merged_in_counts() => DiagnosticCheck.Check(Merged);

    [Theory]
    [InlineData(80, "/a")]
    [InlineData(8080, "/b")]
    public void Requests_are_followed_through_it(int port, string path)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("/a.yaml", Merged));
        RequestTrace trace = new Analysis(host.Current).Trace(new TraceRequest { Gateway = new ObjectName("shop", "front"), Host = "a.example", Port = port, Path = path });
        Assert.Equal("cart", Assert.Single(trace.Backends).Target.Name);
    }

    [Theory]
    [InlineData("a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}\n", "3 2")]
    [InlineData("a: &a {x: 1}\nc: &c {x: 4, y: 5}\nb: {<<: [*a, *c]}\n", "1 5")]
    [InlineData("a: &a {x: 1}\nc: &c {<<: *a, y: 5}\nb:\n  <<: *c\n", "1 5")]
    [InlineData("a: &a {x: 1}\nb: {\"<<\": *a, y: 2}\n", " 2")]
    [InlineData("a: &a 5\nb: {<<: *a, y: 2}\n", " 2")]
    public void Own_keys_win_then_the_first_source(string text, string expected)
    {
        YamlNode? b = ManifestFile.Parse("a.yaml", text).Documents[0].Document.Root.At("b");
        Assert.Equal(expected, $"{b.At("x").Text()} {b.At("y").Text()}");
    }

    /// <summary>Each level names the one before many times.</summary>
    [Fact]
    public void A_bomb_of_merges_is_found_out_in_a_moment()
    {
        string text = "l0: &l0 {a: 1}\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"l{i}: &l{i} {{<<: [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 20))}]}}\n")) + "b: {<<: *l40}\n";
        Assert.Null(ManifestFile.Parse("a.yaml", text).Documents[0].Document.Root.At("b", "nothing"));
    }
}
