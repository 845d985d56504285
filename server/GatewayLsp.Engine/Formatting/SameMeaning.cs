using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Formatting;

/// <summary>Whether two texts of a document say the same in the same way. The last word on every formatting.</summary>
internal static class SameMeaning
{
    /// <summary>Same tree, values, styles, anchors and tags; same comments in the same order.</summary>
    public static bool Of(ManifestDocument a, ManifestDocument b)
    {
        if (b.Errors.Length > 0 || a.IsTemplate != b.IsTemplate || a.Comments.Length != b.Comments.Length)
        {
            return false;
        }
        for (int i = 0; i < a.Comments.Length; i++)
        {
            ReadOnlySpan<char> one = a.Text.AsSpan(a.Comments[i].Start, a.Comments[i].Length);
            ReadOnlySpan<char> other = b.Text.AsSpan(b.Comments[i].Start, b.Comments[i].Length);
            if (!one.TrimEnd().SequenceEqual(other.TrimEnd()))
            {
                return false;
            }
        }
        return (a.Root, b.Root) switch
        {
            (null, null) => true,
            ({ } one, { } other) => Same(one, other),
            _ => false,
        };
    }

    private static bool Same(YamlNode a, YamlNode b)
    {
        if (a.Properties?.Anchor != b.Properties?.Anchor || a.Properties?.Tag != b.Properties?.Tag)
        {
            return false;
        }
        switch (a, b)
        {
            case (YamlScalar x, YamlScalar y):
                return x.Style == y.Style && x.IsMissing == y.IsMissing && string.Equals(x.Value, y.Value, StringComparison.Ordinal);
            case (YamlAlias x, YamlAlias y):
                return x.Name == y.Name;
            case (YamlMapping x, YamlMapping y):
                if (x.IsFlow != y.IsFlow || x.Entries.Length != y.Entries.Length)
                {
                    return false;
                }
                for (int i = 0; i < x.Entries.Length; i++)
                {
                    if (!Same(x.Entries[i].Key, y.Entries[i].Key) || !Same(x.Entries[i].Value, y.Entries[i].Value))
                    {
                        return false;
                    }
                }
                return true;
            case (YamlSequence x, YamlSequence y):
                if (x.IsFlow != y.IsFlow || x.Items.Length != y.Items.Length)
                {
                    return false;
                }
                for (int i = 0; i < x.Items.Length; i++)
                {
                    if (!Same(x.Items[i], y.Items[i]))
                    {
                        return false;
                    }
                }
                return true;
            default:
                return false;
        }
    }
}
