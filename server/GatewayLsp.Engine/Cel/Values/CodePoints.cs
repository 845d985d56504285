namespace GatewayLsp.Engine.Cel.Values;

/// <summary>Texts in the measure of the language: code points, not UTF-16 code units.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        int pairs = 0;
        // Most texts have no surrogate at all, which a vectorised search tells.
        int at = text.AsSpan().IndexOfAnyInRange('\ud800', '\udbff');
        for (; at >= 0 && at < text.Length; at++)
        {
            if (IsPair(text, at))
            {
                pairs++;
                at++;
            }
        }
        return text.Length - pairs;
    }

    /// <summary>UTF-16 offset of the code point of that number; -1 when the text is shorter. The one behind the last is its end.</summary>
    public static int OffsetOf(string text, long index)
    {
        if (index < 0 || index > text.Length)
        {
            return -1;
        }
        int at = 0;
        for (long i = 0; i < index; i++)
        {
            if (at >= text.Length)
            {
                return -1;
            }
            at += IsPair(text, at) ? 2 : 1;
        }
        return at;
    }

    /// <summary>Number of the code point at a UTF-16 offset.</summary>
    public static int IndexOf(string text, int offset)
    {
        int index = 0;
        for (int at = 0; at < offset; index++)
        {
            at += IsPair(text, at) ? 2 : 1;
        }
        return index;
    }

    /// <summary>Units of the code point at that offset.</summary>
    public static int LengthAt(string text, int at) => IsPair(text, at) ? 2 : 1;

    private static bool IsPair(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
}
