using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Clusters;

/// <summary>Manifests of several clusters in one workspace: each is judged with those of its cluster, and told of the others.</summary>
public sealed class WorldTests
{
    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\nspec:\n  gatewayClassName: istio\n  listeners:\n  - name: web\n    port: 80\n    protocol: HTTP\n";
    private const string Namespaced = "---\n";
    private const string Export = "apiVersion: multicluster.x-k8s.io/v1alpha1\nkind: ServiceExport\nmetadata:\n  name: checkout\n";
    private const string EastWest = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: eastwest\n  namespace: istio-system\n  labels:\n    topology.istio.io/network: net\nspec:\n  gatewayClassName: istio-east-west\n  listeners:\n  - name: mesh\n    port: 15008\n    protocol: HBONE\n";

    [Fact]
    public void The_same_name_in_two_clusters_is_two_objects()
    {
        Workspace workspace = Of(("west/a.yaml", Gateway + Namespaced + Route("  - name: checkout\n    port: 80\n") + Namespaced + Service("checkout", 80)),
            ("east/a.yaml", Gateway + Namespaced + Route("  - name: checkout\n    port: 81\n") + Namespaced + Service("checkout", 81)));
        Assert.Equal(["control", "east", "west"], workspace.Clusters);
        Assert.Empty(Find(workspace, "west/a.yaml"));
        Assert.Empty(Find(workspace, "east/a.yaml"));
        Assert.Equal(80, Trace(workspace, "west").Backends[0].Target.Port);
        Assert.Equal(81, Trace(workspace, "east").Backends[0].Target.Port);
        Assert.Equal(["east", "east", "west", "west"], new Analysis(workspace).Conditions().Select(one => one.Cluster));
    }

