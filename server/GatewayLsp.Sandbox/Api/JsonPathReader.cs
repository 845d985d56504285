using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Api;

/// <summary>The part of JSONPath that printer columns use: <c>.field</c>, <c>[*]</c>, <c>[0]</c>, <c>[?(@.field=="value")]</c>.</summary>
internal static class JsonPathReader
{
    public static IEnumerable<JsonNode?> Read(JsonNode? root, string path)
    {
        IEnumerable<JsonNode?> at = [root];
        foreach (string step in Steps(path))
        {
            at = Next(at, step);
        }
        return at.Where(found => found is not null);
    }

    private static IEnumerable<JsonNode?> Next(IEnumerable<JsonNode?> nodes, string step)
    {
        foreach (JsonNode? node in nodes)
        {
            if (!step.StartsWith('['))
            {
                yield return node.At(step);
            }
            else if (node is JsonArray items)
            {
                foreach (JsonNode? item in Select(items, step[1..^1]))
                {
                    yield return item;
                }
            }
        }
    }

    private static IEnumerable<JsonNode?> Select(JsonArray items, string filter)
    {
        if (filter == "*")
        {
            return items;
        }
        if (int.TryParse(filter, out int index))
        {
            return index >= 0 && index < items.Count ? [items[index]] : [];
        }
        int equal = filter.IndexOf("==", StringComparison.Ordinal);
        if (!filter.StartsWith("?(@.", StringComparison.Ordinal) || equal < 0)
        {
            return [];
        }
        string field = filter[4..equal].Trim();
        string value = filter[(equal + 2)..].TrimEnd(')').Trim().Trim('"', '\'');
        return items.Where(item => item.At(field.Split('.')).Shown() == value);
    }

    private static IEnumerable<string> Steps(string path)
    {
        int at = 0;
        while (at < path.Length)
        {
            if (path[at] == '.')
            {
                at++;
                continue;
            }
            int end = at;
            if (path[at] == '[')
            {
                // A filter may have dots of its own; it ends with its bracket.
                end = path.IndexOf(']', at);
                end = end < 0 ? path.Length - 1 : end;
                yield return path[at..(end + 1)];
                at = end + 1;
                continue;
            }
            while (end < path.Length && path[end] is not ('.' or '['))
            {
                end++;
            }
            yield return path[at..end];
            at = end;
        }
    }
}
