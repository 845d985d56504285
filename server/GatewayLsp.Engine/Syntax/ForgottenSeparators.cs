using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Objects that stand below each other without <c>---</c> between them: to the parser they are one, all of whose keys stand twice.</summary>
internal static class ForgottenSeparators
{
    /// <summary>The keys that objects after the first begin with; none unless the mapping is whole objects and nothing else.</summary>
    public static List<YamlEntry> Of(YamlMapping root)
    {
        var starts = new List<YamlEntry>();
        if (root.IsFlow)
        {
            return starts;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlEntry entry in root.Entries)
        {
            if (entry.IsUnfinished || entry.Key is not YamlScalar { IsOpaque: false, Properties: null })
            {
                return [];
            }
            if (!seen.Add(entry.Name))
            {
                if (!IsObject(seen))
                {
                    return [];
                }
                starts.Add(entry);
                seen.Clear();
                seen.Add(entry.Name);
            }
        }
        return IsObject(seen) ? starts : [];
    }

    public static SyntaxError Error(YamlEntry start, PatchedText text)
    {
        var at = new TextSpan(text.OriginalLineStart(start.Key.Span.Start), 0);
        return new SyntaxError("duplicate-key", start.Key.Span, "Another object begins here; `---` is missing above it.", new SyntaxFix("Insert `---`", at, "---" + text.NewLine));
    }

    private static bool IsObject(HashSet<string> keys) => keys.Contains("apiVersion") && keys.Contains("kind");
}
