using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;

namespace GatewayLsp.Engine.Cluster.Failover;

/// <summary>The backends of a rule before and after a shift, as an annotation keeps them.</summary>
internal sealed record ShiftRecord(int Rule, JsonArray Before, JsonArray After)
{
    private const int MaxLength = 64 * 1024;

    /// <summary>Notes a shift in an object. A second shift of the same rule keeps what was there before the first.</summary>
    public static void Keep(JsonObject route, int rule, JsonArray before, JsonArray after)
    {
        var metadata = (JsonObject)route["metadata"]!;
        if (metadata["annotations"] is not JsonObject annotations)
        {
            metadata["annotations"] = annotations = [];
        }
        JsonObject known = Parse(annotations[FailoverPlanner.Annotation].Text());
        string key = rule.ToString(CultureInfo.InvariantCulture);
        JsonNode first = known[key].At("before") is JsonArray earlier ? earlier.DeepClone() : before;
        known[key] = new JsonObject { ["before"] = first, ["after"] = after.DeepClone() };
        annotations[FailoverPlanner.Annotation] = Encoding.UTF8.GetString(known.ToUtf8());
    }

    public static List<ShiftRecord> Read(string text)
    {
        var found = new List<ShiftRecord>();
        foreach ((string key, JsonNode? one) in Parse(text))
        {
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int rule) && one.At("before") is JsonArray before && one.At("after") is JsonArray after)
            {
                found.Add(new ShiftRecord(rule, before, after));
            }
        }
        return found;
    }

    private static JsonObject Parse(string? text) => text is { Length: <= MaxLength } ? JsonTrees.Parse(Encoding.UTF8.GetBytes(text)) ?? [] : [];
}
