using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Offers from connected clusters: behind those of the workspace, labelled, each once.</summary>
public sealed class LiveCompletionTests
{
    private const string Live = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: live-class}
        spec: {controllerName: example.com/c}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: live-gw, namespace: shop}
        spec:
          gatewayClassName: live-class
          listeners: [{name: live-web, port: 8080, protocol: HTTP, hostname: a.example}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {ports: [{name: http, port: 81}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: live-svc, namespace: shop}
        spec: {ports: [{name: http, port: 82}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: far-svc, namespace: other}
        spec: {ports: [{name: http, port: 83}]}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: live-cert, namespace: shop}
        type: kubernetes.io/tls
        data: {tls.key: cGxhbnRlZA==}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: live-ns}
        """;

    private const string Cart = "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 80}]}\n";

    private static IReadOnlyList<(string Label, string? Detail)> Offers(string fixture, params ObservedCluster[] clusters)
    {
        WorkspaceFixture workspace = WorkspaceFixture.Parse(fixture).With(clusters);
        CompletionList list = workspace.Analysis.Complete(workspace.Path, workspace.Cursor);
        return [.. list.Items.OrderBy(one => one.SortText, StringComparer.Ordinal).Select(one => (one.Label, one.Detail))];
    }

    private static string Route(string rest) => "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: shop}\nspec:\n" + rest;

    [Fact]
    public void Services_come_behind_those_of_the_workspace()
    {
        string fixture = Route("  rules:\n  - backendRefs:\n    - name: $0\n") + Cart;
        Assert.Equal(
            [("cart", "Service shop/cart"), ("live-svc", "Service shop/live-svc in east (EKS) and west (EKS)"), ("far-svc", "Service other/far-svc in east (EKS) and west (EKS)")],
            Offers(fixture, LiveFixture.Cluster(Live), LiveFixture.Cluster(Live, "west")).Where(one => one.Detail?.StartsWith("Service ", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void A_choice_brings_what_it_needs()
    {
        WorkspaceFixture workspace = WorkspaceFixture.Parse(Route("  rules:\n  - backendRefs:\n    - name: $0\n")).With(LiveFixture.Cluster(Live));
        CompletionItem far = workspace.Analysis.Complete(workspace.Path, workspace.Cursor).Items.Single(one => one.Label == "far-svc");
        Assert.Equal("far-svc\n  namespace: other\n  port: 83", far.NewText);
    }

    [Theory]
    [InlineData("  parentRefs:\n  - name: $0\n", "live-gw", "Gateway shop/live-gw in east (EKS)")]
    [InlineData("  parentRefs:\n  - name: live-gw\n    sectionName: $0\n", "live-web", "HTTP:8080 a.example of Gateway shop/live-gw in east (EKS)")]
    [InlineData("  parentRefs:\n  - name: live-gw\n    port: $0\n", "8080", "HTTP:8080 a.example of Gateway shop/live-gw in east (EKS)")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: live-svc\n      port: $0\n", "82", "http of Service shop/live-svc in east (EKS)")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: live-svc\n      namespace: $0\n", "live-ns", "Namespace in east (EKS)")]
    public void Of_a_route(string spec, string label, string detail) => Assert.Contains((label, (string?)detail), Offers(Route(spec), LiveFixture.Cluster(Live)));

    [Theory]
    [InlineData("  gatewayClassName: $0\n", "live-class", "GatewayClass in east (EKS)")]
    [InlineData("  listeners:\n  - tls:\n      certificateRefs:\n      - name: $0\n", "live-cert", "Secret shop/live-cert in east (EKS)")]
    public void Of_a_Gateway(string spec, string label, string detail) => Assert.Contains((label, (string?)detail),
        Offers("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: shop}\nspec:\n" + spec, LiveFixture.Cluster(Live)));

    [Fact]
    public void A_file_of_one_cluster_gets_nothing_of_another() => Assert.DoesNotContain(
        Offers("# gateway-lsp: cluster=west\n" + Route("  parentRefs:\n  - name: $0\n"), LiveFixture.Cluster(Live)), one => one.Label == "live-gw");
}
