using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Control;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>The status of a CustomResourceDefinition: whether its names are free, and so whether its kind is served.</summary>
internal static class DefinitionStatus
{
    private static readonly ResourceName Definitions = new("apiextensions.k8s.io", "customresourcedefinitions");

    /// <summary>False for a definition whose names another one took before.</summary>
    public static bool IsServed(JsonObject definition) =>
        !definition.At("status", "conditions").Items().Any(one => one.At("type").Text() == "Established" && one.At("status").Text() == "False");

    public static void Fill(Cluster cluster, JsonObject definition)
    {
        JsonNode? names = definition.At("spec", "names");
        (string Reason, string Message)? taken = Taken(cluster, definition, names);
        JsonNode? known = definition.At("status", "conditions");
        string now = JsonPaths.Stamp(cluster.Store.Clock.GetUtcNow());
        var status = new JsonObject
        {
            ["conditions"] = new JsonArray(
                StatusWriter.Condition(known, "NamesAccepted", taken is null ? "True" : "False", taken?.Reason ?? "NoConflicts", taken?.Message ?? "The names are free.", null, now),
                StatusWriter.Condition(known, "Established", taken is null ? "True" : "False", taken is null ? "InitialNamesAccepted" : "NotAccepted",
                    taken is null ? "The kind is served." : "The names are not accepted.", null, now)),
        };
        if (taken is null && names is JsonObject given)
        {
            JsonObject accepted = given.Copy();
            accepted["singular"] ??= (given["kind"].Text() ?? "").ToLowerInvariant();
            accepted["listKind"] ??= given["kind"].Text() + "List";
            status["acceptedNames"] = accepted;
        }
        var versions = new HashSet<string>(definition.At("status", "storedVersions").Items().Select(one => one.Text()).OfType<string>(), StringComparer.Ordinal);
        versions.UnionWith(definition.At("spec", "versions").Items().Where(one => one.At("storage").Truth() == true).Select(one => one.At("name").Text()).OfType<string>());
        status["storedVersions"] = JsonPaths.TextsOf(versions.Order(StringComparer.Ordinal));
        definition["status"] = status;
    }

    private static (string Reason, string Message)? Taken(Cluster cluster, JsonObject definition, JsonNode? names)
    {
        string group = definition.At("spec", "group").Text() ?? "";
        string own = definition.At("metadata", "name").Text() ?? "";
        foreach (StoredObject other in cluster.Store.Objects(Definitions).Values)
        {
            if (other.Place.Name == own || other.Body.At("spec", "group").Text() != group || !IsServed(other.Body))
            {
                continue;
            }
            JsonNode? theirs = other.Body.At("spec", "names");
            foreach ((string name, string reason) in ((string, string)[])[("plural", "PluralConflict"), ("kind", "KindConflict")])
            {
                if (names.At(name).Text() is { Length: > 0 } text && text == theirs.At(name).Text())
                {
                    return (reason, $"{name} {text} is taken by {other.Place.Name}.");
                }
            }
        }
        return null;
    }
}
