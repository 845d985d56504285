using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Failover;

/// <summary>Brings a shifted route back to its earlier backends, where these can answer again.</summary>
internal static class FailoverReturn
{
    public static RouteShift Of(ObservedResource route, SchemaCatalog catalog, BackendWeights weights)
    {
        SchemaNode? schema = catalog.FindAny(route.Gvk);
        JsonObject prepared = CleanedObject.Of(route.ToTree() ?? [], schema);
        List<ShiftRecord> records = ShiftRecord.Read(route.Annotation(FailoverPlanner.Annotation) ?? "");
        var changes = ImmutableArray.CreateBuilder<string>();
        if (records.Count == 0 || prepared["spec"].At("rules") is not JsonArray rules)
        {
            return new RouteShift(route, [], [], null, $"The annotation {FailoverPlanner.Annotation} can't be read.");
        }
        foreach (ShiftRecord record in records)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"Rule {record.Rule + 1}");
            if (record.Rule >= rules.Count || rules[record.Rule] is not JsonObject rule || !Same(weights.Of(rule, route.Namespace), weights.OfRefs(record.After, route.Namespace)))
            {
                return new RouteShift(route, [], [], null, $"{name} was changed since the shift; set its weights yourself and remove the annotation {FailoverPlanner.Annotation}.");
            }
            List<WeighedBackend> before = weights.OfRefs(record.Before, route.Namespace);
            if (before.Find(one => one is { Weight: > 0, IsEmpty: true }) is { } empty)
            {
                return new RouteShift(route, [], [], null, $"{name}: {empty.Text} has no ready endpoints so far.");
            }
            changes.Add($"{name.ToLowerInvariant()}: back to {string.Join(", ", before.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Text} weight {one.Weight}")))}");
            rule["backendRefs"] = record.Before.DeepClone();
        }
        var annotations = (JsonObject)prepared["metadata"]!["annotations"]!;
        annotations.Remove(FailoverPlanner.Annotation);
        if (annotations.Count == 0)
        {
            ((JsonObject)prepared["metadata"]!).Remove("annotations");
        }
        return new RouteShift(route, [], changes.ToImmutable(), prepared, null);
    }

    private static bool Same(List<WeighedBackend> now, List<WeighedBackend> then) =>
        now.Count == then.Count && now.Zip(then).All(pair =>
            (pair.First.Group, pair.First.Kind, pair.First.Namespace, pair.First.Name, pair.First.Port, pair.First.Weight)
            == (pair.Second.Group, pair.Second.Kind, pair.Second.Namespace, pair.Second.Name, pair.Second.Port, pair.Second.Weight));
}
