namespace GatewayLsp.Server.Cli.Input;

/// <summary>
/// Git's wildcards: <c>*</c> and <c>?</c> stay within a name, <c>[a-z]</c>, <c>[!a]</c>, <c>[[:digit:]]</c>, a backslash takes the
/// next sign literally, and <c>**</c> as a whole segment stands for any number of folders. Both loops only ever go back to
/// the last star, so no pattern takes more than (length of pattern) x (length of name) steps.
/// </summary>
internal static class Glob
{
    public static bool MatchesPath(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        int p = 0;
        int s = 0;
        int star = -1;
        int retry = 0;
        while (s < path.Length)
        {
            if (p < pattern.Length && pattern[p] == "**")
            {
                if (p == pattern.Length - 1)
                {
                    return true;
                }
                star = p++;
                retry = s;
            }
            else if (p < pattern.Length && Matches(pattern[p], path[s]))
            {
                p++;
                s++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                s = ++retry;
            }
            else
            {
                return false;
            }
        }
        return p == pattern.Length;
    }

    /// <summary>Matches one name; the pattern holds no <c>/</c>.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0;
        int s = 0;
        int star = -1;
        int retry = 0;
        while (s < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = s;
            }
            else if (p < pattern.Length && MatchesOne(pattern, p, name[s], out int next))
            {
                p = next;
                s++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                s = ++retry;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }
        return p == pattern.Length;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, int p, char c, out int next)
    {
        switch (pattern[p])
        {
            case '?':
                next = p + 1;
                return true;
            case '[':
                return MatchesClass(pattern, p, c, out next);
            case '\\':
                next = p + 2;
                return p + 1 < pattern.Length && pattern[p + 1] == c;
            default:
                next = p + 1;
                return pattern[p] == c;
        }
    }

    /// <summary>A class that is never closed matches nothing, as in git.</summary>
    private static bool MatchesClass(ReadOnlySpan<char> pattern, int p, char c, out int next)
    {
        next = pattern.Length;
        int i = p + 1;
        bool negated = i < pattern.Length && pattern[i] is '!' or '^';
        i += negated ? 1 : 0;
        bool found = false;
        for (bool first = true; i < pattern.Length && (first || pattern[i] != ']'); first = false)
        {
            if (pattern[i..].StartsWith("[:") && pattern[i..].IndexOf(":]") is > 1 and var length)
            {
                found |= IsOfClass(pattern.Slice(i + 2, length - 2), c);
                i += length + 2;
                continue;
            }
            char low = Literal(pattern, ref i);
            char high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i++;
                high = Literal(pattern, ref i);
            }
            found |= c >= low && c <= high;
        }
        if (i >= pattern.Length)
        {
            return false;
        }
        next = i + 1;
        return found != negated;
    }

    private static char Literal(ReadOnlySpan<char> pattern, ref int i)
    {
        if (pattern[i] == '\\' && i + 1 < pattern.Length)
        {
            i++;
        }
        return pattern[i++];
    }

    private static bool IsOfClass(ReadOnlySpan<char> name, char c) => name switch
    {
        "alnum" => char.IsAsciiLetterOrDigit(c),
        "alpha" => char.IsAsciiLetter(c),
        "blank" => c is ' ' or '\t',
        "cntrl" => c < ' ' || c == '\x7f',
        "digit" => char.IsAsciiDigit(c),
        "graph" => c is > ' ' and < '\x7f',
        "lower" => char.IsAsciiLetterLower(c),
        "print" => c is >= ' ' and < '\x7f',
        "punct" => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)),
        "space" => c is ' ' or (>= '\t' and <= '\r'),
        "upper" => char.IsAsciiLetterUpper(c),
        "xdigit" => char.IsAsciiHexDigit(c),
        _ => false,
    };
}
