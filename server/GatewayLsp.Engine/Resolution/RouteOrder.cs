using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// The routes among those who refer to a parent, in order of precedence: by age, then namespace and name. Found once for each
/// state of the referrers, and carried over to the next state: a Gateway may have thousands of routes, of which an edit
/// changes one.
/// </summary>
internal static class RouteOrder
{
    private static readonly ConditionalWeakTable<Referrer[], Route[]> Known = [];

    /// <summary>Objects of the same identity are all in it.</summary>
    public static ImmutableArray<Route> Of(ImmutableArray<Referrer> referrers) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Known.GetValue(ImmutableCollectionsMarshal.AsArray(referrers) ?? [], static referrers => Sort(referrers)));

    /// <summary>Makes the order of the next state, where that of the one before is known.</summary>
    /// <param name="came">In the next state and not in the one before.</param>
    /// <param name="went">The other way round.</param>
    public static void Carry(ImmutableArray<Referrer> before, ImmutableArray<Referrer> after, List<Referrer> came, List<Referrer> went)
    {
        if (before.IsDefault || after.IsEmpty || !Known.TryGetValue(ImmutableCollectionsMarshal.AsArray(before)!, out Route[]? sorted) || came.Count > sorted.Length / 4)
        {
            return;
        }
        HashSet<ManifestObject> gone = [.. went.Select(one => one.Reference.From)];
        Route[] added = Sort([.. came]);
        var next = new List<Route>(sorted.Length + added.Length);
        int a = 0;
        foreach (Route route in sorted)
        {
            if (gone.Contains(route.Object))
            {
                continue;
            }
            while (a < added.Length && Compare(added[a], route) < 0)
            {
                next.Add(added[a++]);
            }
            next.Add(route);
        }
        next.AddRange(added.AsSpan(a));
        Known.AddOrUpdate(ImmutableCollectionsMarshal.AsArray(after)!, [.. next]);
    }

    private static Route[] Sort(Referrer[] referrers)
    {
        var routes = new HashSet<Route>(ReferenceEqualityComparer.Instance);
        foreach (Referrer referrer in referrers)
        {
            if (referrer.Reference.Role == ReferenceRole.Parent && referrer.Reference.From.View() is Route route)
            {
                routes.Add(route);
            }
        }
        Route[] sorted = [.. routes];
        Array.Sort(sorted, Compare);
        return sorted;
    }

    private static int Compare(Route a, Route b) => ObjectView.CompareAge(a, b) is not 0 and var byAge ? byAge : a.Type.CompareTo(b.Type);
}
