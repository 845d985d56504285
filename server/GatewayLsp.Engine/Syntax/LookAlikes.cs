using System.Buffers;
using System.Globalization;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Characters that look like others or like nothing, as they come out of chats, web pages and word processors.</summary>
internal static class LookAlikes
{
    private const string Blanks = "\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000";
    private const string Nothing = "\u00AD\u200B\u200C\u200D\u200E\u200F\u2060\uFEFF";
    private const string Quotes = "\u2018\u2019\u201A\u201C\u201D\u201E\u00AB\u00BB";
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2212";

    private static readonly SearchValues<char> BlankSet = SearchValues.Create(Blanks);
    private static readonly SearchValues<char> All = SearchValues.Create(Blanks + Nothing + Quotes + Dashes);

    public static bool HasBlank(ReadOnlySpan<char> text) => text.ContainsAny(BlankSet);

    /// <summary>
    /// Blanks that are none to YAML, where on a line only structure can be meant: in the indentation, behind a dash, and behind
    /// the colon of the key that comes first. In texts they are as good as other characters.
    /// </summary>
    public static List<int> InStructure(ReadOnlySpan<char> line)
    {
        var found = new List<int>();
        int at = Blank(line, 0, found);
        while (at + 1 < line.Length && line[at] == '-' && (line[at + 1] == ' ' || BlankSet.Contains(line[at + 1])))
        {
            at = Blank(line, at + 1, found);
        }
        int key = at;
        while (at < line.Length && (char.IsAsciiLetterOrDigit(line[at]) || line[at] is '_' or '-' or '.' or '/'))
        {
            at++;
        }
        if (at > key && at + 1 < line.Length && line[at] == ':')
        {
            Blank(line, at + 1, found);
        }
        return found;
    }

    /// <summary>What the first of them in a text is called, and the text with those in their place that are meant; null when it has none.</summary>
    public static (string Name, string Meant)? In(string text)
    {
        int at = text.AsSpan().IndexOfAny(All);
        if (at < 0)
        {
            return null;
        }
        var meant = new System.Text.StringBuilder(text.Length);
        foreach (char c in text)
        {
            meant.Append(Blanks.Contains(c) ? " " : Nothing.Contains(c) || Quotes.Contains(c) ? "" : Dashes.Contains(c) ? "-" : c.ToString());
        }
        return (NameOf(text[at]), meant.ToString().Trim());
    }

    public static string NameOf(char c) =>
        (c == '\u00A0' ? "a no-break space"
        : Blanks.Contains(c) ? "a special space"
        : Nothing.Contains(c) ? "an invisible character"
        : Quotes.Contains(c) ? "a curly quote"
        : "a dash that is no `-`") + " (U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture) + ")";

    private static int Blank(ReadOnlySpan<char> line, int from, List<int> found)
    {
        int at = from;
        for (; at < line.Length && (line[at] == ' ' || BlankSet.Contains(line[at])); at++)
        {
            if (line[at] != ' ')
            {
                found.Add(at);
            }
        }
        return at;
    }
}
