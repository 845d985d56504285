using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Failover;

/// <summary>
/// Finds rules whose backends have no ready endpoint and prepares the smallest change that sends their requests to where there
/// are some: weights among the backends that the rule has, else the Service of the same name in the other clusters
/// (ServiceImport), or the local one in place of an import. What is not known to be empty is left alone.
/// </summary>
public static class FailoverPlanner
{
    /// <summary>Keeps what a shifted route was before: the way back is with the object, whoever takes it.</summary>
    public const string Annotation = "gateway-lsp.dev/failover";

    private const string MultiCluster = "multicluster.x-k8s.io";
    private const string Gke = "net.gke.io";

    private static readonly string[] Routes = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

    /// <param name="clusters">As they are, or were when they last answered.</param>
    /// <param name="givenUp">Contexts of clusters that the user counts as lost: endpoints there don't count, though they may still be listed elsewhere.</param>
    public static FailoverPlan Plan(IReadOnlyList<ObservedCluster> clusters, IReadOnlySet<string> givenUp)
    {
        HashSet<string> lostNames = Names(clusters, givenUp);
        ObservedCluster[] there = [.. clusters.Where(one => !IsLost(one, givenUp))];
        return new FailoverPlan(
            [.. clusters.Where(one => IsLost(one, givenUp)).Select(one => new LostCluster(one.Target, one.Error, Gateways(one, there)))],
            [.. there.Select(one => Shifts(one, there, lostNames))]);
    }

    /// <summary>The way back: routes that were shifted and whose earlier backends have endpoints again. Clusters that don't answer may have more of them, and are named.</summary>
    public static FailoverPlan Back(IReadOnlyList<ObservedCluster> clusters, IReadOnlySet<string> givenUp)
    {
        HashSet<string> lostNames = Names(clusters, givenUp);
        ObservedCluster[] there = [.. clusters.Where(one => !IsLost(one, givenUp))];
        return new FailoverPlan(
        [
            .. clusters.Where(one => IsLost(one, givenUp) && !givenUp.Contains(one.Target.Context)).Select(one => new LostCluster(one.Target, one.Error, [])),
        ],
        [
            .. there.Select(one => new ClusterShift(one.Target,
                [.. RoutesOf(one).Where(route => route.Annotation(Annotation) is not null).Select(route => FailoverReturn.Of(route, one.CatalogOver(SchemaCatalog.Bundled), new BackendWeights(LiveEndpoints.Of(one), lostNames)))])),
        ]);
    }

    /// <summary>The kinds of routes that a cluster has objects of.</summary>
    public static IEnumerable<GroupKind> KindsOf(ObservedCluster cluster) =>
        Routes.Select(kind => new GroupKind(ClusterReader.GatewayGroup, kind)).Where(kind => cluster.Kinds.TryGetValue(kind, out ObservedKind? known) && !known.Resources.IsEmpty);

    internal static IEnumerable<ObservedResource> RoutesOf(ObservedCluster cluster) =>
        Routes.SelectMany(kind => cluster.Kinds.TryGetValue(new GroupKind(ClusterReader.GatewayGroup, kind), out ObservedKind? known) ? known.Resources.Values : [])
            .OrderBy(one => one.Key.ToString(), StringComparer.Ordinal);

    private static bool IsLost(ObservedCluster cluster, IReadOnlySet<string> givenUp) =>
        givenUp.Contains(cluster.Target.Context) || cluster.State is ConnectionState.Lost or ConnectionState.Failed;

    private static HashSet<string> Names(IReadOnlyList<ObservedCluster> clusters, IReadOnlySet<string> givenUp) =>
        [.. clusters.Where(one => givenUp.Contains(one.Target.Context)).SelectMany(one => (string[])[one.Target.Context, one.Target.Cluster]).Where(name => name.Length > 0)];

