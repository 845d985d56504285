using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Tests.Cluster;

/// <summary>Which rules count as down, what takes over, and how it comes back.</summary>
public sealed class FailoverPlannerTests
{
    private const string Import = """{"group":"multicluster.x-k8s.io","kind":"ServiceImport","name":"cart","port":80,"weight":0}""";

    private static readonly ImmutableHashSet<string> None = [];

    private static string Route(string refs, string annotations = "") =>
        $$$"""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"r","namespace":"shop"{{{annotations}}} },"spec":{"parentRefs":[{"name":"edge"}],"rules":[{"backendRefs":[{{{refs}}}] }] } }""";

    private static string Service(string name, string kind = "Service", string apiVersion = "v1") =>
        $$$"""{"apiVersion":"{{{apiVersion}}}","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}","namespace":"shop"},"spec":{"selector":{"app":"x"},"ports":[{"port":80}]}}""";

    private static string Slice(string label, string name, int ready, string source = "")
    {
        string cluster = source.Length == 0 ? "" : $",\"{LiveEndpoints.ClusterLabel}\":\"{source}\"";
        string endpoints = string.Join(",", Enumerable.Range(0, Math.Max(1, ready)).Select(i =>
            $$"""{"addresses":["10.0.0.{{i}}"],"conditions":{"ready":{{(ready > 0 ? "true" : "false")}} },"targetRef":{"kind":"Pod","name":"{{name}}-{{i}}"} }"""));
        return $$$"""{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"{{{name}}}-{{{label.Length}}}-{{{source}}}x","namespace":"shop","labels":{"{{{label}}}":"{{{name}}}"{{{cluster}}} } },"endpoints":[{{{endpoints}}}] }""";
    }

    private static ObservedCluster Cluster(string context, params string[] objects)
    {
        var kinds = ImmutableDictionary.CreateBuilder<GroupKind, ObservedKind>();
        foreach (GroupKind kind in ClusterReader.Kinds)
        {
            kinds[kind] = new ObservedKind(kind) { Readability = Readability.Everywhere };
        }
        foreach (string text in objects)
        {
            JsonObject tree = JsonTrees.Parse(Encoding.UTF8.GetBytes(text))!;
            string[] parts = tree["apiVersion"].Text()!.Split('/');
            var gvk = new Gvk(parts.Length == 2 ? parts[0] : "", parts[^1], tree["kind"].Text()!);
            ObservedResource one = ObservedResource.Parse(Encoding.UTF8.GetBytes(text), new ServedKind(gvk, gvk.Kind.ToLowerInvariant() + "s", true))!;
            ObservedKind known = kinds[new GroupKind(gvk.Group, gvk.Kind)];
            kinds[known.GroupKind] = known with { Resources = known.Resources.Add(one.Key, one) };
        }
        return new ObservedCluster(new ClusterTarget(context) { Cluster = context }) { State = ConnectionState.Connected, Kinds = kinds.ToImmutable() };
    }

    private static RouteShift? Shift(ObservedCluster cluster, ObservedCluster? other = null, params string[] givenUp) =>
        FailoverPlanner.Plan(other is null ? [cluster] : [cluster, other], givenUp.ToImmutableHashSet()).Clusters[0].Routes.SingleOrDefault();

    private static string Weights(RouteShift? shift) =>
        string.Join(" ", ((JsonArray)shift!.Prepared!["spec"].At("rules")![0]!["backendRefs"]!).Select(one => $"{one.At("kind").Text() ?? "Service"} {one.At("name").Text()}={one.At("weight").Number()}"));

    [Fact]
    public void What_has_endpoints_or_is_not_known_is_left_alone()
    {
        Assert.Null(Shift(Cluster("a", Route("""{"name":"cart","port":80}"""), Service("cart"), Slice(LiveEndpoints.ServiceLabel, "cart", 2))));
        ObservedCluster unread = Cluster("a", Route("""{"name":"cart","port":80}"""), Service("cart"));
        var slices = new GroupKind("discovery.k8s.io", "EndpointSlice");
        Assert.Null(Shift(unread with { Kinds = unread.Kinds.SetItem(slices, new ObservedKind(slices) { Readability = Readability.Forbidden }) }));
        // Weight 0: nobody misses it.
        Assert.Null(Shift(Cluster("a", Route("""{"name":"cart","port":80,"weight":0},{"name":"b","port":80}"""), Service("cart"), Service("b"), Slice(LiveEndpoints.ServiceLabel, "b", 1))));
    }

    [Fact]
    public void An_empty_backend_beside_a_ready_one_gets_nothing()
    {
        RouteShift? shift = Shift(Cluster("a", Route("""{"name":"cart","port":80,"weight":80},{"name":"b","port":80,"weight":20}"""), Service("cart"), Service("b"),
            Slice(LiveEndpoints.ServiceLabel, "cart", 0), Slice(LiveEndpoints.ServiceLabel, "b", 1)));
        Assert.Equal("Service cart=0 Service b=20", Weights(shift));
        Assert.False(shift!.Outages[0].IsTotal);
    }

