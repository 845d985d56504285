using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Diagnostics.Clusters;

/// <summary>What kustomizations of clusters pull in is in the worlds of these clusters, and of no others.</summary>
public sealed class KustomizeWorldTests
{
    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\n  namespace: shop\nspec:\n  gatewayClassName: istio\n  listeners:\n  - name: web\n    port: 80\n    protocol: HTTP\n";

    [Fact]
    public void A_base_is_in_the_clusters_of_its_overlays()
    {
        Workspace workspace = Overlays(("overlays/west/kustomization.yaml", Resources("../../base", "extra.yaml")), ("overlays/west/extra.yaml", Service("checkout", 80)),
            ("overlays/east/kustomization.yaml", Resources("../../base")), ("overlays/north/kustomization.yaml", Resources("own.yaml")), ("overlays/north/own.yaml", Service("own", 80)));
        Assert.Equal(["east", "west"], ClustersOf(workspace, "base/route.yaml"));
        Assert.Equal(["west"], ClustersOf(workspace, "overlays/west/extra.yaml"));
        Assert.Single(workspace.World("west")!.Index.OfKind("gateway.networking.k8s.io", "Gateway"));
        Assert.Empty(workspace.World("north")!.Index.OfKind("gateway.networking.k8s.io", "Gateway"));
        Assert.Empty(workspace.World("")!.Index.OfKind("gateway.networking.k8s.io", "Gateway"));
    }

    [Fact]
    public void Overlays_pull_in_what_their_bases_and_components_pull_in()
    {
        Workspace workspace = Of(
            ("overlays/west/kustomization.yaml", "resources:\n- ../../mid\ncomponents:\n- ../../parts/tls\n"),
            ("mid/kustomization.yaml", "resources:\n- ../base\n"), ("base/kustomization.yml", "bases:\n- ./apps\n"), ("base/apps/kustomization.yaml", "resources:\n- route.yaml\n"),
            ("base/apps/route.yaml", Route("checkout", 80)), ("parts/tls/kustomization.yaml", "kind: Component\nresources:\n- secret.yaml\n- https://example.com/x\npatches:\n- path: patch.yaml\n  target:\n    kind: Gateway\n"),
            ("parts/tls/secret.yaml", Service("tls", 1)), ("parts/tls/patch.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\n"), ("loose.yaml", Service("loose", 1)));
        foreach (string path in (string[])["mid/kustomization.yaml", "base/apps/route.yaml", "parts/tls/secret.yaml", "parts/tls/patch.yaml"])
        {
            Assert.Equal(["west"], ClustersOf(workspace, path));
        }
        Assert.Empty(ClustersOf(workspace, "loose.yaml"));
    }

    [Theory]
    [InlineData("# gateway-lsp: cluster=south\nresources:\n- ../../base\n")]
    [InlineData("commonAnnotations:\n  gateway-lsp.dev/cluster: south\nresources:\n- ../../base\n")]
    [InlineData("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata:\n  name: s\n  annotations:\n    gateway-lsp.dev/cluster: south\nresources:\n- ../../base\n")]
    public void A_kustomization_may_say_its_cluster_itself(string kustomization)
    {
        Workspace workspace = Overlays(("prod/one/kustomization.yaml", kustomization));
        Assert.Equal(["south"], ClustersOf(workspace, "base/gateway.yaml"));
        Assert.Contains("south", workspace.Clusters);
    }

    [Fact]
    public void Kustomizations_that_pull_in_each_other_end()
    {
        Workspace workspace = Of(("overlays/west/kustomization.yaml", "resources:\n- ../../a\n"), ("a/kustomization.yaml", "resources:\n- ../b\n"), ("b/kustomization.yaml", "resources:\n- ../a\n- x.yaml\n- .\n"), ("b/x.yaml", Service("x", 1)));
        Assert.Equal(["west"], ClustersOf(workspace, "b/x.yaml"));
    }

