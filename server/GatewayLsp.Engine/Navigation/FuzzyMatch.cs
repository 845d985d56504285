namespace GatewayLsp.Engine.Navigation;

/// <summary>How well typed letters fit a name: runs and beginnings of words count more than letters strewn about.</summary>
internal static class FuzzyMatch
{
    private const int NameBonus = 1000;
    private const int ExactBonus = 2000;
    private const int PrefixBonus = 600;
    private const int SubstringBonus = 300;
    private const int WordStart = 12;
    private const int Adjacent = 8;

    /// <summary>The better the higher; null when a word's letters are not in the text in order. No words fit everything alike.</summary>
    /// <param name="text">All that may match, such as <c>HTTPRoute shop/store</c>.</param>
    /// <param name="name">The part of it that counts most.</param>
    public static int? Score(ReadOnlySpan<string> words, string text, string name)
    {
        int score = 0;
        foreach (string word in words)
        {
            if (One(word, name) is { } inName)
            {
                score += inName + NameBonus;
            }
            else if (One(word, text) is { } inText)
            {
                score += inText;
            }
            else
            {
                return null;
            }
        }
        return score;
    }

    private static int? One(string word, string text)
    {
        int at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            return SubstringBonus + (word.Length == text.Length ? ExactBonus : 0) + (at == 0 ? PrefixBonus : StartsWord(text, at) ? PrefixBonus / 2 : 0) - text.Length;
        }
        int score = 0;
        int last = -2;
        int from = 0;
        foreach (char c in word)
        {
            int next = IndexOf(text, c, from);
            if (next < 0)
            {
                return null;
            }
            score += (next == last + 1 ? Adjacent : 0) + (StartsWord(text, next) ? WordStart : 0);
            last = next;
            from = next + 1;
        }
        return score - text.Length;
    }

    private static int IndexOf(string text, char c, int from)
    {
        char upper = char.ToUpperInvariant(c);
        for (int i = from; i < text.Length; i++)
        {
            if (text[i] == c || char.ToUpperInvariant(text[i]) == upper)
            {
                return i;
            }
        }
        return -1;
    }

    private static bool StartsWord(string text, int at) =>
        at == 0 || !char.IsLetterOrDigit(text[at - 1]) || (char.IsUpper(text[at]) && char.IsLower(text[at - 1]));
}
