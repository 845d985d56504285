namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Finds what was meant by a misspelt word: other case, letters missing, doubled, swapped or wrong, a plural for a singular.
/// </summary>
public static class NearestName
{
    private const int MaxLength = 64;

    /// <summary>Letters from which on a part of a candidate stands for it (<c>Prefix</c> for <c>PathPrefix</c>).</summary>
    private const int MinPart = 4;

    /// <summary>The candidate nearest to the word, the first of equally near ones; null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int least = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = Distance(word, candidate);
            if (distance <= Tolerance(word, candidate) && distance < least)
            {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    public static bool IsNear(string word, string candidate) => Distance(word, candidate) <= Tolerance(word, candidate);

    /// <summary>A third of the letters may be wrong; in short words one. Of one or two letters nothing is left to go by then.</summary>
    private static int Tolerance(string word, string candidate) =>
        Math.Min(word.Length, candidate.Length) is >= 3 and int shorter ? Math.Max(1, shorter / 3) : 0;

    /// <summary>Edits to get from one to the other, case free of charge; a good half at either end of a candidate is as near as one letter.</summary>
    private static int Distance(string word, string candidate)
    {
        if (word.Length == 0 || word.Length > MaxLength || candidate.Length > MaxLength || candidate.Length == 0)
        {
            return int.MaxValue;
        }
        if (word.Equals(candidate, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }
        if (word.Length >= MinPart && word.Length * 2 >= candidate.Length && word.Length < candidate.Length
            && (candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) || candidate.EndsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            return 1;
        }
        return Edits(word, candidate);
    }

    /// <summary>Letters to put in, take out, change or swap to get from one to the other, case free of charge; both at most 64 long.</summary>
    public static int Edits(string word, string candidate)
    {
        if (word.Length > MaxLength || candidate.Length > MaxLength)
        {
            return int.MaxValue;
        }
        Span<int> before = stackalloc int[candidate.Length + 1];
        Span<int> last = stackalloc int[candidate.Length + 1];
        Span<int> now = stackalloc int[candidate.Length + 1];
        for (int j = 0; j <= candidate.Length; j++)
        {
            last[j] = j;
        }
        for (int i = 1; i <= word.Length; i++)
        {
            now[0] = i;
            for (int j = 1; j <= candidate.Length; j++)
            {
                int same = Same(word[i - 1], candidate[j - 1]) ? 0 : 1;
                now[j] = Math.Min(Math.Min(last[j] + 1, now[j - 1] + 1), last[j - 1] + same);
                if (i > 1 && j > 1 && Same(word[i - 1], candidate[j - 2]) && Same(word[i - 2], candidate[j - 1]))
                {
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                }
            }
            Span<int> free = before;
            before = last;
            last = now;
            now = free;
        }
        return last[candidate.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
