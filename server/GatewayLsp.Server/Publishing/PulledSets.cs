using System.Collections.Concurrent;

namespace GatewayLsp.Server.Publishing;

/// <summary>What the client last pulled for each open document, to know when it should pull again unasked.</summary>
internal sealed class PulledSets
{
    private readonly ConcurrentDictionary<string, ulong> _sets = new(StringComparer.Ordinal);

    public void Remember(string key, ulong hash) => _sets[key] = hash;

    public bool IsStale(string key, ulong hash) => _sets.TryGetValue(key, out var pulled) && pulled != hash;

    public void Forget(string key) => _sets.TryRemove(key, out _);
}
