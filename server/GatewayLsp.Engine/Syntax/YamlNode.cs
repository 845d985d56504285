using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// A node of a YAML document. Spans are UTF-16 offsets relative to the document's own text, exact to the character:
/// no anchor, tag, comment, trailing blank or line break is part of one (a quoted scalar includes its quotes).
/// Nodes never change; they are shared between versions of a file.
/// </summary>
public abstract class YamlNode
{
    private protected YamlNode(TextSpan span) => Span = span;

    public TextSpan Span { get; }

    /// <summary>The mapping entry, sequence or nothing (root) that holds this node.</summary>
    public object? Owner { get; internal set; }

    public NodeProperties? Properties { get; internal init; }

    /// <summary>The node that holds this one as value, key or item; null at the root.</summary>
    public YamlNode? Parent => Owner switch
    {
        YamlEntry entry => entry.Mapping,
        YamlSequence sequence => sequence,
        _ => null,
    };

    /// <summary>The entry whose value (or key) this is, if any.</summary>
    public YamlEntry? Entry => Owner as YamlEntry;
}

/// <summary>Anchor and tag of a node, with their spans (including <c>&amp;</c> and <c>!</c>).</summary>
public sealed record NodeProperties(string? Anchor, TextSpan AnchorSpan, string? Tag, TextSpan TagSpan);

public enum ScalarStyle : byte { Plain, SingleQuoted, DoubleQuoted, Literal, Folded }

public sealed class YamlScalar : YamlNode
{
    internal YamlScalar(TextSpan span, string value, ScalarStyle style, bool isOpaque = false) : base(span)
    {
        Value = value;
        Style = style;
        IsOpaque = isOpaque;
    }

    /// <summary>The text after YAML's unquoting and folding; empty for a missing value.</summary>
    public string Value { get; }

    public ScalarStyle Style { get; }

    /// <summary>True when a template expression (<c>{{ }}</c>, <c>${ }</c> ...) is in it: its value is not known.</summary>
    public bool IsOpaque { get; }

    /// <summary>True when nothing at all is written where the value belongs (<c>key:</c> or <c>- </c>).</summary>
    public bool IsMissing => Span.IsEmpty && Style == ScalarStyle.Plain;

    public bool IsQuoted => Style != ScalarStyle.Plain;
}

public sealed class YamlMapping : YamlNode
{
    /// <summary>Mappings looked into for one key: merges of merges can name the same ones without end in a few lines.</summary>
    private const int MaxSources = 64;

    private readonly bool _hasMerge;
    private Dictionary<string, YamlEntry>? _byKey;

    internal YamlMapping(TextSpan span, ImmutableArray<YamlEntry> entries, bool isFlow) : base(span)
    {
        Entries = entries;
        IsFlow = isFlow;
        foreach (YamlEntry entry in entries)
        {
            entry.Mapping = this;
            _hasMerge |= entry.IsMerge;
        }
    }

    /// <summary>In source order; duplicates and merge keys (<c>&lt;&lt;</c>) included as written.</summary>
    public ImmutableArray<YamlEntry> Entries { get; }

    public bool IsFlow { get; }

    /// <summary>
    /// The entry of that key: the last own one, as Kubernetes' decoder lets it win, else the first of what is merged in
    /// (<c>&lt;&lt;: *base</c>), which stands in another mapping; or null.
    /// </summary>
    public YamlEntry? Find(string key)
    {
        int left = MaxSources;
        return Find(key, ref left);
    }

    private YamlEntry? Find(string key, ref int left) => FindOwn(key) ?? (_hasMerge ? Merged(key, ref left) : null);

    private YamlEntry? Merged(string key, ref int left)
    {
        foreach (YamlEntry entry in Entries)
        {
            if (entry.IsMerge && Merged(entry.Value.Resolved(), key, ref left) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    private static YamlEntry? Merged(YamlNode? source, string key, ref int left)
    {
        switch (source)
        {
            case YamlMapping mapping when left-- > 0:
                return mapping.Find(key, ref left);
            case YamlSequence sequence:
                foreach (YamlNode item in sequence.Items)
                {
                    if (left <= 0)
                    {
                        break;
                    }
                    if (item.Resolved() is YamlMapping one && Merged(one, key, ref left) is { } found)
                    {
                        return found;
                    }
                }
                return null;
            default:
                return null;
        }
    }

    /// <summary>The last own entry of that key; what is merged in does not count.</summary>
    public YamlEntry? FindOwn(string key)
    {
        if (Entries.Length <= 8)
        {
            for (int i = Entries.Length - 1; i >= 0; i--)
            {
                if (string.Equals(Entries[i].Name, key, StringComparison.Ordinal))
                {
                    return Entries[i];
                }
            }
            return null;
        }
        Dictionary<string, YamlEntry>? map = _byKey;
        if (map is null)
        {
            map = new Dictionary<string, YamlEntry>(Entries.Length, StringComparer.Ordinal);
            foreach (YamlEntry entry in Entries)
            {
                map[entry.Name] = entry;
            }
            _byKey = map;
        }
        return map.GetValueOrDefault(key);
    }

    /// <summary>The value under that key with aliases followed; null when absent.</summary>
    public YamlNode? Get(string key) => Find(key)?.Value.Resolved();
}

/// <summary>One <c>key: value</c>. The span runs from the key to the end of the value.</summary>
public sealed class YamlEntry
{
    internal YamlEntry(YamlNode key, YamlNode value, bool isUnfinished)
    {
        Key = key;
        Value = value;
        IsUnfinished = isUnfinished;
        key.Owner = this;
        value.Owner = this;
    }

    public YamlMapping Mapping { get; internal set; } = null!;
    public YamlNode Key { get; }

    /// <summary>Never null: a value that is not there is a scalar with <see cref="YamlScalar.IsMissing"/>.</summary>
    public YamlNode Value { get; }

    /// <summary>True for a key that is still being typed: the parser put in the colon.</summary>
    public bool IsUnfinished { get; }

    /// <summary>The key's text; empty for a key that is not a scalar.</summary>
    public string Name => (Key as YamlScalar)?.Value ?? "";

    public TextSpan Span => TextSpan.FromBounds(Key.Span.Start, Math.Max(Key.Span.End, Value.Span.End));

    public bool IsMerge => Key is YamlScalar { Value: "<<", Style: ScalarStyle.Plain };
}

public sealed class YamlSequence : YamlNode
{
    internal YamlSequence(TextSpan span, ImmutableArray<YamlNode> items, ImmutableArray<int> dashes, bool isFlow) : base(span)
    {
        Items = items;
        Dashes = dashes;
        IsFlow = isFlow;
        foreach (YamlNode item in items)
        {
            item.Owner = this;
        }
    }

    public ImmutableArray<YamlNode> Items { get; }

    /// <summary>Offset of each item's <c>-</c> (block style only; empty for flow).</summary>
    public ImmutableArray<int> Dashes { get; }

    public bool IsFlow { get; }
}

/// <summary><c>*name</c>. Not expanded in the tree (alias bombs stay small): ask <see cref="YamlNodes.Resolved"/>.</summary>
public sealed class YamlAlias : YamlNode
{
    internal YamlAlias(TextSpan span, string name, YamlNode? target) : base(span)
    {
        Name = name;
        Target = target;
    }

    public string Name { get; }

    /// <summary>The anchored node; null when there is none of that name or it would contain itself.</summary>
    public YamlNode? Target { get; }
}