    [Fact]
    public void Findings_of_a_base_are_said_once_and_name_the_clusters_where_they_differ()
    {
        (string, string)[] overlays =
        [
            ("overlays/west/kustomization.yaml", Resources("../../base", "s.yaml")), ("overlays/west/s.yaml", Service("checkout", 80)),
            ("overlays/east/kustomization.yaml", Resources("../../base", "s.yaml")), ("overlays/east/s.yaml", Service("checkout", 81)),
        ];
        FileDiagnostic found = Assert.Single(new Analysis(Overlays(overlays)).Diagnose("base/route.yaml"));
        Assert.Equal("port-not-found", found.Diagnostic.Code);
        Assert.StartsWith("In cluster `east`: ", found.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Empty(found.Diagnostic.Fixes);

        overlays[1].Item2 = Service("checkout", 82);
        overlays[3].Item2 = Service("checkout", 82);
        FileDiagnostic both = Assert.Single(new Analysis(Overlays(overlays)).Diagnose("base/route.yaml"));
        Assert.DoesNotContain("cluster", both.Diagnostic.Message, StringComparison.Ordinal);
        Assert.NotEmpty(both.Diagnostic.Fixes);
    }

    [Fact]
    public void Each_cluster_traces_and_has_conditions_of_its_own()
    {
        Workspace workspace = Overlays(
            ("overlays/west/kustomization.yaml", Resources("../../base", "s.yaml")), ("overlays/west/s.yaml", Service("checkout", 80)),
            ("overlays/east/kustomization.yaml", Resources("../../base", "s.yaml")), ("overlays/east/s.yaml", Service("other", 81)));
        Assert.Equal(BackendState.Valid, Trace(workspace, "west").Backends[0].Target.State);
        Assert.Equal(BackendState.Unknown, Trace(workspace, "east").Backends[0].Target.State);
        Assert.Equal(["east", "east", "west", "west"], new Analysis(workspace).Conditions().Select(one => one.Cluster));
    }

    [Fact]
    public void A_namespace_that_one_overlay_sets_does_not_move_the_objects_of_another()
    {
        Workspace workspace = Overlays(
            ("overlays/west/kustomization.yaml", "namespace: other\n" + Resources("../../base", "s.yaml")), ("overlays/west/s.yaml", Service("checkout", 80)),
            ("overlays/east/kustomization.yaml", Resources("../../base", "s.yaml")), ("overlays/east/s.yaml", Service("checkout", 80)));
        Assert.True(workspace.World("west")!.Kustomized.IsMoved("base/route.yaml"));
        Assert.False(workspace.World("east")!.Kustomized.IsMoved("base/route.yaml"));
    }

    [Fact]
    public void References_and_rename_of_a_base_reach_all_overlays_that_share_it()
    {
        Workspace workspace = Overlays(
            ("overlays/west/kustomization.yaml", Resources("../../base", "r.yaml")), ("overlays/west/r.yaml", Route("checkout", 80, "two")),
            ("overlays/east/kustomization.yaml", Resources("../../base", "r.yaml")), ("overlays/east/r.yaml", Route("checkout", 80, "three")),
            ("overlays/north/kustomization.yaml", Resources("r.yaml")), ("overlays/north/r.yaml", Route("checkout", 80, "four")));
        var at = new LinePosition(3, 8);
        Assert.Equal(["base/route.yaml", "overlays/east/r.yaml", "overlays/west/r.yaml"],
            new Analysis(workspace).References("base/gateway.yaml", at, withDefinition: false).Select(one => one.Path).Distinct().Order(StringComparer.Ordinal));
        RenameResult renamed = new Analysis(workspace).Rename("base/gateway.yaml", at, "entry");
        Assert.Equal(["base/gateway.yaml", "base/route.yaml", "overlays/east/r.yaml", "overlays/west/r.yaml"], renamed.Edits.Select(one => one.Path).Order(StringComparer.Ordinal));
        Assert.All(renamed.Edits, one => Assert.Single(one.Edits));
    }

    [Fact]
    public void An_edit_of_a_kustomization_moves_its_files()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(Settings));
        host.Apply(new WorkspaceChange.OnDisk("base/s.yaml", Service("checkout", 80)));
        host.Apply(new WorkspaceChange.OnDisk("overlays/west/kustomization.yaml", Resources("../../base/s.yaml")));
        Assert.NotEmpty(host.Current.World("west")!.Index.OfKind("", "Service"));
        Assert.Empty(host.Current.World("east")!.Index.OfKind("", "Service"));
        host.Apply(new WorkspaceChange.OnDisk("overlays/west/kustomization.yaml", Resources("other.yaml")));
        Assert.NotEmpty(host.Current.World("east")!.Index.OfKind("", "Service"));
        host.Apply(new WorkspaceChange.OnDisk("overlays/east/kustomization.yaml", Resources("../../base/s.yaml")));
        Assert.Empty(host.Current.World("west")!.Index.OfKind("", "Service"));
    }

    private static RequestTrace Trace(Workspace workspace, string cluster) =>
        new Analysis(workspace).Trace(new TraceRequest { Gateway = new ObjectName("shop", "front"), Cluster = cluster, Host = "shop.example.com" });

    private static string[] ClustersOf(Workspace workspace, string path) => [.. workspace.ClusterNamesOf(path, workspace.File(path)!.Manifest.Documents[0].Document)];

    private static Workspace Overlays(params (string Path, string Text)[] overlays) => Of(
    [
        ("base/kustomization.yaml", Resources("gateway.yaml", "route.yaml")), ("base/gateway.yaml", Gateway), ("base/route.yaml", Route("checkout", 80)), .. overlays,
    ]);

    private static Workspace Of(params (string Path, string Text)[] files)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(Settings));
        foreach ((string path, string text) in files)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, text));
        }
        return host.Current;
    }

    private static WorkspaceSettings Settings { get; } = new()
    {
        Clusters = new ClusterMap([new ClusterSettings("east"), new ClusterSettings("north"), new ClusterSettings("west")], new ByOverlay()),
    };

    private static string Resources(params string[] resources) => "resources:\n" + string.Concat(resources.Select(one => $"- {one}\n"));

    private static string Service(string name, int port) => $"apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: shop\nspec:\n  selector:\n    app: {name}\n  ports:\n  - port: {port}\n";

    private static string Route(string backend, int port, string name = "shop") =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: {name}\n  namespace: shop\nspec:\n  parentRefs:\n  - name: front\n  rules:\n  - backendRefs:\n    - name: {backend}\n      port: {port}\n";

    private sealed record ByOverlay : IClusterPaths
    {
        public string? ClusterOf(string path) => path.Split('/') is ["overlays", var name, ..] ? name : null;
    }
}
