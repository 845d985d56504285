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
    private readonly Dictionary<string, List<int>> _byKey = new(StringComparer.Ordinal);
    private readonly List<int> _open = [];
    private bool _isIndexed;
    private Dictionary<TracedRoute, List<Shadow>>? _shadows;

    /// <summary>The one that wins wherever it fits.</summary>
    public RouteEntry First => _entries[0];

    public IReadOnlyList<RouteEntry> All => _entries;

    public void Add(RouteEntry entry) => _entries.Add(entry);

    public void Complete()
    {
        _entries.Sort(RouteEntry.Compare);
        _isIndexed = _entries.Count >= IndexedFrom;
        for (int i = 0; _isIndexed && i < _entries.Count; i++)
        {
            if (KeyOf(_entries[i].Match) is not { } key)
            {
                _open.Add(i);
                continue;
            }
            if (!_byKey.TryGetValue(key, out List<int>? places))
            {
                _byKey.Add(key, places = []);
            }
            places.Add(i);
        }
    }

    /// <summary>The entries of a route that get no requests here. Found for all routes when first asked for.</summary>
    public IReadOnlyList<Shadow> ShadowedOf(TracedRoute route) =>
        (_shadows ??= Shadows.Of(_entries).GroupBy(static one => one.Entry.Route.Name).ToDictionary(static group => group.Key, static group => group.ToList()))
        .TryGetValue(route, out List<Shadow>? some) ? some : [];

    /// <summary>Entries that might take the request, in order of precedence.</summary>
    public IEnumerable<RouteEntry> For(RequestFacts request)
    {
        if (!_isIndexed)
        {
            return _entries;
        }
        List<int>? some = _byKey.GetValueOrDefault(FirstElement(request.Path));
        return some is null ? _open.Select(place => _entries[place]) : Merge(some);
    }

    private IEnumerable<RouteEntry> Merge(List<int> some)
    {
        int a = 0, b = 0;
        while (a < some.Count || b < _open.Count)
        {
            bool takesFirst = b == _open.Count || (a < some.Count && some[a] < _open[b]);
            yield return _entries[takesFirst ? some[a++] : _open[b++]];
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
}
