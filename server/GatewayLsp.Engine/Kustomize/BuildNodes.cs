using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>Where a part of a built object is written: in a resource, a patch, or a kustomization itself. The span is in offsets of the document.</summary>
public sealed record BuildOrigin(string Path, ManifestDocument Document, TextSpan Span);

/// <summary>A part of an object while kustomizations work on it. It can be changed, unlike the tree of a document that it is read from.</summary>
internal abstract class BuildNode(BuildOrigin? origin)
{
    /// <summary>Null for what nobody wrote.</summary>
    public BuildOrigin? Origin { get; } = origin;

    public BuildNode Copy(BuildBudget budget) => Copy(budget, 0);

    public abstract BuildNode Copy(BuildBudget budget, int depth);
}

/// <param name="isPlain">Unquoted: the text may be a number, a boolean or nothing.</param>
internal sealed class BuildScalar(string value, bool isPlain, string? tag, bool isOpaque, BuildOrigin? origin) : BuildNode(origin)
{
    public string Value => value;

    public bool IsPlain => isPlain;

    public string? Tag => tag;

    /// <summary>True when a template expression is in it: its value is not known.</summary>
    public bool IsOpaque => isOpaque;

    public bool IsNull => !isOpaque && isPlain && tag is null && ScalarResolver.KindOf(value) == ScalarKind.Null;

    /// <summary>A text, however it has to be written.</summary>
    public static BuildScalar Text(string value, BuildOrigin? origin) => new(value, isPlain: false, null, isOpaque: false, origin);

    /// <summary>A value of which only that it is there is known.</summary>
    public static BuildScalar Unknown(BuildOrigin? origin) => new("${UNKNOWN}", isPlain: true, null, isOpaque: true, origin);

    public override BuildNode Copy(BuildBudget budget, int depth) => budget.TakeText(value) ? this : Unknown(Origin);
}

internal sealed class BuildSequence(BuildOrigin? origin) : BuildNode(origin)
{
    public List<BuildNode> Items { get; } = [];

    public override BuildNode Copy(BuildBudget budget, int depth)
    {
        var copy = new BuildSequence(Origin);
        foreach (BuildNode item in Items)
        {
            if (budget.Take(depth))
            {
                copy.Items.Add(item.Copy(budget, depth + 1));
            }
        }
        return copy;
    }
}

internal sealed class BuildEntry(string key, BuildOrigin? keyOrigin, BuildNode value)
{
    public string Key => key;

    public BuildOrigin? KeyOrigin => keyOrigin;

    public BuildNode Value { get; set; } = value;
}

internal sealed class BuildMapping(BuildOrigin? origin) : BuildNode(origin)
{
    private const int Few = 16;

    private Dictionary<string, BuildEntry>? _byKey;
    private readonly List<BuildEntry> _entries = [];

    public IReadOnlyList<BuildEntry> Entries => _entries;

    public BuildEntry? Find(string key)
    {
        if (_entries.Count <= Few)
        {
            foreach (BuildEntry entry in _entries)
            {
                if (entry.Key == key)
                {
                    return entry;
                }
            }
            return null;
        }
        _byKey ??= _entries.ToDictionary(static entry => entry.Key, StringComparer.Ordinal);
        return _byKey.GetValueOrDefault(key);
    }

    public BuildNode? Get(string key) => Find(key)?.Value;

    /// <summary>Puts a value under a key: in place of the one that is there, else at the end.</summary>
    public void Set(string key, BuildNode value, BuildOrigin? keyOrigin)
    {
        if (Find(key) is { } entry)
        {
            entry.Value = value;
            return;
        }
        var added = new BuildEntry(key, keyOrigin, value);
        _entries.Add(added);
        _byKey?.Add(key, added);
    }

    public void Remove(string key)
    {
        if (Find(key) is { } entry)
        {
            _entries.Remove(entry);
            _byKey?.Remove(key);
        }
    }

    /// <summary>The mapping under a key; made when something else or nothing is there.</summary>
    public BuildMapping Child(string key, BuildOrigin? origin)
    {
        if (Get(key) is BuildMapping known)
        {
            return known;
        }
        var made = new BuildMapping(origin);
        Set(key, made, origin);
        return made;
    }

    public BuildNode? At(params ReadOnlySpan<string> path)
    {
        BuildNode? node = this;
        foreach (string key in path)
        {
            node = (node as BuildMapping)?.Get(key);
        }
        return node;
    }

    /// <summary>The text of a scalar that is known; null for anything else.</summary>
    public string? TextAt(params ReadOnlySpan<string> path) => At(path) is BuildScalar { IsOpaque: false, IsNull: false } scalar ? scalar.Value : null;

    /// <summary>True for a truth value in whatever notation a kustomization may have it.</summary>
    public bool IsTrue(string key) => TextAt(key) is { } text && ScalarResolver.KindOf(text) == ScalarKind.Boolean && ScalarResolver.Truth(text);

    public override BuildNode Copy(BuildBudget budget, int depth)
    {
        var copy = new BuildMapping(Origin);
        foreach (BuildEntry entry in _entries)
        {
            if (budget.Take(depth))
            {
                copy._entries.Add(new BuildEntry(entry.Key, entry.KeyOrigin, entry.Value.Copy(budget, depth + 1)));
            }
        }
        return copy;
    }
}
