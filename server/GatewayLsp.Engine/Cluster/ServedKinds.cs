using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster;

/// <summary>What a server serves: the result of discovery.</summary>
public sealed class ServedKinds
{
    public static readonly ServedKinds Empty = new([], []);

    private readonly FrozenDictionary<Gvk, ServedKind> _byGvk;
    private readonly FrozenDictionary<GroupKind, ServedKind> _preferred;

    /// <param name="incompleteGroups">Groups (<c>group/version</c>) whose own server did not answer: what they serve is unknown.</param>
    public ServedKinds(ImmutableArray<ServedKind> all, ImmutableArray<string> incompleteGroups)
    {
        All = all;
        IncompleteGroups = incompleteGroups;
        _byGvk = all.DistinctBy(one => one.Gvk).ToFrozenDictionary(one => one.Gvk);
        _preferred = all.GroupBy(one => one.GroupKind)
            .ToFrozenDictionary(same => same.Key, same => same.FirstOrDefault(one => one.IsPreferred) ?? same.First());
    }

    public ImmutableArray<ServedKind> All { get; }

    public ImmutableArray<string> IncompleteGroups { get; }

    public ServedKind? Find(Gvk gvk) => _byGvk.GetValueOrDefault(gvk);

    /// <summary>The kind in the version that the server prefers.</summary>
    public ServedKind? Find(string group, string kind) => _preferred.GetValueOrDefault(new GroupKind(group, kind));

    public Presence Knows(string group, string kind)
    {
        if (_preferred.ContainsKey(new GroupKind(group, kind)))
        {
            return Presence.Present;
        }
        foreach (string incomplete in IncompleteGroups)
        {
            if (incomplete.StartsWith(group + "/", StringComparison.Ordinal))
            {
                return Presence.Unknown;
            }
        }
        return Presence.Absent;
    }
}
