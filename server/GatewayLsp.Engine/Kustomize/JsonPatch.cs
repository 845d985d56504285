using System.Globalization;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>JSON Patch (RFC 6902) on a built object.</summary>
internal static class JsonPatch
{
    /// <summary>Null when all operations could be done; else what kustomize would refuse.</summary>
    public static string? Apply(BuildMapping root, BuildSequence operations, BuildBudget budget)
    {
        foreach (BuildNode item in operations.Items)
        {
            if (item is not BuildMapping operation || operation.TextAt("op") is not { } op || operation.TextAt("path") is not { } path)
            {
                return "an operation without `op` and `path`";
            }
            if (Segments(path).Length > BuildBudget.MaxDepth)
            {
                return "a `path` goes too deep";
            }
            // What is left out is null to kustomize.
            BuildNode value = operation.Get("value")?.Copy(budget) ?? new BuildScalar("null", isPlain: true, null, isOpaque: false, operation.Origin);
            string? problem = op switch
            {
                "add" => Add(root, path, value, operation.Find("value")?.KeyOrigin ?? operation.Origin),
                "replace" => Replace(root, path, value),
                "remove" => Remove(root, path),
                "test" => Test(root, path, value),
                "move" or "copy" => Transfer(root, operation, op == "move", path, budget),
                _ => $"`{op}` is no operation of JSON Patch",
            };
            if (problem is not null)
            {
                return problem;
            }
        }
        return null;
    }

    private static string? Transfer(BuildMapping root, BuildMapping operation, bool isMove, string path, BuildBudget budget)
    {
        if (operation.TextAt("from") is not { } from || Find(root, Segments(from)) is not { } found || ReferenceEquals(found, root))
        {
            return "`from` leads to nothing";
        }
        BuildNode value = found.Copy(budget);
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
            case BuildSequence list when IndexOf(segments[^1], list.Items.Count + 1) is { } index:
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
            case BuildMapping mapping:
                // A key that is not there is added: RFC 6902 forbids it, kustomize does it.
                mapping.Set(segments[^1], value, value.Origin);
                return null;
            case BuildSequence list when IndexOf(segments[^1], list.Items.Count) is { } index:
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
            case BuildSequence list when IndexOf(segments[^1], list.Items.Count) is { } index:
                list.Items.RemoveAt(index);
                return null;
            default:
                return Nothing(path);
        }
    }

    private static string? Test(BuildMapping root, string path, BuildNode wanted)
    {
        string[] segments = Segments(path);
        BuildNode? found;
        switch (Parent(root, segments))
        {
            case BuildMapping mapping:
                found = mapping.Get(segments[^1]);
                break;
            case BuildSequence list when IndexOf(segments[^1], list.Items.Count) is { } index:
                found = list.Items[index];
                break;
            default:
                return Nothing(path);
        }
        return (found is null ? wanted is BuildScalar { IsNull: true } : found.HasValueOf(wanted)) ? null : $"`{path}` is not what `test` expects";
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
                BuildSequence list when IndexOf(segment, list.Items.Count) is { } index => list.Items[index],
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

    /// <summary>A place in a list; <c>-1</c> is the last.</summary>
    private static int? IndexOf(string segment, int count) =>
        int.TryParse(segment, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index) && index < count && index >= -count
            ? (index < 0 ? index + count : index)
            : null;
}