    [Fact]
    public void A_port_that_only_the_Service_of_another_cluster_has_is_not_there()
    {
        Workspace workspace = Of(("west/a.yaml", Route("  - name: checkout\n    port: 81\n") + Namespaced + Service("checkout", 80)), ("east/a.yaml", Service("checkout", 81)));
        Assert.Equal(["port-not-found spec.rules[0].backendRefs[0].port"], Find(workspace, "west/a.yaml"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_backend_of_another_cluster_is_never_missing(bool isComplete)
    {
        Workspace workspace = Of(isComplete, ("west/a.yaml", Gateway + Namespaced + Route("  - name: checkout\n    port: 80\n") + Namespaced + Service("other", 80)), ("east/a.yaml", Service("checkout", 80)));
        FileDiagnostic found = Assert.Single(new Analysis(workspace).Diagnose("west/a.yaml"));
        Assert.Equal(("backend-in-other-cluster", DiagnosticSeverity.Information), (found.Diagnostic.Code, found.Diagnostic.Severity));
        Assert.Equal("Service default/checkout is not in cluster `west`; cluster `east` has it. Requests get there only if it is exported there and the route names the ServiceImport, or if the clusters are one Istio mesh.", found.Diagnostic.Message);
        Assert.Equal("east/a.yaml", Assert.Single(found.Diagnostic.Related).Path);
        ParentStatus parent = new Analysis(workspace).Conditions().Single(one => one.View.Kind == "HTTPRoute").Parents!.Value[0];
        Assert.DoesNotContain(parent.Conditions, condition => condition.Reason == "BackendNotFound");
        RequestTrace trace = Trace(workspace, "west");
        Assert.Contains("it is in cluster east and not in this one", Assert.Single(trace.Why, line => line.Contains("checkout", StringComparison.Ordinal) && line.Contains("gets", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_of_no_cluster_is_missing_as_ever()
    {
        Workspace workspace = Of(("west/a.yaml", Route("  - name: chekout\n    port: 80\n") + Namespaced + Service("checkout", 80)), ("east/a.yaml", Service("checkout", 80)));
        Assert.Equal(["backend-not-found spec.rules[0].backendRefs[0].name"], Find(workspace, "west/a.yaml"));
    }

    [Fact]
    public void Files_of_no_cluster_are_in_every_world_and_lack_nothing()
    {
        Workspace workspace = Of(true, ("base/a.yaml", Gateway + Namespaced + Route("  - name: checkout\n    port: 80\n")), ("west/a.yaml", Service("checkout", 80)), ("east/b.yaml", Service("other", 80)));
        Assert.Empty(Find(workspace, "base/a.yaml"));
        Assert.Equal("west", Trace(workspace, "west").Cluster);
        Assert.Equal(BackendState.Valid, Trace(workspace, "west").Backends[0].Target.State);
        Assert.Equal(BackendState.Unknown, Trace(workspace, "east").Backends[0].Target.State);
    }

    [Fact]
    public void An_import_leads_to_the_clusters_that_export()
    {
        Workspace workspace = Three();
        Assert.Empty(Find(workspace, "west/a.yaml"));
        RequestTrace trace = Trace(workspace, "west");
        Assert.Equal(["east", "north"], trace.Backends[0].Target.Clusters.ToArray());
        Assert.Contains("ServiceImport default/checkout:80 gets all requests: Service default/checkout of clusters east and north, which export it.", trace.Why);
    }

    [Fact]
    public void An_import_that_nobody_exports_is_told_of_where_others_are_exported()
    {
        string import = Route("  - group: multicluster.x-k8s.io\n    kind: ServiceImport\n    name: orders\n    port: 80\n", ns: "shop");
        Assert.Equal(["import-without-export spec.rules[0].backendRefs[0].name"],
            Find(Of(("west/a.yaml", import), ("east/a.yaml", Export.Replace("name: checkout", "name: checkout\n  namespace: shop", StringComparison.Ordinal))), "west/a.yaml"));
        Assert.Empty(Find(Of(("west/a.yaml", import), ("east/a.yaml", Service("checkout", 80))), "west/a.yaml"));
        Assert.Contains("import-without-export spec.rules[0].backendRefs[0].name", Find(Of(true, ("west/a.yaml", import), ("east/a.yaml", Service("checkout", 80))), "west/a.yaml"));
        // The export of another API makes no such import.
        Assert.Empty(Find(Of(("west/a.yaml", import), ("east/a.yaml", Export.Replace("multicluster.x-k8s.io/v1alpha1", "net.gke.io/v1", StringComparison.Ordinal))), "west/a.yaml"));
    }

    [Fact]
    public void Services_of_one_mesh_are_one()
    {
        Workspace workspace = Of(("west/a.yaml", Gateway + Namespaced + EastWest + Namespaced + Route("  - name: checkout\n    port: 80\n")), ("east/a.yaml", EastWest + Namespaced + Service("checkout", 80)));
        FileDiagnostic found = Assert.Single(new Analysis(workspace).Diagnose("west/a.yaml"), one => one.Diagnostic.Code == "backend-in-other-cluster");
        Assert.EndsWith("in the same mesh. Requests arrive there, though the status of the route may say `BackendNotFound`.", found.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(["east"], Trace(workspace, "west").Backends[0].Target.Clusters.ToArray());
    }

    [Theory]
    [InlineData("gke-l7-global-external-managed-mc", true)]
    [InlineData("gke-l7-global-external-managed", false)]
    public void Multi_cluster_Gateways_of_GKE_stand_in_the_config_cluster(string name, bool isTold)
    {
        string gateway = Gateway.Replace("istio", name, StringComparison.Ordinal);
        Workspace workspace = Of(("west/a.yaml", gateway), ("control/a.yaml", gateway), ("west/r.yaml", Route("  - name: checkout\n    port: 80\n")));
        Assert.Equal(isTold ? ["not-in-config-cluster spec.gatewayClassName"] : [], Find(workspace, "west/a.yaml"));
        Assert.Empty(Find(workspace, "control/a.yaml"));
        Workspace alone = Of(("control/a.yaml", gateway), ("west/r.yaml", Route("  - name: checkout\n    port: 80\n")));
        Assert.Equal(isTold ? ["not-in-config-cluster spec.parentRefs[0].name"] : [], Find(alone, "west/r.yaml"));
    }

    [Fact]
    public void A_document_or_file_may_say_its_cluster_itself()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("a.yaml", "# gateway-lsp: cluster=west\n" + Service("checkout", 80) + "---\n" + Service("checkout", 81).Replace("  name: checkout\n", "  name: checkout\n  annotations:\n    gateway-lsp.dev/cluster: east\n", StringComparison.Ordinal)));
        Assert.Equal(["east", "west"], host.Current.Clusters);
        Assert.Single(host.Current.World("west")!.Index.OfKind("", "Service"));
        Assert.Single(host.Current.World("east")!.Index.OfKind("", "Service"));
        host.Apply(new WorkspaceChange.OnDisk("a.yaml", Service("checkout", 80)));
        Assert.False(host.Current.HasClusters);
    }

    [Fact]
    public void Without_clusters_there_is_one_world()
    {
        var host = new AnalysisHost();
        Workspace workspace = host.Apply(new WorkspaceChange.OnDisk("west/a.yaml", Service("checkout", 80)));
        Assert.Same(workspace, workspace.WorldOf("west/a.yaml"));
        Assert.Null(workspace.Resolver.Fleet);
    }

    [Fact]
    public void Definition_references_and_rename_know_the_cluster()
    {
        Workspace workspace = Three();
        var analysis = new Analysis(workspace);
        LinePosition import = At(workspace, "west/a.yaml", "      name: checkout");
        Assert.Equal(["east/a.yaml", "north/a.yaml"], analysis.Definition("west/a.yaml", import)!.Targets.Select(place => place.Path).Distinct());
        Assert.Equal(["west/a.yaml", "east/a.yaml", "north/a.yaml"], analysis.Rename("west/a.yaml", import, "till").Edits.Select(edit => edit.Path));
        // The same name in another cluster is another Service.
        LinePosition service = At(workspace, "south/a.yaml", "  name: checkout");
        Assert.Equal(["south/a.yaml"], analysis.Rename("south/a.yaml", service, "till").Edits.Select(edit => edit.Path));
        Assert.Single(analysis.References("south/a.yaml", service, withDefinition: true));
        Assert.StartsWith("**ServiceImport default/checkout** stands for the Services that clusters `east` and `north` export.", analysis.Hover("west/a.yaml", import)!.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_after_edits_are_those_of_a_fresh_start()
    {
        string[] texts =
        [
            Service("checkout", 80), Service("checkout", 81), Export, EastWest, Gateway, Route("  - name: checkout\n    port: 80\n"), "# gateway-lsp: cluster=north\n" + Service("checkout", 80),
            Route("  - group: multicluster.x-k8s.io\n    kind: ServiceImport\n    name: checkout\n    port: 80\n"), Route("  - group: multicluster.x-k8s.io\n    kind: ServiceImport\n    name: orders\n    port: 80\n", "default"), Route("  - name: orders\n    port: 80\n"), "",
            Gateway.Replace("istio", "gke-l7-rilb-mc", StringComparison.Ordinal), Gateway.Replace("istio", "amazon-vpc-lattice", StringComparison.Ordinal),
            Gateway.Replace("istio", "amazon-vpc-lattice", StringComparison.Ordinal).Replace("  name: front\n", "  name: front\n  namespace: shop\n", StringComparison.Ordinal),
            Gateway.Replace("istio", "gke-l7-rilb", StringComparison.Ordinal).Replace("  listeners:", "  infrastructure:\n    labels:\n      a: b\n  listeners:", StringComparison.Ordinal),
            Gateway.Replace("istio", "ours", StringComparison.Ordinal).Replace("protocol: HTTP", "protocol: HTTPS\n    tls:\n      certificateRefs:\n      - name: front", StringComparison.Ordinal),
            "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  name: ours\nspec:\n  controllerName: gateway.k8s.aws/nlb\n",
            "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  name: gke-l7-rilb\nspec:\n  controllerName: networking.gke.io/gateway\nstatus:\n  supportedFeatures:\n  - name: GatewayInfrastructurePropagation\n",
            Service("checkout", 80).Replace("  name: checkout\n", "  name: checkout\n  annotations:\n    gateway-lsp.dev/cluster: south\n", StringComparison.Ordinal),
        ];
        string[] paths = ["west/a.yaml", "west/b.yaml", "east/a.yaml", "east/b.yaml", "base/a.yaml", "control/a.yaml"];
        var random = new Random(7);
        var seen = new HashSet<string>();
        var kept = new AnalysisHost();
        kept.Apply(new WorkspaceChange.Configured(Settings(false)));
        var files = new Dictionary<string, string>();
        for (int edit = 0; edit < 400; edit++)
        {
            string path = paths[random.Next(paths.Length)];
            files[path] = string.Join("---\n", Enumerable.Range(0, 1 + random.Next(3)).Select(_ => texts[random.Next(texts.Length)]));
            kept.Apply(new WorkspaceChange.OnDisk(path, files[path]));
            if (edit % 3 != 0)
            {
                continue;
            }
            var fresh = new AnalysisHost();
            fresh.Apply(new WorkspaceChange.Configured(Settings(false)));
            foreach ((string one, string text) in files)
            {
                fresh.Apply(new WorkspaceChange.OnDisk(one, text));
            }
            foreach (string one in files.Keys)
            {
                string[] expected = [.. new Analysis(fresh.Current).Diagnose(one).Select(Show)];
                seen.UnionWith(new Analysis(fresh.Current).Diagnose(one).Select(found => found.Diagnostic.Code));
                Assert.Equal(expected, new Analysis(kept.Current).Diagnose(one).Select(Show));
            }
        }
        Assert.Superset(new HashSet<string> { "backend-in-other-cluster", "import-without-export", "not-in-config-cluster", "unsupported-feature", "unsupported-kind", "ignored-field", "shared-gateway-name" }, seen);

        static string Show(FileDiagnostic found) => $"{found.Range.Start.Line} {found.Diagnostic.Code} {found.Diagnostic.Message}";
    }

    private static Workspace Three() => Of(
        ("west/a.yaml", Gateway + Namespaced + Route("  - group: multicluster.x-k8s.io\n    kind: ServiceImport\n    name: checkout\n    port: 80\n")),
        ("east/a.yaml", Export + Namespaced + Service("checkout", 80)), ("north/a.yaml", Export + Namespaced + Service("checkout", 80)), ("south/a.yaml", Service("checkout", 80)));

    private static RequestTrace Trace(Workspace workspace, string cluster) =>
        new Analysis(workspace).Trace(new TraceRequest { Gateway = new ObjectName("default", "front"), Cluster = cluster, Host = "shop.example.com" });

    private static string[] Find(Workspace workspace, string path) => [.. new Analysis(workspace).Diagnose(path).Select(found => $"{found.Diagnostic.Code} {found.Diagnostic.Field}")];

    private static LinePosition At(Workspace workspace, string path, string line)
    {
        string[] lines = workspace.File(path)!.Manifest.GetText().Split('\n');
        int at = Array.FindIndex(lines, one => one.StartsWith(line, StringComparison.Ordinal));
        return new LinePosition(at, line.Length);
    }

    private static Workspace Of(params (string Path, string Text)[] files) => Of(false, files);

    private static Workspace Of(bool isComplete, params (string Path, string Text)[] files)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(Settings(isComplete)));
        foreach ((string path, string text) in files)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, text));
        }
        return host.Current;
    }

    private static WorkspaceSettings Settings(bool isComplete) =>
        new() { IsComplete = isComplete, Clusters = new ClusterMap([new ClusterSettings("east"), new ClusterSettings("west"), new ClusterSettings("control") { IsConfigCluster = true }], new ByFolder()) };

    private static string Service(string name, int port) => $"apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\nspec:\n  selector:\n    app: {name}\n  ports:\n  - port: {port}\n";

    private static string Route(string backend, string? ns = null) =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\n{(ns is null ? "" : $"  namespace: {ns}\n")}spec:\n  parentRefs:\n  - name: front\n  rules:\n  - backendRefs:\n"
        + string.Concat(backend.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => "  " + line + "\n"));

    private sealed record ByFolder : IClusterPaths
    {
        public string? ClusterOf(string path) => path.Split('/') is [not "base", _] parts ? parts[0] : null;
    }
}
