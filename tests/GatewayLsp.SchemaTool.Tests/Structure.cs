using System.Text.Json.Nodes;

namespace GatewayLsp.SchemaTool.Tests;

/// <summary>Compares what two schemas let through, not how they are written or documented.</summary>
internal static class Structure
{
    private static readonly string[] Ignored = ["description", "x-kubernetes-validations"];

    private static readonly string[] Sets = ["required", "enum"];

    public static List<string> Differences(string path, JsonNode? ours, JsonNode? theirs)
    {
        var differences = new List<string>();
        CompareSchema(path, (JsonObject)ours!, (JsonObject)theirs!, differences);
        return differences;
    }

    private static void CompareSchema(string path, JsonObject ours, JsonObject theirs, List<string> differences)
    {
        foreach (var keyword in Keywords(ours).Union(Keywords(theirs)))
        {
            var left = ours[keyword];
            var right = theirs[keyword];
            switch (keyword)
            {
                case "properties":
                    CompareProperties(path, left as JsonObject ?? [], right as JsonObject ?? [], differences);
                    break;
                case "items" or "additionalProperties" or "not" when left is JsonObject inner && right is JsonObject other:
                    CompareSchema($"{path}.{keyword}", inner, other, differences);
                    break;
                case "oneOf" or "anyOf" or "allOf" when left is JsonArray inner && right is JsonArray other && inner.Count == other.Count:
                    for (var i = 0; i < inner.Count; i++)
                    {
                        CompareSchema($"{path}.{keyword}[{i}]", (JsonObject)inner[i]!, (JsonObject)other[i]!, differences);
                    }

                    break;
                default:
                    if (Canonical(keyword, left) != Canonical(keyword, right))
                    {
                        differences.Add($"{path}: {keyword} is {left?.ToJsonString() ?? "absent"}, the CRD has {right?.ToJsonString() ?? "none"}");
                    }

                    break;
            }
        }
    }

    private static void CompareProperties(string path, JsonObject ours, JsonObject theirs, List<string> differences)
    {
        foreach (var name in ours.Select(one => one.Key).Union(theirs.Select(one => one.Key)))
        {
            if (ours[name] is JsonObject left && theirs[name] is JsonObject right)
            {
                CompareSchema($"{path}.{name}", left, right, differences);
            }
            else
            {
                differences.Add($"{path}.{name}: {(ours.ContainsKey(name) ? "the CRD does not have it" : "we lack it")}");
            }
        }
    }

    private static IEnumerable<string> Keywords(JsonObject schema) =>
        schema.Select(pair => pair.Key).Where(key => !Ignored.Contains(key) && !key.StartsWith("x-gateway-", StringComparison.Ordinal));

    private static string? Canonical(string keyword, JsonNode? value) => value switch
    {
        JsonArray set when Sets.Contains(keyword) => string.Join(',', set.Select(item => item?.ToJsonString()).Order(StringComparer.Ordinal)),
        JsonValue number when number.GetValueKind() == System.Text.Json.JsonValueKind.Number => ((double)decimal.Parse(number.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => value?.ToJsonString(),
    };
}
