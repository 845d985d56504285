using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>Where a match stands among the others of one listener and hostname.</summary>
/// <param name="Hostname">Null for all.</param>
/// <param name="Before">Entries that take some of its requests first, the nearest first.</param>
/// <param name="After">Entries that get some of their requests only if this one does not take them, the nearest first.</param>
/// <param name="ShadowedBy">An entry that takes all of its requests first, so that none are left; null as a rule.</param>
internal sealed record MatchStanding(
    ListenerTable Listener, string? Hostname, ImmutableArray<RouteEntry> Before, ImmutableArray<RouteEntry> After, RouteEntry? ShadowedBy)
{
    /// <summary>Neighbours that are looked for in each direction.</summary>
    private const int MaxNeighbours = 3;

    /// <summary>Entries that are looked at in each direction.</summary>
    private const int MaxLookedAt = 2000;

    /// <summary>One for each listener and hostname at which the match is in service.</summary>
    /// <param name="match">0-based; null for the rule that has none.</param>
    public static IEnumerable<MatchStanding> Of(GatewayTable gateway, TracedRoute route, int rule, int? match)
    {
        foreach (ListenerTable listener in gateway.Listeners)
        {
            foreach (EntryList list in (route.Kind == "GRPCRoute" ? listener.Grpc : listener.Http).Lists)
            {
                for (int i = 0; i < list.All.Count; i++)
                {
                    RouteEntry entry = list.All[i];
                    if (entry.Rule.Index == rule && entry.Match.Index == match && entry.Route.Name == route)
                    {
                        yield return At(listener, list.All, i);
                    }
                }
            }
        }
    }

    private static MatchStanding At(ListenerTable listener, IReadOnlyList<RouteEntry> all, int place)
    {
        RouteEntry entry = all[place];
        var before = ImmutableArray.CreateBuilder<RouteEntry>();
        var after = ImmutableArray.CreateBuilder<RouteEntry>();
        RouteEntry? shadow = null;
        for (int i = place - 1; i >= 0 && place - i <= MaxLookedAt; i--)
        {
            if (MatchOverlap.Covers(all[i].Match, entry.Match))
            {
                shadow = all[i];
            }
            if (before.Count < MaxNeighbours && MatchOverlap.Overlaps(all[i].Match, entry.Match))
            {
                before.Add(all[i]);
            }
        }
        for (int i = place + 1; i < all.Count && i - place <= MaxLookedAt && after.Count < MaxNeighbours; i++)
        {
            if (MatchOverlap.Overlaps(all[i].Match, entry.Match))
            {
                after.Add(all[i]);
            }
        }
        return new MatchStanding(listener, entry.Hostname, before.DrainToImmutable(), after.DrainToImmutable(), shadow);
    }
}
