using System.Buffers;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// Cuts a text before each line that starts with <c>---</c> (a document's marker belongs to it) and behind each <c>...</c> line.
/// A marker in column 0 ends a document even inside block and quoted scalars (YAML 1.2, 9.1.2), so no parsing is needed.
/// </summary>
internal static class DocumentSplitter
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\r\n");

    /// <summary>The parts, joined, are the text; at least one.</summary>
    public static List<string> Split(string text)
    {
        var parts = new List<string>();
        int start = 0;
        for (int line = 0; line < text.Length;)
        {
            if (line > start && IsMarker(text, line, '-'))
            {
                parts.Add(text[start..line]);
                start = line;
            }
            int next = NextLine(text, line);
            if (next < text.Length && IsMarker(text, line, '.'))
            {
                parts.Add(text[start..next]);
                start = next;
            }
            line = next;
        }
        parts.Add(start == 0 ? text : text[start..]);
        return parts;
    }

    private static bool IsMarker(string text, int line, char sign) =>
        line + 2 < text.Length && text[line] == sign && text[line + 1] == sign && text[line + 2] == sign
        && (line + 3 == text.Length || YamlCharacters.IsBlankOrBreak(text[line + 3]));

    private static int NextLine(string text, int at)
    {
        int found = text.AsSpan(at).IndexOfAny(Breaks);
        if (found < 0)
        {
            return text.Length;
        }
        at += found + 1;
        return text[at - 1] == '\r' && at < text.Length && text[at] == '\n' ? at + 1 : at;
    }
}
