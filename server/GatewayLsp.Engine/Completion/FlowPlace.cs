using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>Finds the cursor's place inside of <c>{ }</c> and <c>[ ]</c>.</summary>
internal static class FlowPlace
{
    public static CursorPlace? Find(string text, int lineStart, int offset, string mark)
    {
        int start = offset;
        while (start > 0 && !IsBoundary(text, start - 1))
        {
            start--;
        }
        while (start < offset && text[start] is ' ' or '\t')
        {
            start++;
        }
        bool afterColon = BoundaryBefore(text, start) == ':';
        int end = offset;
        while (end < text.Length && text[end] is not (',' or '}' or ']' or '\n' or '\r') && !(text[end] == ':' && (end + 1 == text.Length || text[end + 1] is ' ' or '\n' or '\r')))
        {
            end++;
        }
        bool hasColon = end < text.Length && text[end] == ':';
        while (end > offset && text[end - 1] is ' ' or '\t')
        {
            end--;
        }
        char quote = start < text.Length && start < offset && text[start] is '"' or '\'' ? text[start] : '\0';
        bool closed = quote != '\0' && end - 1 > start && text[end - 1] == quote;
        if (closed && offset == end)
        {
            return null;
        }
        var copy = new ManifestDocument(string.Concat(text.AsSpan(0, start), " " + mark, text.AsSpan(end)));
        CursorLine line = CursorLine.InFlow(
            start - lineStart + (quote == '\0' ? 0 : 1), end - lineStart - (closed ? 1 : 0), hasColon,
            afterColon && start > 0 && text[start - 1] == ':', quote, closed);
        return copy.Root is { } root ? Place(copy, root, line, mark) : null;
    }

    private static CursorPlace? Place(ManifestDocument copy, YamlNode root, CursorLine line, string mark)
    {
        foreach (YamlNode node in root.DescendantsAndSelf())
        {
            if (node is not YamlScalar { IsQuoted: false } scalar || scalar.Value != mark)
            {
                continue;
            }
            if (scalar.Entry is { } entry && ReferenceEquals(entry.Key, scalar))
            {
                return new CursorPlace { Kind = PlaceKind.Key, Line = line, Marked = copy, Node = entry.Mapping, Entry = entry, IsFlow = true };
            }
            return new CursorPlace { Kind = PlaceKind.Value, Line = line, Marked = copy, Node = scalar, Entry = scalar.Entry, IsFlow = true };
        }
        return null;
    }

    private static char BoundaryBefore(string text, int start)
    {
        int at = start - 1;
        while (at >= 0 && text[at] is ' ' or '\t')
        {
            at--;
        }
        return at < 0 ? '\0' : text[at];
    }

    private static bool IsBoundary(string text, int at) =>
        text[at] is '{' or '[' or ',' or '}' or ']' or '\n' or '\r'
        || (text[at] == ':' && (at + 1 == text.Length || text[at + 1] is ' ' or ',' or '}' or ']' or '\n' or '\r' or '"' or '\''));
}
