using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Features;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>What of an object a cluster would not take, or not keep, because its Gateway API is another one than the manifest is written for.</summary>
public static class TargetSkew
{
    private const int MaxFields = 5;

    /// <summary>A sentence; null when nothing is lost, or nothing is known of what the cluster serves.</summary>
    public static string? Of(ManifestObject one, ObservedCluster cluster)
    {
        if (one.Name.Length == 0 || one.Document.IsTemplate)
        {
            return null;
        }
        string serves = GatewayApiBundle.Of(cluster) is { } bundle ? $"This cluster has Gateway API {bundle}" : "This cluster has another Gateway API";
        if (SchemaCatalog.IsGatewayApiGroup(one.Gvk.Group) && cluster.Served is { } served && served.Find(one.Gvk) is null && served.Knows(one.Gvk.Group, one.Kind) != Presence.Unknown)
        {
            return served.Find(one.Gvk.Group, one.Kind) is { } other
                ? $"{serves}: it serves {one.Kind} as `{other.Gvk.ApiVersion}`, not as `{one.ApiVersion}`."
                : $"{serves}: it has no {one.Kind}.";
        }
        ImmutableArray<string> dropped = DroppedFields(one, cluster);
        if (dropped.IsEmpty)
        {
            return null;
        }
        string names = string.Join(", ", dropped.Take(MaxFields).Select(field => $"`{field}`")) + (dropped.Length > MaxFields ? $" and {dropped.Length - MaxFields} more" : "");
        return $"{serves}: {names} would be dropped.";
    }

    /// <summary>Paths of the fields that the cluster's definition of the kind does not have, while ours does.</summary>
    public static ImmutableArray<string> DroppedFields(ManifestObject one, ObservedCluster cluster)
    {
        if (cluster.Definitions is not { } definitions || !definitions.Has(one.Gvk) || definitions.Catalog.FindAny(one.Gvk) is not { } theirs
            || SchemaCatalog.Bundled.FindAny(one.Gvk) is not { } ours)
        {
            return [];
        }
        var unknown = ImmutableArray.CreateBuilder<string>();
        foreach (SchemaIssue issue in SchemaValidator.Validate(one.Node, theirs, new SchemaValidation(one.Document)))
        {
            if (issue.Kind == SchemaIssueKind.UnknownField)
            {
                unknown.Add(issue.Field);
            }
        }
        if (unknown.Count == 0)
        {
            return [];
        }
        // A field that nobody knows is a mistake, and told as one.
        HashSet<string> mistakes = [.. SchemaValidator.Validate(one.Node, ours, new SchemaValidation(one.Document)).Where(issue => issue.Kind == SchemaIssueKind.UnknownField).Select(issue => issue.Field)];
        unknown.RemoveAll(mistakes.Contains);
        return unknown.DrainToImmutable();
    }

    /// <summary>The extended features that the object asks for and its class in the cluster does not announce; none when the class announces nothing.</summary>
    public static ImmutableArray<string> UnsupportedFeatures(ManifestObject one, Workspace workspace, ObservedCluster cluster)
    {
        List<FeatureUse> uses;
        var classes = new HashSet<string>(StringComparer.Ordinal);
        switch (one.View())
        {
            case Gateway gateway:
                uses = GatewayFeatures.Of(gateway);
                classes.Add(gateway.ClassName);
                break;
            case Route route:
                uses = RouteFeatures.Of(workspace.Resolver.Route(route));
                foreach (ParentRef parent in route.ParentRefs)
                {
                    if (parent is { IsGateway: true, IsKnown: true } && cluster.Find(parent.Key) is { } known && ClassOf(known) is { } name)
                    {
                        classes.Add(name);
                    }
                }
                break;
            default:
                return [];
        }
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (string name in classes)
        {
            if (cluster.Find(new ObjectKey(ApiGroups.Gateway, "GatewayClass", "", name)) is { } its && LiveFeatures.FeaturesOf(its) is { Count: > 0 } supported)
            {
                missing.AddRange(uses.Select(use => use.Feature).Where(feature => !supported.Contains(feature) && !missing.Contains(feature)));
            }
        }
        return missing.DrainToImmutable();
    }

    private static string? ClassOf(ObservedResource gateway) =>
        gateway.Body.TryGetProperty("spec"u8, out JsonElement spec) && spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty("gatewayClassName"u8, out JsonElement name)
            && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
}
