using System.Collections.Immutable;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Routing;

/// <summary>An entry that gets no requests, since another one of the same list takes all of them first.</summary>
internal readonly record struct Shadow(RouteEntry Entry, RouteEntry By);

/// <summary>
/// Which entries of a list of one hostname get no requests. Whoever wins by the specification is the more specific one, so
/// that only entries of equal precedence can hide each other: those with the same match, and within a route those whose
/// regular expressions take what a later one names. That makes it one pass with a dictionary, not a comparison of all pairs.
/// </summary>
internal static class Shadows
{
    /// <summary>Entries with regular expressions that later ones of the route are compared with.</summary>
    private const int MaxPatterns = 32;

    /// <param name="entries">In order of precedence.</param>
    public static ImmutableArray<Shadow> Of(IReadOnlyList<RouteEntry> entries)
    {
        if (entries.Count < 2)
        {
            return [];
        }
        var first = new Dictionary<string, RouteEntry>(entries.Count, StringComparer.Ordinal);
        List<RouteEntry>? patterns = null;
        ImmutableArray<Shadow>.Builder? found = null;
        foreach (RouteEntry entry in entries)
        {
            if (entry.Match.Unknown is not null)
            {
                continue;
            }
            string key = entry.Match.Key;
            if (!first.TryAdd(key, entry))
            {
                (found ??= ImmutableArray.CreateBuilder<Shadow>()).Add(new Shadow(entry, first[key]));
            }
            else if (patterns is not null && Covering(patterns, entry) is { } wide)
            {
                (found ??= ImmutableArray.CreateBuilder<Shadow>()).Add(new Shadow(entry, wide));
            }
            else if ((patterns?.Count ?? 0) < MaxPatterns && (HasPattern(entry.Match.Headers) || HasPattern(entry.Match.Query)))
            {
                (patterns ??= []).Add(entry);
            }
        }
        return found?.DrainToImmutable() ?? [];
    }

    /// <summary>Between routes nobody knows the order before they are created; within one it is what is written.</summary>
    private static RouteEntry? Covering(List<RouteEntry> patterns, RouteEntry entry)
    {
        foreach (RouteEntry wide in patterns)
        {
            if (ReferenceEquals(wide.Route, entry.Route) && !ReferenceEquals(wide.Rule, entry.Rule) && MatchOverlap.Covers(wide.Match, entry.Match))
            {
                return wide;
            }
        }
        return null;
    }

    private static bool HasPattern(ImmutableArray<ValueMatcher> values)
    {
        foreach (ValueMatcher one in values)
        {
            if (one.IsPattern)
            {
                return true;
            }
        }
        return false;
    }
}
