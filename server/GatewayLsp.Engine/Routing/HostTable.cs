using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// Entries by hostname, each list in order of precedence: the lists that cover a host, from the most to the least specific,
/// are all that a request for it can meet. Filled once, then only read.
/// </summary>
internal sealed class HostTable
{
    private readonly Dictionary<string, EntryList> _byHostname;
    private bool _hasWildcards;
    private bool _isSorted;

    public HostTable() => _byHostname = new Dictionary<string, EntryList>(StringComparer.OrdinalIgnoreCase);

    private HostTable(HostTable before)
    {
        _byHostname = new Dictionary<string, EntryList>(before._byHostname, StringComparer.OrdinalIgnoreCase);
        _hasWildcards = before._hasWildcards;
        _isSorted = true;
    }

    public bool IsEmpty => _byHostname.Count == 0;

    /// <summary>Without the entries that are for all.</summary>
    public IEnumerable<string> HostnamesServed => _byHostname.Keys.Where(name => name.Length > 0);

    /// <summary>One for each hostname, in the order of the hostnames.</summary>
    public IEnumerable<EntryList> Lists => _byHostname.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value);

    public void Add(RouteEntry entry)
    {
        _isSorted = false;
        string key = entry.Hostname ?? "";
        _hasWildcards |= HostnameMatch.IsWildcard(key);
        if (!_byHostname.TryGetValue(key, out EntryList? list))
        {
            _byHostname.Add(key, list = new EntryList());
        }
        list.Add(entry);
    }

    /// <summary>The list of exactly this hostname, null for all hosts.</summary>
    public EntryList? Find(string? hostname) => _byHostname.GetValueOrDefault(hostname ?? "");

    /// <summary>To be called when all is added: from then on readers may share it.</summary>
    public void Complete()
    {
        if (_isSorted)
        {
            return;
        }
        foreach (EntryList list in _byHostname.Values)
        {
            list.Complete();
        }
        _isSorted = true;
    }

    /// <summary>
    /// The table without the entries of some routes and with those of another table; the lists of hostnames that neither
    /// concerns are shared. Both tables are complete.
    /// </summary>
    public HostTable With(HostTable removed, IReadOnlySet<RoutingRoute> removedRoutes, HostTable added)
    {
        if (removed.IsEmpty && added.IsEmpty)
        {
            return this;
        }
        var next = new HostTable(this);
        foreach (string hostname in removed._byHostname.Keys.Concat(added._byHostname.Keys).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (EntryList.Replace(_byHostname.GetValueOrDefault(hostname), removedRoutes, added._byHostname.GetValueOrDefault(hostname)?.All ?? []) is { } list)
            {
                next._byHostname[hostname] = list;
            }
            else
            {
                next._byHostname.Remove(hostname);
            }
        }
        next._hasWildcards |= added._hasWildcards;
        return next;
    }

    /// <summary>The lists for a host, most specific hostname first.</summary>
    public IEnumerable<EntryList> For(string host)
    {
        if (host.Length > 0 && _byHostname.TryGetValue(host, out EntryList? exact))
        {
            yield return exact;
        }
        if (_hasWildcards)
        {
            for (int dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
            {
                if (dot > 0 && _byHostname.TryGetValue("*" + host[dot..], out EntryList? wildcard))
                {
                    yield return wildcard;
                }
            }
        }
        if (_byHostname.TryGetValue("", out EntryList? all))
        {
            yield return all;
        }
    }
}
