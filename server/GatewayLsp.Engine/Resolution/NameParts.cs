using System.Collections.Immutable;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Finds among many names those that may contain another one, by three letters of it in a row. With thousands of patches and objects
/// each object is compared with few.
/// </summary>
internal sealed class NameParts
{
    private const int Length = 3;

    private readonly Dictionary<(char, char, char), List<int>> _parts = [];
    private readonly List<int> _always = [];
    private readonly ImmutableArray<int> _all;
    private int _looked;

    /// <param name="names">Null for one that fits any.</param>
    public NameParts(ImmutableArray<string?> names)
    {
        _all = [.. Enumerable.Range(0, names.Length)];
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] is not { } name)
            {
                _always.Add(i);
                continue;
            }
            for (int at = 0; at + Length <= name.Length; at++)
            {
                (char, char, char) part = (name[at], name[at + 1], name[at + 2]);
                if (!_parts.TryGetValue(part, out List<int>? holders))
                {
                    _parts[part] = holders = [];
                }
                if (holders.Count == 0 || holders[^1] != i)
                {
                    holders.Add(i);
                }
            }
        }
    }

    /// <summary>How many were handed out.</summary>
    public int Looked => _looked;

    /// <summary>The numbers of the names that may contain this one, and of those that fit any, in order.</summary>
    public IReadOnlyList<int> MayContain(string name)
    {
        IReadOnlyList<int> found = Find(name);
        Interlocked.Add(ref _looked, found.Count);
        return found;
    }

    private IReadOnlyList<int> Find(string name)
    {
        if (name.Length < Length)
        {
            return _all;
        }
        List<int>? rarest = null;
        for (int at = 0; at + Length <= name.Length; at++)
        {
            if (!_parts.TryGetValue((name[at], name[at + 1], name[at + 2]), out List<int>? holders))
            {
                return _always;
            }
            rarest = rarest is null || holders.Count < rarest.Count ? holders : rarest;
        }
        return _always.Count == 0 ? rarest! : [.. rarest!.Concat(_always).Order()];
    }
}
