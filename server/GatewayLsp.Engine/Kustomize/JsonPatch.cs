using System.Globalization;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>JSON Patch (RFC 6902) on a built object.</summary>
internal static class JsonPatch
{
    /// <summary>Null when all operations could be done; else what kustomize would refuse.</summary>
    public static string? Apply(BuildMapping root, BuildSequence operations)
    {
        foreach (BuildNode item in operations.Items)
        {
            if (item is not BuildMapping operation || operation.TextAt("op") is not { } op || operation.TextAt("path") is not { } path)
            {
                return "an operation without `op` and `path`";
            }
            BuildNode? value = operation.Get("value");
            string? problem = op switch
            {
                "add" => value is null ? "`add` without a value" : Add(root, path, value.Copy(), operation.Find("value")!.KeyOrigin),
                "replace" => value is null ? "`replace` without a value" : Replace(root, path, value.Copy()),
                "remove" => Remove(root, path),
                "test" => null,
                "move" or "copy" => Transfer(root, operation, op == "move", path),
                _ => $"`{op}` is no operation of JSON Patch",
            };
            if (problem is not null)
            {
                return problem;
            }
        }
        return null;
    }

    private static string? Transfer(BuildMapping root, BuildMapping operation, bool isMove, string path)
    {
        if (operation.TextAt("from") is not { } from || Find(root, Segments(from)) is not { } found)
        {
            return "`from` leads to nothing";
        }
        BuildNode value = found.Copy();
        return (isMove ? Remove(root, from) : null) ?? Add(root, path, value, value.Origin);
    }

    private static string? Add(BuildMapping root, string path, BuildNode value, BuildOrigin? origin)
    {
        string[] segments = Segments(path);
        switch (Parent(root, segments))
        {
            case BuildMapping mapping:
                mapping.Set(segments[^1], value, origin);
                return null;
            case BuildSequence list when segments[^1] == "-":
                list.Items.Add(value);
                return null;
            case BuildSequence list when IndexOf(segments[^1]) is { } index && index <= list.Items.Count:
                list.Items.Insert(index, value);
                return null;
            default:
                return Nothing(path);
        }
    }

    private static string? Replace(BuildMapping root, string path, BuildNode value)
    {
        string[] segments = Segments(path);
        switch (Parent(root, segments))
        {
            case BuildMapping mapping when mapping.Find(segments[^1]) is { } entry:
                entry.Value = value;
                return null;
            case BuildSequence list when IndexOf(segments[^1]) is { } index && index < list.Items.Count:
                list.Items[index] = value;
                return null;
            default:
                return Nothing(path);
        }
    }

    private static string? Remove(BuildMapping root, string path)
    {
        string[] segments = Segments(path);
        switch (Parent(root, segments))
        {
            case BuildMapping mapping when mapping.Find(segments[^1]) is not null:
                mapping.Remove(segments[^1]);
                return null;
            case BuildSequence list when IndexOf(segments[^1]) is { } index && index < list.Items.Count:
                list.Items.RemoveAt(index);
                return null;
            default:
                return Nothing(path);
        }
    }

    private static string Nothing(string path) => $"`{path}` leads to nothing";

    private static BuildNode? Parent(BuildMapping root, string[] segments) => segments.Length == 0 ? null : Find(root, segments.AsSpan(0, segments.Length - 1));

    private static BuildNode? Find(BuildNode root, ReadOnlySpan<string> segments)
    {
        BuildNode? node = root;
        foreach (string segment in segments)
        {
            node = node switch
            {
                BuildMapping mapping => mapping.Get(segment),
                BuildSequence list when IndexOf(segment) is { } index && index < list.Items.Count => list.Items[index],
                _ => null,
            };
        }
        return node;
    }

    private static string[] Segments(string pointer)
    {
        string[] segments = pointer.Split('/')[1..];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = segments[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        }
        return segments;
    }

    private static int? IndexOf(string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;
}