    private static ImmutableArray<LostGateway> Gateways(ObservedCluster cluster, ObservedCluster[] there)
    {
        if (!cluster.Kinds.TryGetValue(new GroupKind(ClusterReader.GatewayGroup, "Gateway"), out ObservedKind? known))
        {
            return [];
        }
        return
        [
            .. known.Resources.Values.OrderBy(one => one.Key.ToString(), StringComparer.Ordinal).Select(one => new LostGateway(one.Key, [.. GatewayAddress.AllOf(one)],
                [.. there.Where(other => other.Find(one.Key) is not null).Select(other => (other.Target.Label, GatewayAddress.AllOf(other.Find(one.Key)!).ToImmutableArray()))])),
        ];
    }

    private static ClusterShift Shifts(ObservedCluster cluster, ObservedCluster[] there, HashSet<string> lostNames)
    {
        var weights = new BackendWeights(LiveEndpoints.Of(cluster), lostNames);
        (ObservedCluster Cluster, BackendWeights Weights)[] others = [.. there.Where(one => !ReferenceEquals(one, cluster)).Select(one => (one, new BackendWeights(LiveEndpoints.Of(one), lostNames)))];
        var routes = ImmutableArray.CreateBuilder<RouteShift>();
        foreach (ObservedResource route in RoutesOf(cluster))
        {
            if (Shift(cluster, route, weights, others) is { } shift)
            {
                routes.Add(shift);
            }
        }
        return new ClusterShift(cluster.Target, routes.ToImmutable());
    }

    private static RouteShift? Shift(ObservedCluster cluster, ObservedResource route, BackendWeights weights, (ObservedCluster Cluster, BackendWeights Weights)[] others)
    {
        if (route.ToTree() is not { } tree || CleanedObject.Of(tree, cluster.CatalogOver(SchemaCatalog.Bundled).FindAny(route.Gvk)) is not { } prepared || prepared["spec"].At("rules") is not JsonArray rules)
        {
            return null;
        }
        var outages = ImmutableArray.CreateBuilder<RuleOutage>();
        var changes = ImmutableArray.CreateBuilder<string>();
        string? obstacle = null;
        for (int i = 0; i < rules.Count; i++)
        {
            List<WeighedBackend> backends = weights.Of(rules[i], route.Namespace);
            WeighedBackend[] empty = [.. backends.Where(one => one is { Weight: > 0, IsEmpty: true })];
            if (empty.Length == 0)
            {
                continue;
            }
            WeighedBackend[] used = [.. backends.Where(one => one is { Weight: > 0, IsEmpty: false })];
            outages.Add(new RuleOutage(i, [.. empty.Select(one => one.Text)], used.Length == 0));
            var refs = (JsonArray)rules[i]!["backendRefs"]!;
            JsonArray before = (JsonArray)refs.DeepClone();
            if (used.Length > 0 && !used.Any(one => one.IsReady))
            {
                obstacle = $"Rule {i + 1}: whether {used[0].Text} has ready endpoints is not known.";
                continue;
            }
            int total = (int)Math.Min(1_000_000, empty.Sum(one => (long)one.Weight));
            if (used.Length == 0 && Receivers(cluster, backends, empty, refs, others, total, i, changes) is { } why)
            {
                obstacle = why;
                continue;
            }
            foreach (WeighedBackend one in empty)
            {
                one.Node["weight"] = 0;
                changes.Add(string.Create(CultureInfo.InvariantCulture, $"rule {i + 1}: {one.Text} weight {one.Weight} -> 0 (no ready endpoints)"));
            }
            ShiftRecord.Keep(prepared, i, before, refs);
        }
        return outages.Count == 0 ? null
            : new RouteShift(route, outages.ToImmutable(), changes.ToImmutable(), changes.Count == 0 ? null : prepared, obstacle)
            {
                IsDown = outages.Count == rules.Count && outages.All(one => one.IsTotal),
            };
    }

