using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// The entries of one hostname in order of precedence. A long list is indexed by what most matches fix, the first element of
/// the path or the gRPC service: a request meets only those that might take it. Filled, completed, then only read.
/// </summary>
internal sealed class EntryList
{
    /// <summary>Shorter lists are gone through: every entry may then be told of.</summary>
    private const int IndexedFrom = 64;

    private readonly List<RouteEntry> _entries = [];
    private Places? _places;
    private Dictionary<TracedRoute, List<Shadow>>? _shadows;

    /// <summary>What almost all lists have.</summary>
    private static readonly Dictionary<TracedRoute, List<Shadow>> NoShadows = [];

    /// <summary>The one that wins wherever it fits.</summary>
    public RouteEntry First => _entries[0];

    public IReadOnlyList<RouteEntry> All => _entries;

    /// <summary>The route that is the oldest, then the first by namespace and name. Found when first asked for.</summary>
    public RoutingRoute FirstRoute
    {
        get
        {
            if (field is null)
            {
                RoutingRoute first = _entries[0].Route;
                foreach (RouteEntry entry in _entries)
                {
                    first = entry.Route.CompareTo(first) < 0 ? entry.Route : first;
                }
                field = first;
            }
            return field;
        }
    }

    public void Add(RouteEntry entry) => _entries.Add(entry);

    public void Complete() => _entries.Sort(RouteEntry.Compare);

    /// <summary>The list without the entries of some routes and with others, which are in order; null when nothing is left.</summary>
    public static EntryList? Replace(EntryList? before, IReadOnlySet<RoutingRoute> removed, IReadOnlyList<RouteEntry> added)
    {
        var next = new EntryList();
        int a = 0;
        foreach (RouteEntry entry in before?._entries ?? [])
        {
            if (removed.Contains(entry.Route))
            {
                continue;
            }
            while (a < added.Count && RouteEntry.Compare(added[a], entry) < 0)
            {
                next._entries.Add(added[a++]);
            }
            next._entries.Add(entry);
        }
        next._entries.AddRange(added.Skip(a));
        return next._entries.Count == 0 ? null : next;
    }

    /// <summary>The entries of a route that get no requests here. Found for all routes when first asked for.</summary>
    public IReadOnlyList<Shadow> ShadowedOf(TracedRoute route) =>
        _entries.Count > 1 && (_shadows ??= ShadowsByRoute()).TryGetValue(route, out List<Shadow>? some) ? some : [];

    private Dictionary<TracedRoute, List<Shadow>> ShadowsByRoute()
    {
        ImmutableArray<Shadow> all = Shadows.Of(_entries);
        return all.IsEmpty ? NoShadows : all.GroupBy(static one => one.Entry.Route.Name).ToDictionary(static group => group.Key, static group => group.ToList());
    }

    /// <summary>Entries that might take the request, in order of precedence.</summary>
    public IEnumerable<RouteEntry> For(RequestFacts request)
    {
        if (_entries.Count < IndexedFrom)
        {
            return _entries;
        }
        Places places = _places ??= new Places(_entries);
        List<int>? some = places.ByKey.GetValueOrDefault(FirstElement(request.Path));
        return some is null ? places.Open.Select(place => _entries[place]) : Merge(some, places.Open);
    }

    private IEnumerable<RouteEntry> Merge(List<int> some, List<int> open)
    {
        int a = 0, b = 0;
        while (a < some.Count || b < open.Count)
        {
            bool takesFirst = b == open.Count || (a < some.Count && some[a] < open[b]);
            yield return _entries[takesFirst ? some[a++] : open[b++]];
        }
    }

    /// <summary>Null for a match that fixes neither. A gRPC service is the first element of the path of its calls.</summary>
    private static string? KeyOf(RequestMatch match)
    {
        if (match.Unknown is not null)
        {
            return null;
        }
        if (match.Call is { } call)
        {
            return call.IsPattern || call.Service.Length == 0 ? null : call.Service;
        }
        return match.Path.Type == PathMatchType.RegularExpression || (match.Path.Type == PathMatchType.PathPrefix && match.Path.Value.Trim('/').Length == 0)
            ? null
            : FirstElement(match.Path.Value);
    }

    private static string FirstElement(string path)
    {
        int start = path.StartsWith('/') ? 1 : 0;
        int end = path.IndexOf('/', start);
        return end < 0 ? path[start..] : path[start..end];
    }

    /// <summary>Where the entries stand, by what they fix. Made for the first request.</summary>
    private sealed class Places
    {
        public Places(List<RouteEntry> entries)
        {
            for (int i = 0; i < entries.Count; i++)
            {
                if (KeyOf(entries[i].Match) is not { } key)
                {
                    Open.Add(i);
                    continue;
                }
                if (!ByKey.TryGetValue(key, out List<int>? places))
                {
                    ByKey.Add(key, places = []);
                }
                places.Add(i);
            }
        }

        public Dictionary<string, List<int>> ByKey { get; } = new(StringComparer.Ordinal);

        public List<int> Open { get; } = [];
    }
}
