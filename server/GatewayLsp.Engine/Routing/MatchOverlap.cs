using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Routing;

/// <summary>Whether two matches have requests in common. What regular expressions take is compared as text only.</summary>
internal static class MatchOverlap
{
    /// <summary>True when some request fits both, as far as can be told; false is certain.</summary>
    public static bool Overlaps(RequestMatch a, RequestMatch b) =>
        (a.Call is { } one && b.Call is { } other ? CallsOverlap(one, other) : PathsOverlap(a.Path, b.Path))
        && (a.Method is null || b.Method is null || a.Method == b.Method)
        && !Contradict(a.Headers, b.Headers, StringComparison.OrdinalIgnoreCase)
        && !Contradict(a.Query, b.Query, StringComparison.Ordinal);

    /// <summary>True when every request that fits <paramref name="narrow"/> fits <paramref name="wide"/>, for certain.</summary>
    public static bool Covers(RequestMatch wide, RequestMatch narrow) =>
        wide.Unknown is null && narrow.Unknown is null
        && (wide.Call is { } one && narrow.Call is { } other ? CallCovers(one, other) : PathCovers(wide.Path, narrow.Path))
        && (wide.Method is null || wide.Method == narrow.Method)
        && AllIn(wide.Headers, narrow.Headers, StringComparison.OrdinalIgnoreCase)
        && AllIn(wide.Query, narrow.Query, StringComparison.Ordinal);

    private static bool PathsOverlap(PathMatcher a, PathMatcher b) => (a.Type, b.Type) switch
    {
        (PathMatchType.RegularExpression, PathMatchType.RegularExpression) => true,
        (PathMatchType.RegularExpression, PathMatchType.PathPrefix) or (PathMatchType.PathPrefix, PathMatchType.RegularExpression) => true,
        (PathMatchType.PathPrefix, PathMatchType.PathPrefix) => a.Matches(b.Value) || b.Matches(a.Value),
        (PathMatchType.Exact, _) => b.Matches(a.Value),
        _ => a.Matches(b.Value),
    };

    private static bool PathCovers(PathMatcher wide, PathMatcher narrow) => (wide.Type, narrow.Type) switch
    {
        (PathMatchType.PathPrefix, PathMatchType.RegularExpression) => wide.Length == 1,
        (PathMatchType.PathPrefix, _) => wide.Matches(narrow.Value),
        (_, PathMatchType.Exact) => wide.Matches(narrow.Value),
        _ => wide.Type == narrow.Type && wide.Value == narrow.Value,
    };

    private static bool CallsOverlap(CallMatcher a, CallMatcher b) =>
        a.IsPattern || b.IsPattern
        || ((a.Service.Length == 0 || b.Service.Length == 0 || a.Service == b.Service) && (a.Method.Length == 0 || b.Method.Length == 0 || a.Method == b.Method));

    private static bool CallCovers(CallMatcher wide, CallMatcher narrow) =>
        (wide.Service.Length == 0 || Same(wide, narrow, wide.Service, narrow.Service)) && (wide.Method.Length == 0 || Same(wide, narrow, wide.Method, narrow.Method));

    private static bool Same(CallMatcher wide, CallMatcher narrow, string a, string b) => a == b && wide.IsPattern == narrow.IsPattern;

    private static bool Contradict(ImmutableArray<ValueMatcher> some, ImmutableArray<ValueMatcher> others, StringComparison names)
    {
        foreach (ValueMatcher one in some)
        {
            foreach (ValueMatcher other in others)
            {
                if (one.Name.Equals(other.Name, names) && (one.IsPattern, other.IsPattern) switch
                    {
                        (false, false) => one.Value != other.Value,
                        (true, false) => !one.Matches(other.Value),
                        (false, true) => !other.Matches(one.Value),
                        _ => false,
                    })
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool AllIn(ImmutableArray<ValueMatcher> wide, ImmutableArray<ValueMatcher> narrow, StringComparison names)
    {
        foreach (ValueMatcher one in wide)
        {
            if (!narrow.Any(other => one.Name.Equals(other.Name, names)
                && ((one.IsPattern == other.IsPattern && one.Value == other.Value) || (!other.IsPattern && one.Matches(other.Value)))))
            {
                return false;
            }
        }
        return true;
    }
}
