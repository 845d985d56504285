using GatewayLsp.Engine.Model;
namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>
/// Which of two matches that both fit a request wins (Gateway API, HTTPRouteRule.matches and GRPCRouteRule.matches). The
/// place of regular expressions among paths is up to the implementation; here they stand behind exact paths and before
/// prefixes, where a catch-all prefix can't hide them.
/// </summary>
internal static class MatchPrecedence
{
    /// <summary>Negative when <paramref name="a"/> wins; 0 when age and names of the routes must decide.</summary>
    public static int Compare(RequestMatch a, RequestMatch b)
    {
        int order = ComparePaths(a, b);
        if (order != 0)
        {
            return order;
        }
        order = CompareMethods(a, b);
        if (order != 0)
        {
            return order;
        }
        order = b.Headers.Length.CompareTo(a.Headers.Length);
        return order != 0 ? order : b.Query.Length.CompareTo(a.Query.Length);
    }

    /// <summary>In words, by what the winner wins; null when it is a tie.</summary>
    public static string? Reason(RequestMatch winner, RequestMatch loser)
    {
        if (ComparePaths(winner, loser) != 0)
        {
            return winner.Call is { } call
                ? $"{call} is the more specific call"
                : winner.Path.Type == loser.Path.Type ? $"{winner.Path.Value} is the longer {Name(winner.Path.Type)}" : $"{Name(winner.Path.Type)} goes before {Name(loser.Path.Type)}";
        }
        if (CompareMethods(winner, loser) != 0)
        {
            return $"it names the method {winner.Method}";
        }
        if (winner.Headers.Length != loser.Headers.Length)
        {
            return "it matches more headers";
        }
        return winner.Query.Length != loser.Query.Length ? "it matches more query parameters" : null;
    }

    private static int ComparePaths(RequestMatch a, RequestMatch b) =>
        a.Call is { } one && b.Call is { } other ? one.CompareTo(other) : a.Path.CompareTo(b.Path);

    private static int CompareMethods(RequestMatch a, RequestMatch b) => (a.Method is null).CompareTo(b.Method is null);

    private static string Name(PathMatchType type) => type switch
    {
        PathMatchType.Exact => "exact path",
        PathMatchType.PathPrefix => "prefix",
        _ => "regular expression",
    };
}
