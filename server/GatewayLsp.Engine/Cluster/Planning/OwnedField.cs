using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>
/// A field that others own, as a field conflict names it: <c>.spec.rules</c>, <c>.spec.listeners[name="web"].port</c>. A list that is
/// owned as a whole is a conflict also when it says the same and only leaves out what the server adds as a default.
/// </summary>
internal static class OwnedField
{
    private const int MaxSteps = 100;

    /// <summary>True when the field is the same in both states. False when it can't be found in one.</summary>
    public static bool IsSame(string field, JsonObject live, JsonObject outcome) =>
        Find(live, field) is { } before && Find(outcome, field) is { } after && JsonTrees.Same(before, after);

    /// <summary>Takes the field out of a body. False when it is not there.</summary>
    public static bool Remove(string field, JsonObject body)
    {
        if (Find(body, field) is not { Parent: { } parent } written)
        {
            return false;
        }
        if (parent is JsonObject map)
        {
            map.Remove(written.GetPropertyName());
        }
        else
        {
            parent.AsArray().RemoveAt(written.GetElementIndex());
        }
        return true;
    }

    private static JsonNode? Find(JsonNode? at, string field)
    {
        for (int steps = 0; field.Length > 0 && at is not null; steps++)
        {
            if (steps == MaxSteps)
            {
                return null;
            }
            (at, field) = at switch
            {
                JsonObject map when field[0] == '.' => Member(map, field[1..]),
                JsonArray list when field[0] == '[' => Item(list, field),
                _ => (null, ""),
            };
        }
        return at;
    }

    /// <summary>Names may have dots: the longest that fits counts.</summary>
    private static (JsonNode?, string) Member(JsonObject map, string rest)
    {
        string? best = null;
        foreach ((string name, _) in map)
        {
            if (rest.StartsWith(name, StringComparison.Ordinal) && (rest.Length == name.Length || rest[name.Length] is '.' or '[') && !(best?.Length >= name.Length))
            {
                best = name;
            }
        }
        return best is null ? (null, "") : (map[best], rest[best.Length..]);
    }

    private static (JsonNode?, string) Item(JsonArray list, string rest)
    {
        int end = ItemKeys.End(rest, 0);
        if (end < 0)
        {
            return (null, "");
        }
        string inner = rest[1..end];
        JsonNode? found = int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index < list.Count ? list[index] : null
            : ItemKeys.Find(list, inner, (item, key) => (key.Length == 0 ? item : item.At(key)) is JsonValue value ? value.Text() ?? value.ToJsonString() : null);
        return (found, rest[(end + 1)..]);
    }
}
