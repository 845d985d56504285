using System.Collections.Concurrent;

namespace GatewayLsp.Server.Publishing;

/// <summary>What the client last pulled for each open document, to know when it should pull again unasked.</summary>
internal sealed class PulledSets
{
    private readonly ConcurrentDictionary<string, ulong> _sets = new(StringComparer.Ordinal);

    /// <summary>Called when a client pulled what is not all yet.</summary>
    public Action OnEarly { get; set; } = () => { };

    public void Remember(string key, ulong hash) => _sets[key] = hash;

    public bool IsStale(string key, ulong hash) => _sets.TryGetValue(key, out var pulled) && pulled != hash;

    /// <summary>The client was told to pull; it is not told again for the same set.</summary>
    public void Announce(string key, ulong hash)
    {
        if (_sets.TryGetValue(key, out var pulled))
        {
            _sets.TryUpdate(key, hash, pulled);
        }
    }

    public void Forget(string key) => _sets.TryRemove(key, out _);
}
