using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Resolution.Features;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>What the GatewayClasses of clusters say of themselves.</summary>
internal static class LiveFeatures
{
    private static readonly GroupKind Classes = new(ApiGroups.Gateway, "GatewayClass");

    /// <summary>The classes of clusters; the same instance as before when they say the same.</summary>
    public static AnnouncedClasses Of(ImmutableArray<ObservedCluster> clusters, AnnouncedClasses before)
    {
        var found = new Dictionary<string, List<(string Label, string Controller, HashSet<string> Features)>>(StringComparer.Ordinal);
        foreach (ObservedCluster cluster in clusters)
        {
            foreach (ObservedResource one in cluster.Kinds.GetValueOrDefault(Classes)?.Resources.Values ?? [])
            {
                if (!found.TryGetValue(one.Name, out var same))
                {
                    found[one.Name] = same = [];
                }
                same.Add((cluster.Target.Label, ControllerOf(one), FeaturesOf(one)));
            }
        }
        if (found.Count == 0)
        {
            return AnnouncedClasses.None;
        }
        var made = new AnnouncedClasses(found.ToImmutableDictionary(one => one.Key, one => Join(one.Value), StringComparer.Ordinal));
        return made.IsSame(before) ? before : made;
    }

    /// <summary>Objects with a name; plain names in early versions.</summary>
    public static HashSet<string> FeaturesOf(ObservedResource gatewayClass)
    {
        var supported = new HashSet<string>(StringComparer.Ordinal);
        if (gatewayClass.Body.TryGetProperty("status"u8, out JsonElement status) && status.ValueKind == JsonValueKind.Object
            && status.TryGetProperty("supportedFeatures"u8, out JsonElement features) && features.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement feature in features.EnumerateArray())
            {
                JsonElement name = feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("name"u8, out JsonElement inner) ? inner : feature;
                if (name.ValueKind == JsonValueKind.String)
                {
                    supported.Add(name.GetString()!);
                }
            }
        }
        return supported;
    }

    private static string ControllerOf(ObservedResource gatewayClass) =>
        gatewayClass.Body.TryGetProperty("spec"u8, out JsonElement spec) && spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty("controllerName"u8, out JsonElement name)
            && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";

    private static AnnouncedClass Join(List<(string Label, string Controller, HashSet<string> Features)> all)
    {
        var telling = all.FindAll(static one => one.Features.Count > 0);
        string controller = all.TrueForAll(one => one.Controller == all[0].Controller) ? all[0].Controller : "";
        ImmutableHashSet<string> features = telling.Count == 0 ? [] : telling.Skip(1).Aggregate(telling[0].Features.ToImmutableHashSet(StringComparer.Ordinal), static (left, one) => left.Intersect(one.Features));
        return new AnnouncedClass(controller, features, Naming.List([.. telling.Select(static one => one.Label)]));
    }
}
