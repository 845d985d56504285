using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Expectations;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Kustomize;

/// <summary>What is deployed of a workspace with kustomizations, and what is said of it where it is written.</summary>
public sealed class DeploymentTests
{
    private const string Base = """
        #file: /w/base/kustomization.yaml
        resources: [all.yaml]
        #file: /w/base/all.yaml
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: shop}
        spec:
          gatewayClassName: any
          listeners:
          - {name: http, port: 80, protocol: HTTP}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {ports: [{port: 80, name: a}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: cart, namespace: shop}
        spec:
          parentRefs: [{name: front}]
          rules:
          - backendRefs: [{name: cart, port: 80}]

        """;

    private const string East = """
        #file: /w/overlays/east/kustomization.yaml
        resources: [../../base]
        patches:
        - target: {kind: HTTPRoute}
          patch: |
            - op: replace
              path: /spec/rules/0/backendRefs/0/port
              value: 8080
        - path: service.yaml
        #file: /w/overlays/east/service.yaml
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {ports: [{port: 8081, name: b}]}

        """;

    private const string West = "#file: /w/overlays/west/kustomization.yaml\nresources: [../../base]\ncommonLabels: {at: west}\n";

    [Fact]
    public void Overlays_of_one_base_are_clusters_of_their_own()
    {
        Workspace deployed = Of(Base + East + West).Deployed;
        Assert.Equal(["east", "west"], deployed.Clusters);
        Assert.Equal(["False BackendNotFound", "True ResolvedRefs"], ResolvedRefs(Base + East + West));
    }

    [Fact]
    public void Overlays_of_one_base_are_clusters_of_their_own_whatever_they_call_its_objects()
    {
        const string Dev = "#file: /w/overlays/dev/kustomization.yaml\nresources: [../../base]\nnamePrefix: dev-\n";
        string prod = "#file: /w/overlays/prod/kustomization.yaml\nresources: [../../base]\nnamespace: prod\n";
        Workspace deployed = Of(Base + Dev + prod).Deployed;
        Assert.Equal(["dev", "prod"], deployed.Clusters);
        // The route of dev names what only the build of prod has.
        Assert.Contains(Findings(Base + Dev + "#file: /w/overlays/plain/kustomization.yaml\nresources: [../../base]\n", "/w/base/all.yaml"), static one => one.Diagnostic.Code == "no-matching-parent");
        Assert.Equal(
            ["overlays of one base, and those that build objects of the same names, are taken for different clusters, called by their folders: dev (overlays/dev), prod (overlays/prod); name clusters with `# gateway-lsp: cluster=NAME` in the first line of a kustomization"],
            Of(Base + Dev + prod).KustomizationNotes.ToArray());
    }

