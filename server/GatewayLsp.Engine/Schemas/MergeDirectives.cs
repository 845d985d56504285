using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Keys by which a strategic merge patch says how it is to be merged (<c>$patch: delete</c>). They belong to no schema, and
/// an object that has one is a patch, so that nothing in it is missing.
/// </summary>
internal static class MergeDirectives
{
    private const string ElementOrder = "$setElementOrder/";
    private const string Deletion = "$deleteFromPrimitiveList/";

    public static bool Is(string key) =>
        key.StartsWith('$')
        && (key is "$patch" or "$retainKeys" || key.StartsWith(ElementOrder, StringComparison.Ordinal) || key.StartsWith(Deletion, StringComparison.Ordinal));

    /// <summary>True when the mapping itself has a directive.</summary>
    public static bool Has(YamlMapping mapping)
    {
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (Is(entry.Name))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True when there is a directive in an object of the document, however deep; aliases are not followed.</summary>
    public static bool IsPatch(YamlMapping root, ManifestDocument document) => document.Text.AsSpan(root.Span.Start, root.Span.Length).Contains('$') && IsIn(root);

    private static bool IsIn(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (YamlEntry entry in mapping.Entries)
                {
                    if (Is(entry.Name) || IsIn(entry.Value))
                    {
                        return true;
                    }
                }
                return false;
            case YamlSequence sequence:
                foreach (YamlNode item in sequence.Items)
                {
                    if (IsIn(item))
                    {
                        return true;
                    }
                }
                return false;
            default:
                return false;
        }
    }
}