    /// <summary>Gives the weight to backends that can answer. Null when there is one; else why there is none.</summary>
    private static string? Receivers(ObservedCluster cluster, List<WeighedBackend> backends, WeighedBackend[] empty, JsonArray refs,
        (ObservedCluster Cluster, BackendWeights Weights)[] others, int total, int rule, ImmutableArray<string>.Builder changes)
    {
        WeighedBackend[] spare = [.. backends.Where(one => one is { Weight: 0, IsReady: true })];
        foreach (WeighedBackend one in spare)
        {
            one.Node["weight"] = total;
            changes.Add(string.Create(CultureInfo.InvariantCulture, $"rule {rule + 1}: {one.Text} weight 0 -> {total} ({one.Ready} ready endpoints)"));
        }
        if (spare.Length > 0)
        {
            return null;
        }
        bool isAny = false;
        foreach (WeighedBackend one in empty)
        {
            if (Counterpart(cluster, one, others) is not { } other)
            {
                continue;
            }
            other.Node["weight"] = one.Weight;
            if (one.Node["filters"] is { } filters)
            {
                other.Node["filters"] = filters.DeepClone();
            }
            refs.Add((JsonNode)other.Node);
            string where = other.Ready is { } ready ? string.Create(CultureInfo.InvariantCulture, $"{ready} ready endpoints") : "ready endpoints in another cluster";
            changes.Add(string.Create(CultureInfo.InvariantCulture, $"rule {rule + 1}: {other.Text} added with weight {one.Weight} ({where})"));
            isAny = true;
        }
        return isAny ? null : $"Rule {rule + 1}: nothing with ready endpoints can take the place of {string.Join(", ", empty.Select(one => one.Text))}.";
    }

    /// <summary>The import of the same name for a Service, the local Service for an import.</summary>
    private static WeighedBackend? Counterpart(ObservedCluster cluster, WeighedBackend empty, (ObservedCluster Cluster, BackendWeights Weights)[] others)
    {
        if (empty.Kind == "ServiceImport")
        {
            var local = new BackendWeights(LiveEndpoints.Of(cluster), ImmutableHashSet<string>.Empty);
            int? ready = local.Ready("", "Service", empty.Namespace, empty.Name);
            return ready > 0 && cluster.Find(new ObjectKey("", "Service", empty.Namespace, empty.Name)) is { } service && PortOf(service, empty.Port) is { } port
                ? Made("", "Service", empty, port, ready) : null;
        }
        if (empty.Kind != "Service")
        {
            return null;
        }
        foreach (string group in (string[])[MultiCluster, Gke])
        {
            if (cluster.Find(new ObjectKey(group, "ServiceImport", empty.Namespace, empty.Name)) is not { } import || PortOf(import, empty.Port) is not { } port)
            {
                continue;
            }
            // Where imports have no slices of their own, the exporting cluster tells.
            int? ready = new BackendWeights(LiveEndpoints.Of(cluster), ImmutableHashSet<string>.Empty).Ready(group, "ServiceImport", empty.Namespace, empty.Name);
            bool isElsewhere = others.Any(one => one.Weights.Ready("", "Service", empty.Namespace, empty.Name) > 0);
            if (ready > 0 || (ready is null && isElsewhere))
            {
                return Made(group, "ServiceImport", empty, port, ready);
            }
        }
        return null;
    }

    private static WeighedBackend Made(string group, string kind, WeighedBackend empty, int port, int? ready)
    {
        var node = new JsonObject();
        if (group.Length > 0)
        {
            node["group"] = group;
            node["kind"] = kind;
        }
        node["name"] = empty.Name;
        if (empty.Node["namespace"] is { } space)
        {
            node["namespace"] = space.DeepClone();
        }
        node["port"] = port;
        return new WeighedBackend(node, group, kind, empty.Namespace, empty.Name, port, empty.Weight, ready);
    }

    /// <summary>The wanted port if the object has it, else its only one; null when it is not clear.</summary>
    private static int? PortOf(ObservedResource service, int? wanted)
    {
        JsonObject? tree = service.ToTree();
        JsonArray ports = tree?["spec"].At("ports") as JsonArray ?? tree?["ports"] as JsonArray ?? [];
        int[] numbers = [.. ports.Select(port => (int?)port.At("port").Number()).OfType<int>().Distinct()];
        return wanted is { } port && numbers.Contains(port) ? port : numbers.Length == 1 ? numbers[0] : null;
    }
}
