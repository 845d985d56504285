namespace GatewayLsp.Engine.Localization;

/// <summary>Where names and values stand in a message: in backticks, or as a word that no language changes.</summary>
internal static class NamesInText
{
    /// <summary>True for each place within backticks.</summary>
    public static bool[] Quoted(string text)
    {
        var quoted = new bool[text.Length + 1];
        bool isIn = false;
        for (int i = 0; i < text.Length; i++)
        {
            quoted[i] = isIn || text[i] == '`';
            isIn ^= text[i] == '`';
        }
        return quoted;
    }

    /// <summary>
    /// True for what is the same in every language: a text in backticks or quotes, one word or number, an object
    /// (<c>Gateway shop/front</c>, <c>Service `cart`</c>), a kind with its group (<c>Mesh (example.com)</c>).
    /// </summary>
    public static bool IsName(string text)
    {
        int space = Space(text);
        if (space < 0)
        {
            return IsToken(text);
        }
        ReadOnlySpan<char> kind = text.AsSpan(0, space);
        return kind.Length > 1 && char.IsAsciiLetterUpper(kind[0]) && kind.IndexOfAnyExcept(Letters) < 0 && IsToken(text[(space + 1)..]);
    }

    /// <summary>Where sentences of a text end: the place behind the full stop.</summary>
    public static IEnumerable<int> SentenceEnds(string text)
    {
        bool[] quoted = Quoted(text);
        for (int i = 1; i + 2 < text.Length; i++)
        {
            if (text[i] == ' ' && text[i - 1] is '.' or '?' or ':' && !quoted[i])
            {
                yield return i;
            }
        }
    }

    public static int LastOutside(string text, string part)
    {
        bool[] quoted = Quoted(text);
        for (int at = text.LastIndexOf(part, StringComparison.Ordinal); at > 0; at = text.LastIndexOf(part, at - 1, StringComparison.Ordinal))
        {
            if (!quoted[at])
            {
                return at;
            }
        }
        return -1;
    }

    public static List<string> SplitOutside(string text, string separator)
    {
        var parts = new List<string>();
        bool[] quoted = Quoted(text);
        int start = 0;
        for (int at = text.IndexOf(separator, StringComparison.Ordinal); at >= 0; at = text.IndexOf(separator, at + 1, StringComparison.Ordinal))
        {
            if (!quoted[at] && at >= start)
            {
                parts.Add(text[start..at]);
                start = at + separator.Length;
            }
        }
        parts.Add(text[start..]);
        return parts;
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>The first blank outside of quotes.</summary>
    private static int Space(string text)
    {
        bool[] quoted = Quoted(text);
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] is '"' || (text[i] == '\'' && (isQuoted || i == 0 || text[i - 1] == ' '));
            if (text[i] == ' ' && !quoted[i] && !isQuoted)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>Words that stand for something in a sentence, and name nothing.</summary>
    private static readonly System.Collections.Frozen.FrozenSet<string> Pronouns =
        System.Collections.Frozen.FrozenSet.ToFrozenSet(["it", "its", "they", "them", "that", "this", "which"], StringComparer.Ordinal);

    private static bool IsToken(string text) =>
        text.Length > 0 && !Pronouns.Contains(text) && (Space(text) < 0) && text[^1] is not (',' or ';' or ':' or '.' or '?') && Quoted(text)[^1] == false
        && (!text.StartsWith('`') || text.IndexOf('`', 1) == text.Length - 1);
}
