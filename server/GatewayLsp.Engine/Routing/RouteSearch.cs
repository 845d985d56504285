using System.Globalization;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Routing;

/// <summary>Finds the entry that takes a request and tells why the others do not.</summary>
internal static class RouteSearch
{
    /// <summary>Entries that are named one by one; beyond that they are counted.</summary>
    private const int MaxNamed = 5;

    /// <summary>How far behind the winner others that fit are looked for.</summary>
    private const int MaxLookedAfter = 500;

    public static RouteEntry? Find(HostTable table, string host, RequestFacts request, List<string> why)
    {
        RouteEntry? winner = null;
        int misses = 0, losers = 0, after = 0;
        var named = new List<string>();
        foreach (EntryList list in table.For(host))
        {
            foreach (RouteEntry entry in list.For(request))
            {
                if (winner is not null && ++after > MaxLookedAfter)
                {
                    break;
                }
                if (!entry.Match.Matches(request))
                {
                    if (winner is null && ++misses <= MaxNamed)
                    {
                        named.Add($"{entry} does not match: {entry.Match.Miss(request)}.");
                    }
                }
                else if (winner is null)
                {
                    winner = entry;
                    why.AddRange(named);
                    Count(why, misses, "would go before the winner but do not match");
                    why.Add($"{entry} takes it: {entry.Match}{(entry.Hostname is null ? "" : $", host {entry.Hostname}")}.");
                }
                else if (++losers <= MaxNamed)
                {
                    why.Add($"{entry} matches too but loses: {winner.ReasonOver(entry)}.");
                }
            }
        }
        if (winner is null)
        {
            why.AddRange(named);
            Count(why, misses, "do not match");
        }
        Count(why, losers, "match too but lose");
        return winner;
    }

    private static void Count(List<string> why, int count, string what)
    {
        if (count > MaxNamed)
        {
            why.Add(string.Create(CultureInfo.InvariantCulture, $"{count - MaxNamed} more {what}."));
        }
    }
}
