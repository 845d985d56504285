using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;
using GatewayLsp.Testing.InMemory;

namespace GatewayLsp.Engine.Tests.Cluster;

/// <summary>Differences, the way back and failover go by what the cluster itself says of its kinds: defaults, lists with keys.</summary>
public sealed class OwnDefinitionsTests
{
    /// <summary>A kind that nothing but its cluster knows.</summary>
    private const string Widgets = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.shop.example.com"},
         "spec":{"group":"shop.example.com","scope":"Namespaced","names":{"kind":"Widget","plural":"widgets"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{
           "spec":{"type":"object","properties":{
             "mode":{"type":"string","default":"calm"},
             "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
               "items":{"type":"object","properties":{"name":{"type":"string"},"size":{"type":"integer"}}}}}}}}}}]}}
        """;

    /// <summary>HTTPRoute of a cluster that gives every rule a default of its own.</summary>
    private const string Routes = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"httproutes.gateway.networking.k8s.io"},
         "spec":{"group":"gateway.networking.k8s.io","scope":"Namespaced","names":{"kind":"HTTPRoute","plural":"httproutes"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{
           "spec":{"type":"object","properties":{
             "parentRefs":{"type":"array","items":{"type":"object","x-kubernetes-preserve-unknown-fields":true}},
             "rules":{"type":"array","items":{"type":"object","properties":{
               "pace":{"type":"string","default":"steady"},
               "backendRefs":{"type":"array","items":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}}}}}}}]}}
        """;

    private static ClusterDefinitions Read(string definition) => ClusterDefinitions.Read([Encoding.UTF8.GetBytes(definition)]);

    private static string Route(string pace) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: default}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - backendRefs: [{name: cart, port: 80}, {name: spare, port: 80, weight: 0}]{{pace}}
        """;

    [Theory]
    [InlineData("steady", false)]
    [InlineData("quick", true)]
    public void What_a_cluster_fills_in_by_its_own_definition_is_no_drift(string pace, bool differs)
    {
        ObservedCluster cluster = LiveFixture.Cluster(Route($"\n    pace: {pace}")) with { Definitions = Read(Routes) };
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Route("")).With(cluster);
        Assert.Equal(differs, fixture.Lenses().Single().Contains("differs", StringComparison.Ordinal));
        // The bundled definition knows of no such default.
        Assert.Contains("differs in 1 field", WorkspaceFixture.Parse(Route("")).With(cluster with { Definitions = null }).Lenses().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_prepared_shift_leaves_out_what_the_cluster_fills_in_itself()
    {
        const string Endpoints = """
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: cart-1, namespace: default, labels: {kubernetes.io/service-name: cart}}
            addressType: IPv4
            endpoints: []
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: spare-1, namespace: default, labels: {kubernetes.io/service-name: spare}}
            addressType: IPv4
            endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: default}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: spare, namespace: default}
            spec: {ports: [{port: 80}]}
            """;
        ObservedCluster cluster = LiveFixture.Cluster(Route("\n    pace: steady") + "\n" + Endpoints);
        string Rule(ObservedCluster one) => FailoverPlanner.Plan([one], ImmutableHashSet<string>.Empty).Clusters[0].Routes.Single().Prepared!["spec"]!["rules"]![0]!.ToJsonString();
        Assert.Contains("pace", Rule(cluster), StringComparison.Ordinal);
        Assert.DoesNotContain("pace", Rule(cluster with { Definitions = Read(Routes) }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rollback_restores_the_items_of_lists_that_have_keys_by_the_clusters_own_definition(bool isDefined)
    {
        var kind = new ServedKind(new Gvk("shop.example.com", "v1", "Widget"), "widgets", true);
        var client = new InMemoryClient(kinds: [ServedKind.Namespace, ServedKind.CustomResourceDefinition, kind]);
        if (isDefined)
        {
            client.Put(Widgets);
        }
        static string Widget(string parts) => $$$"""{"apiVersion":"shop.example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"default"},"spec":{"parts":[{{{parts}}}]}}""";
        JsonObject before = Tree(client.Put(Widget("""{"name":"a","size":1},{"name":"b","size":1}""")));
        JsonObject after = Tree(client.Put(Widget("""{"name":"a","size":2},{"name":"b","size":1}"""), "gateway-lsp"));
        client.Put(Widget("""{"name":"a","size":2},{"name":"b","size":7}"""), "others");

        var journal = new MemoryJournal();
        var address = new ResourceAddress(kind, "default", "w");
        IJournalLog log = journal.Begin(new JournalHead("a", client.Target.Context, "", "", default, [new JournalStep(address, [])])).Value!;
        log.Append(new JournalEntry(JournalEvent.Writing, 0, default) { State = before, Expected = after });
        log.Append(new JournalEntry(JournalEvent.Wrote, 0, default) { State = after });
        var rollback = new Rollback(client, new HastyTime());
        RollbackPlan plan = await rollback.PlanAsync(journal.Records[0], CancellationToken.None);
        await rollback.RunAsync(plan, log, null, CancellationToken.None);
        Assert.Equal(isDefined ? """[{"name":"a","size":1},{"name":"b","size":7}]""" : """[{"name":"a","size":2},{"name":"b","size":7}]""",
            Tree(client.Find(address)!)["spec"]!["parts"]!.ToJsonString());
    }

    private static JsonObject Tree(ObservedResource one) => (JsonObject)JsonNode.Parse(one.Json.Span)!;
}
