using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Api;

/// <summary>The kinds of patches besides apply: JSON patch (RFC 6902), merge patch (RFC 7396), strategic merge patch.</summary>
internal static class Patches
{
    private const int MaxOperations = 10_000;

    /// <summary>Characters that all copies of one patch may add: a few lines that copy a list into itself double it each time.</summary>
    private const int MaxCopied = 3 * 1024 * 1024;

    /// <summary>Whether it is a JSON patch at all: a list of operations that there are.</summary>
    public static bool IsOperations(JsonNode? patch) =>
        patch is JsonArray operations && operations.All(one => one.At("op").Text() is "add" or "remove" or "replace" or "move" or "copy" or "test");

    /// <summary>A JSON patch; null when it can't be carried out.</summary>
    public static JsonNode? Operations(JsonNode target, JsonNode? patch)
    {
        if (patch is not JsonArray operations || operations.Count > MaxOperations)
        {
            return null;
        }
        JsonNode? root = target.DeepClone();
        int copied = 0;
        foreach (JsonNode? one in operations)
        {
            if (one.At("path").Text() is not { } path || !IsPointer(path) || !Operate(ref root, one!, one.At("op").Text(), path, ref copied))
            {
                return null;
            }
        }
        return root;
    }

    public static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }
        JsonObject result = target is JsonObject there ? there.Copy() : [];
        foreach ((string name, JsonNode? value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Merge(result[name], value);
            }
        }
        return result;
    }

    /// <summary>As kubectl sends it for built-in kinds: lists with merge keys are merged, <c>$patch</c> says otherwise.</summary>
    public static JsonNode? Strategic(JsonNode? target, JsonNode? patch, SchemaNode? schema)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }
        if (changes.At("$patch").Text() == "replace")
        {
            JsonObject whole = changes.Copy();
            whole.Remove("$patch");
            return whole;
        }
        JsonObject result = target is JsonObject there ? there.Copy() : [];
        if (changes["$retainKeys"] is JsonArray retained)
        {
            HashSet<string?> kept = [.. retained.Select(one => one.Text())];
            foreach (string name in result.Select(member => member.Key).Where(name => !kept.Contains(name)).ToArray())
            {
                result.Remove(name);
            }
        }
        foreach ((string name, JsonNode? value) in changes)
        {
            if (name.StartsWith("$setElementOrder/", StringComparison.Ordinal) || name is "$patch" or "$retainKeys")
            {
                continue;
            }
            if (name.StartsWith("$deleteFromPrimitiveList/", StringComparison.Ordinal))
            {
                string list = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
                string[] gone = [.. value.Items().Select(Json.Text)];
                result[list] = new JsonArray([.. result[list].Items().Where(item => !gone.Contains(Json.Text(item))).Select(item => item?.DeepClone())]);
                continue;
            }
            SchemaNode? field = schema?.Child(name);
            string key = MergeKeys.Of(name, field);
            if (value is null || value.At("$patch").Text() == "delete")
            {
                result.Remove(name);
            }
            else if (value is JsonArray items && key.Length > 0 && items.All(item => item is JsonObject))
            {
                result[name] = MergeList(result[name] as JsonArray ?? [], items, key, field?.Items);
            }
            else
            {
                result[name] = Strategic(result[name], value, field);
            }
        }
        return result;
    }

    private static JsonArray MergeList(JsonArray target, JsonArray patch, string key, SchemaNode? items)
    {
        if (patch.Any(item => item.At("$patch").Text() == "replace"))
        {
            return new JsonArray([.. patch.Where(item => item.At("$patch") is null).Select(item => item?.DeepClone())]);
        }
        List<JsonNode?> all = [.. target.Select(item => item?.DeepClone())];
        foreach (JsonNode? item in patch)
        {
            int at = all.FindIndex(one => Json.Same(one.At(key), item.At(key)));
            if (item.At("$patch").Text() == "delete")
            {
                if (at >= 0)
                {
                    all.RemoveAt(at);
                }
            }
            else if (at >= 0)
            {
                all[at] = Strategic(all[at], item, items);
            }
            else
            {
                all.Add(item?.DeepClone());
            }
        }
        return new JsonArray([.. all]);
    }

    private static bool Operate(ref JsonNode? root, JsonNode one, string? operation, string path, ref int copied)
    {
        switch (operation)
        {
            case "add":
                return Set(ref root, path, one.At("value")?.DeepClone(), isAdd: true);
            case "replace":
                return Has(root, path) && Set(ref root, path, one.At("value")?.DeepClone(), isAdd: false);
            case "remove":
                return Remove(root, path);
            case "test":
                return Has(root, path) && Json.Same(Get(root, path), one.At("value"));
            case "copy" when one.At("from").Text() is { } from && IsPointer(from) && Has(root, from):
                JsonNode? source = Get(root, from);
                copied += Json.Text(source).Length;
                return copied <= MaxCopied && Set(ref root, path, source?.DeepClone(), isAdd: true);
            case "move" when one.At("from").Text() is { } from && IsPointer(from) && Has(root, from):
                JsonNode? moved = Get(root, from);
                return Remove(root, from) && Set(ref root, path, moved, isAdd: true);
            default:
                return false;
        }
    }

    /// <summary>Empty for the whole, else with a slash in front of each step.</summary>
    private static bool IsPointer(string path) => path.Length == 0 || path[0] == '/';

    private static string[] Steps(string path) => path.Length == 0 ? [] : [.. path[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static bool Find(JsonNode? root, ReadOnlySpan<string> steps, out JsonNode? found)
    {
        found = root;
        foreach (string step in steps)
        {
            switch (found)
            {
                case JsonObject members when members.TryGetPropertyValue(step, out JsonNode? child):
                    found = child;
                    break;
                case JsonArray items when Index(step, items.Count) is { } at && at < items.Count:
                    found = items[at];
                    break;
                default:
                    return false;
            }
        }
        return true;
    }

    private static bool Has(JsonNode? root, string path) => Find(root, Steps(path), out _);

    private static JsonNode? Get(JsonNode? root, string path) => Find(root, Steps(path), out JsonNode? found) ? found : null;

    private static int? Index(string step, int end) =>
        step == "-" ? end : int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int at) && at <= end ? at : null;

    private static bool Set(ref JsonNode? root, string path, JsonNode? value, bool isAdd)
    {
        string[] steps = Steps(path);
        if (steps.Length + Json.Depth(value) > Json.MaxDepth)
        {
            return false;
        }
        if (steps.Length == 0)
        {
            root = value;
            return true;
        }
        if (!Find(root, steps.AsSpan()[..^1], out JsonNode? parent))
        {
            return false;
        }
        switch (parent)
        {
            case JsonObject members:
                members[steps[^1]] = value;
                return true;
            case JsonArray items when Index(steps[^1], items.Count) is { } at:
                if (isAdd)
                {
                    items.Insert(at, value);
                }
                else
                {
                    items[at] = value;
                }
                return true;
            default:
                return false;
        }
    }

    private static bool Remove(JsonNode? root, string path)
    {
        string[] steps = Steps(path);
        if (steps.Length == 0 || !Find(root, steps.AsSpan()[..^1], out JsonNode? parent))
        {
            return false;
        }
        switch (parent)
        {
            case JsonObject members:
                return members.Remove(steps[^1]);
            case JsonArray items when Index(steps[^1], items.Count) is { } at && at < items.Count:
                items.RemoveAt(at);
                return true;
            default:
                return false;
        }
    }
}