    /// <summary>A rule with a redirect has no backend, and answers all the same.</summary>
    [Theory]
    [InlineData("""{"name":"cart","port":80}""", true)]
    [InlineData("""{"name":"cart","port":80},{"name":"b","port":80}""", false)]
    [InlineData("""{"name":"cart","port":80}]},{"backendRefs":[{"name":"cart","port":80}""", true)]
    [InlineData("""{"name":"cart","port":80}]},{"backendRefs":[{"name":"b","port":80}""", false)]
    [InlineData("""{"name":"cart","port":80}]},{"filters":[{"type":"RequestRedirect","requestRedirect":{"scheme":"https"}}""", false)]
    public void A_route_is_down_when_all_of_its_rules_are(string refs, bool isDown) =>
        Assert.Equal(isDown, Shift(Cluster("a", Route(refs), Service("cart"), Service("b"), Slice(LiveEndpoints.ServiceLabel, "cart", 0), Slice(LiveEndpoints.ServiceLabel, "b", 1)))!.IsDown);

    [Fact]
    public void A_standby_gets_the_weight()
    {
        RouteShift? shift = Shift(Cluster("a", Route("""{"name":"cart","port":80,"weight":100},""" + Import), Service("cart"), Service("cart", "ServiceImport", "multicluster.x-k8s.io/v1alpha1"),
            Slice(LiveEndpoints.ServiceLabel, "cart", 0), Slice(LiveEndpoints.ImportLabel, "cart", 3, "b")));
        Assert.Equal("Service cart=0 ServiceImport cart=100", Weights(shift));
        Assert.True(shift!.Outages[0].IsTotal);
    }

    [Fact]
    public void The_import_of_the_same_name_takes_over_also_where_only_the_other_cluster_knows_its_endpoints()
    {
        ObservedCluster empty = Cluster("a", Route("""{"name":"cart","port":80}"""), Service("cart"), Service("cart", "ServiceImport", "net.gke.io/v1"), Slice(LiveEndpoints.ServiceLabel, "cart", 0));
        ObservedCluster other = Cluster("b", Service("cart"), Slice(LiveEndpoints.ServiceLabel, "cart", 2));
        Assert.Equal("Service cart=0 ServiceImport cart=1", Weights(Shift(empty, other)));
        RouteShift? alone = Shift(empty);
        Assert.Null(alone!.Prepared);
        Assert.Contains("nothing with ready endpoints can take the place of shop/cart:80", alone.Obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoints_of_a_cluster_that_is_given_up_do_not_count()
    {
        ObservedCluster cluster = Cluster("a", Route(Import.Replace("\"weight\":0", "\"weight\":1", StringComparison.Ordinal)), Service("cart"), Service("cart", "ServiceImport", "multicluster.x-k8s.io/v1alpha1"),
            Slice(LiveEndpoints.ServiceLabel, "cart", 1), Slice(LiveEndpoints.ImportLabel, "cart", 3, "b"));
        Assert.Null(Shift(cluster, Cluster("b")));
        Assert.Equal("ServiceImport cart=0 Service cart=1", Weights(Shift(cluster, Cluster("b"), "b")));
    }

    [Fact]
    public void The_way_back_waits_for_endpoints_and_for_an_untouched_rule()
    {
        string[] others = [Service("cart"), Service("b"), Slice(LiveEndpoints.ServiceLabel, "b", 1)];
        RouteShift shift = Shift(Cluster("a", [Route("""{"name":"cart","port":80,"weight":80},{"name":"b","port":80,"weight":20}"""), Slice(LiveEndpoints.ServiceLabel, "cart", 0), .. others]))!;
        string shifted = shift.Prepared!.ToJsonString();
        RouteShift early = FailoverPlanner.Back([Cluster("a", [shifted, Slice(LiveEndpoints.ServiceLabel, "cart", 0), .. others])], None).Clusters[0].Routes.Single();
        Assert.Contains("no ready endpoints so far", early.Obstacle, StringComparison.Ordinal);
        string[] healed = [Slice(LiveEndpoints.ServiceLabel, "cart", 1), .. others];
        RouteShift back = FailoverPlanner.Back([Cluster("a", [shifted, .. healed])], None).Clusters[0].Routes.Single();
        Assert.Equal("Service cart=80 Service b=20", Weights(back));
        Assert.Null(back.Prepared!["metadata"].At("annotations"));
        string touched = shifted.Replace("\"weight\":20", "\"weight\":21", StringComparison.Ordinal);
        RouteShift changed = FailoverPlanner.Back([Cluster("a", [touched, .. healed])], None).Clusters[0].Routes.Single();
        Assert.Null(changed.Prepared);
        Assert.Contains("changed since the shift", changed.Obstacle, StringComparison.Ordinal);
        Assert.NotNull(FailoverPlanner.Back([Cluster("a", [Route("""{"name":"b","port":80}""", ""","annotations":{"gateway-lsp.dev/failover":"{x"}"""), .. healed])], None).Clusters[0].Routes.Single().Obstacle);
    }
}
