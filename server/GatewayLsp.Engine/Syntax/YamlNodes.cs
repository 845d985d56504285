using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Small questions asked of nodes everywhere.</summary>
public static class YamlNodes
{
    /// <summary>The node itself, or what an alias stands for (an alias of an alias is followed; the parser excludes cycles).</summary>
    public static YamlNode? Resolved(this YamlNode? node)
    {
        for (int i = 0; node is YamlAlias alias && i < 16; i++)
        {
            node = alias.Target;
        }
        return node is YamlAlias ? null : node;
    }

    /// <summary>The text of a scalar that is written out and known; null for anything else, a missing or templated value included.</summary>
    public static string? Text(this YamlNode? node) =>
        node.Resolved() is YamlScalar { IsMissing: false, IsOpaque: false } scalar ? scalar.Value : null;

    /// <summary>True when nothing is there or it says null.</summary>
    public static bool IsNull(this YamlNode? node) =>
        node is null || (node.Resolved() is YamlScalar scalar && !scalar.IsOpaque && ScalarResolver.KindOf(scalar) == ScalarKind.Null);

    /// <summary>Follows keys from a mapping; null as soon as one is absent.</summary>
    public static YamlNode? At(this YamlNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            if (node.Resolved() is not YamlMapping mapping)
            {
                return null;
            }
            node = mapping.Find(key)?.Value;
        }
        return node.Resolved();
    }

    /// <summary>What to underline for a finding about a whole node: its first line's worth, for a block the key that leads to it.</summary>
    public static TextSpan HeadSpan(this YamlNode node) =>
        node is YamlScalar { IsMissing: false } or YamlAlias || node.Entry is not { } entry || ReferenceEquals(entry.Key, node)
            ? node.Span
            : entry.Key.Span;

    /// <summary>The index of this node in its sequence; -1 when it is not an item.</summary>
    public static int ItemIndex(this YamlNode node) =>
        node.Owner is YamlSequence sequence ? sequence.Items.IndexOf(node) : -1;

    /// <summary>All nodes below and including this one, keys and values, in source order. Aliases are not followed.</summary>
    public static IEnumerable<YamlNode> DescendantsAndSelf(this YamlNode root)
    {
        var stack = new Stack<YamlNode>();
        stack.Push(root);
        while (stack.TryPop(out YamlNode? node))
        {
            yield return node;
            switch (node)
            {
                case YamlMapping mapping:
                    for (int i = mapping.Entries.Length - 1; i >= 0; i--)
                    {
                        stack.Push(mapping.Entries[i].Value);
                        stack.Push(mapping.Entries[i].Key);
                    }
                    break;
                case YamlSequence sequence:
                    for (int i = sequence.Items.Length - 1; i >= 0; i--)
                    {
                        stack.Push(sequence.Items[i]);
                    }
                    break;
            }
        }
    }
}
