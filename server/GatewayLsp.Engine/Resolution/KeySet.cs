using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Identities, seldom made and looked into at every edit. Their hashes lie side by side, so that a look takes in many at once
/// and touches nothing else as long as none is the same.
/// </summary>
internal sealed class KeySet
{
    public static readonly KeySet Empty = new([]);

    private readonly ObjectKey[] _keys;
    private readonly int[] _hashes;

    public KeySet(IEnumerable<ObjectKey> keys)
    {
        _keys = [.. keys];
        _hashes = Array.ConvertAll(_keys, static key => key.GetHashCode());
    }

    public ReadOnlySpan<ObjectKey> Keys => _keys;

    /// <summary>True when some identity is in both.</summary>
    public bool Overlaps(KeySet few)
    {
        for (int i = 0; i < few._keys.Length; i++)
        {
            if (Contains(few._keys[i], few._hashes[i]))
            {
                return true;
            }
        }
        return false;
    }

    private bool Contains(in ObjectKey key, int hash)
    {
        for (int from = 0; _hashes.AsSpan(from).IndexOf(hash) is var at and >= 0; from += at + 1)
        {
            if (_keys[from + at] == key)
            {
                return true;
            }
        }
        return false;
    }
}
