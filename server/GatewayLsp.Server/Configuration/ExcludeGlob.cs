using GatewayLsp.Server.Cli.Input;

namespace GatewayLsp.Server.Configuration;

/// <summary>
/// A glob as editors have it: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders, <c>{a,b}</c> either. One that
/// names a folder covers what is in it.
/// </summary>
internal static class ExcludeGlob
{
    /// <summary>Alternatives multiply; a pattern that would make more than this loses the rest.</summary>
    private const int MaxAlternatives = 64;

    public static bool Matches(string pattern, string path)
    {
        var names = path.Split('/');
        foreach (var one in Expand(pattern.TrimEnd('/')))
        {
            var segments = one.Split('/');
            if (Glob.MatchesPath(segments, names) || Glob.MatchesPath([.. segments, "**"], names))
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
        while (done.Count + open.Count <= MaxAlternatives && open.TryPop(out var one))
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

        return done;
    }
}
