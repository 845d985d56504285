using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Clusters;

/// <summary>Which clusters are one Istio mesh, and what a request within it comes to.</summary>
public sealed class MeshTests
{
    private const string Network = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: istio-system\n  labels:\n    topology.istio.io/network: net\n";

    [Fact]
    public void Without_more_all_that_look_like_a_mesh_are_one() => Assert.Equal(["a b c"], Meshes(("a", Network), ("b", Network), ("c", Network), ("d", "")));

    [Fact]
    public void Different_ids_are_different_meshes() =>
        Assert.Equal(["a b", "c d"], Meshes(("a", Operator("one")), ("b", Config("one")), ("c", Operator("two")), ("d", Operator("two")), ("e", Operator("three"))));

    [Fact]
    public void Remote_secrets_tell_who_belongs_together() =>
        Assert.Equal(["a b", "c d"], Meshes(("a", Network + Secret("b")), ("b", Network), ("c", Network), ("d", Secret("c"))));

    [Fact]
    public void A_secret_may_call_a_cluster_as_its_installation_does() =>
        Assert.Equal(["a b", "c d"], Meshes(("a", Network + Secret("cluster2")), ("b", Operator(null, "cluster2")), ("c", Operator("x")), ("d", Operator("x"))));

    [Fact]
    public void Settings_tell_it_too() =>
        Assert.Equal(["a c"], Meshes(Of([new ClusterSettings("a") { Mesh = "m" }, new ClusterSettings("b") { Mesh = "n" }, new ClusterSettings("c") { Mesh = "m" }], ("a", Network), ("b", Network), ("c", Network))));

