namespace GatewayLsp.Server.Configuration;

/// <summary>
/// A glob on paths with <c>/</c>: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders, <c>{a,b}</c> either.
/// A pattern that names a folder covers what is in it.
/// </summary>
internal static class Glob
{
    /// <summary>Alternatives multiply; a pattern that would make more than this is taken literally.</summary>
    private const int MaxAlternatives = 64;

    public static bool Matches(string pattern, string path)
    {
        foreach (var one in Expand(pattern.TrimEnd('/')))
        {
            if (MatchesOne(one.Split('/'), path.Split('/')))
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Expand(string pattern)
    {
        var done = new List<string>();
        var open = new Stack<string>([pattern]);
        while (open.TryPop(out var one) && done.Count + open.Count < MaxAlternatives)
        {
            var start = one.IndexOf('{', StringComparison.Ordinal);
            var end = start < 0 ? -1 : one.IndexOf('}', start);
            if (end < 0)
            {
                done.Add(one);
                continue;
            }

            foreach (var choice in one[(start + 1)..end].Split(','))
            {
                open.Push(one[..start] + choice + one[(end + 1)..]);
            }
        }

        return done.Count > 0 ? done : [pattern];
    }

    /// <summary>Whether the pattern covers the path or a folder above it. One remembered <c>**</c> is enough to backtrack to.</summary>
    private static bool MatchesOne(string[] pattern, string[] path)
    {
        var (p, s, star, from) = (0, 0, -1, 0);
        while (s < path.Length)
        {
            if (p < pattern.Length && pattern[p] == "**")
            {
                (star, from) = (p++, s);
            }
            else if (p < pattern.Length && MatchesName(pattern[p], path[s]))
            {
                p++;
                s++;
                if (p == pattern.Length)
                {
                    return true;
                }
            }
            else if (star >= 0)
            {
                (p, s) = (star + 1, ++from);
            }
            else
            {
                return false;
            }

            if (p == pattern.Length)
            {
                return true;
            }
        }

        return p == pattern.Length || (p == pattern.Length - 1 && pattern[p] == "**");
    }

    private static bool MatchesName(string pattern, string name)
    {
        var (p, s, star, from) = (0, 0, -1, 0);
        while (s < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, from) = (p++, s);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[s]))
            {
                p++;
                s++;
            }
            else if (star >= 0)
            {
                (p, s) = (star + 1, ++from);
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
}