    /// <summary>What counts is what is deployed: the base as it is written is not.</summary>
    [Theory]
    [InlineData("# expect: GET / -> cart", "", "", "fails in `prod`")]
    [InlineData("# expect: GET / -> cart 50%, other 50%", "", "", "")]
    [InlineData("", "# expect: GET / -> cart 50%, other 50%\n", "", "")]
    [InlineData("", "# expect: GET / -> cart 10%\n", "", "fails in `prod`")]
    [InlineData("", "", "    # expect: GET / -> cart 10%\n", "fails in `prod`")]
    [InlineData("# expect: GET / via nobody -> cart", "", "", "unknown in `prod`")]
    public void Expectations_are_held_against_what_is_built(string inBase, string inPatch, string inline, string expected)
    {
        string text = Base.Replace("---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute", $"---\n{inBase}\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute", StringComparison.Ordinal) + $$"""
            #file: /w/prod/kustomization.yaml
            resources: [../base, other.yaml]
            namespace: prod
            patches:
            - path: route.yaml
            - patch: |
            {{inline}}    apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: cart, namespace: shop, labels: { a: b } }
            #file: /w/prod/other.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: other, namespace: shop}
            spec: {ports: [{port: 80, name: a}]}
            #file: /w/prod/route.yaml
            {{inPatch}}apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: cart, namespace: shop}
            spec:
              rules:
              - backendRefs: [{name: cart, port: 80}, {name: other, port: 80}]

            """;
        var analysis = new Analysis(Of(text));
        string path = inBase.Length > 0 ? "/w/base/all.yaml" : inPatch.Length > 0 ? "/w/prod/route.yaml" : "/w/prod/kustomization.yaml";
        FileDiagnostic[] told = [.. analysis.Diagnose(path).Where(static one => one.Diagnostic.Code == "expectation-failed")];
        Assert.Equal(expected, told is [] ? "" : $"{(Assert.Single(told).Diagnostic.Severity == DiagnosticSeverity.Error ? "fails" : "unknown")} in {told[0].Diagnostic.Message.Split(' ')[2].TrimEnd(':')}");
        ExpectationResult result = Assert.Single(analysis.Expectations(path));
        Assert.Equal(expected.Split(' ')[0], !result.IsKnown ? "unknown" : result.Problem is null ? "" : "fails");
        Assert.Contains("expect:", told is [] ? result.Text + "expect:" : told[0].Slot.Document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Apps_that_share_a_component_are_of_one_cluster()
    {
        string apps = string.Concat(((string[])["one", "two"]).Select(static app => $"#file: /w/{app}/kustomization.yaml\nresources: [a.yaml, b.yaml]\nnamespace: {app}\ncomponents: [../common]\n"
            + $"#file: /w/{app}/a.yaml\napiVersion: v1\nkind: Service\nmetadata: {{name: a}}\n#file: /w/{app}/b.yaml\napiVersion: v1\nkind: Service\nmetadata: {{name: b}}\n"));
        Assert.Empty(Of(apps + "#file: /w/common/kustomization.yaml\nkind: Component\nresources: [c.yaml]\n#file: /w/common/c.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: c}\n").Deployed.Clusters);
    }

    [Fact]
    public void A_backend_that_only_the_other_cluster_has_is_not_resolved()
    {
        const string Without = "#file: /w/overlays/east/kustomization.yaml\nresources: [../../base]\npatches: [{patch: '{$patch: delete, apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}}'}]\n";
        Assert.Equal(["True ResolvedRefs", "Unknown Pending"], ResolvedRefs(Base + Without + West).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_overlay_is_no_cluster()
    {
        Workspace deployed = Of(Base + East).Deployed;
        Assert.Empty(deployed.Clusters);
        Assert.Equal(["False BackendNotFound"], ResolvedRefs(Base + East));
    }

    [Fact]
    public void Without_changes_the_files_are_what_is_deployed()
    {
        Workspace plain = Of(Base + "#file: /w/overlays/a/kustomization.yaml\nresources: [../../base]\nconfigMapGenerator: [{name: x}]\n");
        Assert.Same(plain, plain.Deployed);
        Workspace refused = Of(Base + East.Replace("- path: service.yaml", "- path: missing.yaml", StringComparison.Ordinal));
        Assert.Same(refused, refused.Deployed);
        Assert.Equal(["the kustomization /w/overlays/east is not built: `missing.yaml` is not there; its files are taken as they are written"], refused.KustomizationNotes.ToArray());
    }

    [Fact]
    public void Where_one_of_several_overlays_can_not_be_built_none_is()
    {
        Workspace workspace = Of(Base + West + East.Replace("- path: service.yaml", "- path: missing.yaml", StringComparison.Ordinal));
        Assert.Same(workspace, workspace.Deployed);
    }

    [Fact]
    public void A_marked_cluster_is_the_cluster_of_what_is_built()
    {
        string marked = Base + East.Replace("kustomization.yaml\n", "kustomization.yaml\n# gateway-lsp: cluster=one\n", StringComparison.Ordinal) + West + "commonAnnotations: {gateway-lsp.dev/cluster: two}\n";
        Assert.Equal(["one", "two"], Of(marked).Deployed.Clusters);
    }

    [Fact]
    public void Overlays_of_the_same_names_of_several_bases_go_together()
    {
        string more = (Base + East + West).Replace("/w/", "/w/infra/", StringComparison.Ordinal)
            + (Base + East + West).Replace("/w/", "/w/apps/", StringComparison.Ordinal).Replace("cart", "blog", StringComparison.Ordinal).Replace("front", "side", StringComparison.Ordinal);
        Assert.Equal(["east", "west"], Of(more).Deployed.Clusters);
    }

    [Fact]
    public void A_trace_goes_through_what_is_built_and_leads_to_what_is_written()
    {
        Analysis analysis = new(Of(Base + East.Replace("8081", "8080", StringComparison.Ordinal)));
        RequestTrace trace = analysis.Trace(new TraceRequest { Gateway = new ObjectName("shop", "front"), Port = 80, Protocol = TraceProtocol.Http, Host = "x.example.com", Path = "/" });
        Assert.Equal(8080, Assert.Single(trace.Backends).Target.Port);
        Assert.Equal("/w/base/all.yaml", analysis.PlaceOf(trace)!.Path);
        Assert.Equal(19, analysis.PlaceOf(trace)!.Range.Start.Line);
    }

    [Fact]
    public void The_graph_leads_to_what_is_written()
    {
        TopologyGraph graph = new Analysis(Of(Base + East + West)).Topology();
        TopologyNode[] gateways = [.. graph.Nodes.Where(static node => node.Kind == TopologyNodeKind.Gateway)];
        Assert.Equal(["east", "west"], gateways.Select(static node => node.Cluster).Order(StringComparer.Ordinal));
        Assert.All(gateways, static node => Assert.Equal("/w/base/all.yaml", node.Place!.Value.Path));
    }

    [Fact]
    public void What_is_wrong_with_what_is_built_is_told_where_it_is_written()
    {
        string text = Base + East + West;
        FileDiagnostic found = Assert.Single(Findings(text, "/w/overlays/east/kustomization.yaml"));
        Assert.Equal("port-not-found", found.Diagnostic.Code);
        Assert.StartsWith("In kustomization `overlays/east`: ", found.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(new LinePosition(6, 13), found.Range.Start);
        Assert.Empty(found.Diagnostic.Fixes);
        Assert.Empty(Findings(text, "/w/base/all.yaml"));
        Assert.Empty(Findings(text, "/w/overlays/east/service.yaml"));
        Assert.Empty(Findings(text, "/w/overlays/west/kustomization.yaml"));
    }

    [Fact]
    public void A_patch_of_a_service_makes_the_reference_in_the_base_wrong()
    {
        string east = "#file: /w/overlays/east/kustomization.yaml\nresources: [../../base]\npatches: [{path: service.yaml}]\n" + East[East.IndexOf("#file: /w/overlays/east/service.yaml", StringComparison.Ordinal)..];
        FileDiagnostic found = Assert.Single(Findings(Base + West + east.Replace("[{port: 8081, name: b}]", "[{port: 80, $patch: delete}, {port: 8081, name: b}]", StringComparison.Ordinal), "/w/base/all.yaml"));
        Assert.Equal("port-not-found", found.Diagnostic.Code);
        Assert.StartsWith("In kustomization `overlays/east`: ", found.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(19, found.Range.Start.Line);
    }

    [Fact]
    public void A_value_that_is_wrong_in_itself_is_told_once()
    {
        const string Patch = "#file: /w/overlays/east/kustomization.yaml\nresources: [../../base]\npatches: [{path: route.yaml}]\n#file: /w/overlays/east/route.yaml\n"
            + "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: cart, namespace: shop}\nspec:\n  rules:\n  - backendRefs: [{name: cart, port: 99999}]\n";
        FileDiagnostic found = Assert.Single(Findings(Base + Patch, "/w/overlays/east/route.yaml"));
        Assert.Equal(DiagnosticSource.Schema, found.Diagnostic.Source);
    }

    [Fact]
    public void A_prefix_that_references_do_not_follow_is_told_and_one_that_they_follow_is_not()
    {
        const string Prefixed = "#file: /w/overlays/east/kustomization.yaml\nresources: [../../base]\nnamePrefix: p-\n";
        const string Names = "configurations: [names.yaml]\n#file: /w/overlays/east/names.yaml\nnameReference:\n- kind: Service\n  fieldSpecs:\n  - {path: spec/rules/backendRefs/name, kind: HTTPRoute}\n- kind: Gateway\n  group: gateway.networking.k8s.io\n  fieldSpecs:\n  - {path: spec/parentRefs/name, kind: HTTPRoute}\n";
        FileDiagnostic[] found = Findings(Base + Prefixed, "/w/base/all.yaml");
        Assert.Contains(found, static one => one.Diagnostic.Code == "backend-not-found" && one.Diagnostic.Message.StartsWith("In kustomization `overlays/east`: ", StringComparison.Ordinal));
        Assert.Equal(["Gateway `front`", "Service `cart`"], found.Where(static one => one.Diagnostic.Code is "no-matching-parent" or "backend-not-found")
            .Select(static one => one.Diagnostic.Message.Split("Kustomize gives ")[1].Split(" another name there")[0]).Order(StringComparer.Ordinal));
        Assert.Empty(Findings(Base + Prefixed + Names, "/w/base/all.yaml"));
        // What is not there before the prefix either has another cause.
        Assert.DoesNotContain(Findings(Base.Replace("parentRefs: [{name: front}]", "parentRefs: [{name: fronk}]", StringComparison.Ordinal) + Prefixed, "/w/base/all.yaml"),
            static one => one.Diagnostic.Code == "no-matching-parent" && one.Diagnostic.Message.Contains("Kustomize gives", StringComparison.Ordinal));
    }

    [Fact]
    public void What_comes_from_elsewhere_is_never_missing()
    {
        const string Remote = "#file: /w/overlays/east/kustomization.yaml\nresources: [../../base, 'https://example.com/more']\nnamePrefix: p-\n";
        Assert.Empty(Findings(Base + Remote, "/w/base/all.yaml"));
        Assert.Equal(["the kustomization /w/overlays/east is built without `https://example.com/more`, which is not here"], Of(Base + Remote).KustomizationNotes.ToArray());
    }

    [Fact]
    public void Edits_are_followed_and_findings_stay_the_same_array_while_nothing_changes()
    {
        var host = new AnalysisHost();
        string text = Base + East + West;
        foreach ((string path, string content) in Split(text))
        {
            host.Apply(new WorkspaceChange.OnDisk(path, content));
        }
        var before = new Analysis(host.Current).Diagnose("/w/overlays/east/kustomization.yaml");
        host.Apply(new WorkspaceChange.OnDisk("/w/loose.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n"));
        Assert.True(before == new Analysis(host.Current).Diagnose("/w/overlays/east/kustomization.yaml"));
        host.Apply(new WorkspaceChange.OnDisk("/w/overlays/east/service.yaml", "# a line more\napiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 8080}]}\n"));
        Assert.Empty(new Analysis(host.Current).Diagnose("/w/overlays/east/kustomization.yaml"));
        host.Apply(new WorkspaceChange.OnDisk("/w/overlays/east/service.yaml", null));
        Assert.Same(host.Current, host.Current.Deployed);
    }

    private static IEnumerable<(string, string)> Split(string text)
    {
        foreach (string part in ("\n" + text).Split("\n#file: ", StringSplitOptions.RemoveEmptyEntries))
        {
            int end = part.IndexOf('\n', StringComparison.Ordinal);
            yield return (part[..end].Trim(), part[(end + 1)..]);
        }
    }

    private static Workspace Of(string text) => WorkspaceFixture.Parse(text).Workspace;

    private static FileDiagnostic[] Findings(string text, string path) => [.. new Analysis(Of(text)).Diagnose(path)];

    private static string[] ResolvedRefs(string text) =>
    [
        .. new Analysis(WorkspaceFixture.Parse(text, WorkspaceSettings.Default with { IsComplete = true }).Workspace).Conditions()
            .SelectMany(static one => one.Parents ?? []).SelectMany(static parent => parent.Conditions).Where(static condition => condition.Type == "ResolvedRefs")
            .Select(static condition => $"{condition.Status} {condition.Reason}"),
    ];
}