    [Fact]
    public void A_Service_of_another_mesh_is_out_of_reach()
    {
        string route = Route("  - name: front\n", "cart");
        string gateway = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\nspec:\n  gatewayClassName: istio\n  listeners:\n  - name: web\n    port: 80\n    protocol: HTTP\n";
        Workspace workspace = Of([], ("a", Operator("one") + route + gateway), ("b", Operator("one")), ("c", Operator("two") + Service("cart", 0)), ("d", Operator("two")));
        FileDiagnostic found = Assert.Single(new Analysis(workspace).Diagnose("a/x.yaml"));
        Assert.Equal("backend-in-other-cluster", found.Diagnostic.Code);
        Assert.Contains("Requests get there only if", found.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Empty(new Analysis(workspace).Trace(new TraceRequest { Gateway = new ObjectName("default", "front"), Cluster = "a" }).ClusterShares);
    }

    [Fact]
    public void A_request_within_the_mesh_reaches_all_clusters_by_their_ready_endpoints()
    {
        Workspace workspace = Of([], ("a", Network + Service("cart", 1)), ("b", Network + Service("cart", 3) + Service("only", 0)));
        RequestTrace trace = Mesh(workspace, "a", "cart.default");
        Assert.Equal(["a", "b"], Assert.Single(trace.Backends).Target.Clusters.ToArray());
        Assert.Equal(["3/4 b True", "1/4 a True"], trace.ClusterShares.Select(one => $"{one.Share} {one.Names} {one.IsByEndpoints}"));

        RequestTrace other = Mesh(workspace, "a", "only.default");
        Assert.Equal("Cluster a has no Service default/only; cluster b of the same mesh has it.", other.Why[0]);
        Assert.Equal(["1 b False"], other.ClusterShares.Select(one => $"{one.Share} {one.Names} {one.IsByEndpoints}"));
        // Without a cluster, the one that has the Service is meant.
        Assert.Equal("b", Mesh(workspace, null, "only.default").Cluster);
    }

    [Fact]
    public void Weights_and_endpoints_make_the_shares_of_clusters()
    {
        string gateway = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\nspec:\n  gatewayClassName: istio\n  listeners:\n  - name: web\n    port: 80\n    protocol: HTTP\n";
        string export = "---\napiVersion: multicluster.x-k8s.io/v1alpha1\nkind: ServiceExport\nmetadata:\n  name: cart\n";
        string route = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r\nspec:\n  parentRefs:\n  - name: front\n  rules:\n  - backendRefs:\n    - name: own\n      port: 80\n    - name: cart\n      group: multicluster.x-k8s.io\n      kind: ServiceImport\n      port: 80\n      weight: 3\n";
        Workspace workspace = Of([], ("a", gateway + route + Service("own", 0)), ("b", export + Service("cart", 1)), ("c", export + Service("cart", 2)));
        Assert.Equal(["1/2 c", "1/4 a", "1/4 b"], Shares(workspace));
        // Nobody knows how b and c divide it.
        workspace = Of([], ("a", gateway + route + Service("own", 0)), ("b", export + Service("cart", 0)), ("c", export + Service("cart", 2)));
        Assert.Equal(["3/4 b and c", "1/4 a"], Shares(workspace));

        static string[] Shares(Workspace workspace) =>
            [.. new Analysis(workspace).Trace(new TraceRequest { Gateway = new ObjectName("default", "front"), Host = "x" }).ClusterShares.Select(one => $"{one.Share} {one.Names}")];
    }

    [Fact]
    public void A_Gateway_of_no_cluster_is_answered_with_those_that_there_are()
    {
        Workspace workspace = Of([], ("a", "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\nspec:\n  gatewayClassName: istio\n"));
        Assert.Equal("No cluster has a Gateway shop/web; there are a/default/front.",
            new Analysis(workspace).Trace(new TraceRequest { Gateway = new ObjectName("shop", "web") }).Why[0]);
    }

    private static RequestTrace Mesh(Workspace workspace, string? cluster, string host) => new Analysis(workspace).Trace(new TraceRequest { Cluster = cluster, Host = host, ClientNamespace = "default" });

    private static string[] Meshes(params (string Cluster, string Text)[] files) => Meshes(Of([], files));

    private static string[] Meshes(Workspace workspace) => [.. GatewayLsp.Engine.Resolution.Clusters.Meshes.Of(workspace).Select(mesh => string.Join(' ', mesh))];

    private static Workspace Of(ClusterSettings[] settings, params (string Cluster, string Text)[] files)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings
        {
            Clusters = new ClusterMap(settings.Length > 0 ? [.. settings] : [.. files.Select(file => new ClusterSettings(file.Cluster))], new ByFolder()),
        }));
        foreach ((string cluster, string text) in files)
        {
            host.Apply(new WorkspaceChange.OnDisk(cluster + "/x.yaml", text));
        }
        return host.Current;
    }

    private static string Operator(string? mesh, string? cluster = null) =>
        "---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata:\n  name: istio\nspec:\n  values:\n    global:\n      network: net\n"
        + (mesh is null ? "" : $"      meshID: {mesh}\n") + (cluster is null ? "" : $"      multiCluster:\n        clusterName: {cluster}\n") + "---\n" + Network;

    private static string Config(string mesh) => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: istio\n  namespace: istio-system\ndata:\n  mesh: |-\n    defaultConfig:\n      meshId: {mesh}\n";

    private static string Secret(string cluster) =>
        $"---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: istio-remote-secret-{cluster}\n  namespace: istio-system\n  labels:\n    istio/multiCluster: \"true\"\nstringData:\n  {cluster}: kubeconfig\n";

    private static string Route(string parents, string backend) =>
        $"---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r\nspec:\n  parentRefs:\n{parents}  rules:\n  - backendRefs:\n    - name: {backend}\n      port: 80\n";

    private static string Service(string name, int ready) =>
        $"---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\nspec:\n  selector:\n    app: {name}\n  ports:\n  - port: 80\n"
        + (ready == 0 ? "" : $"---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: {name}-1\n  labels:\n    kubernetes.io/service-name: {name}\naddressType: IPv4\nports:\n- port: 80\nendpoints:\n"
            + string.Concat(Enumerable.Range(1, ready).Select(i => $"- addresses: [10.0.0.{i}]\n")));

    private sealed record ByFolder : IClusterPaths
    {
        public string? ClusterOf(string path) => path.Split('/')[0];
    }
}
