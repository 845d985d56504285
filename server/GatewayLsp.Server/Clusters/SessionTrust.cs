using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Credentials;

namespace GatewayLsp.Server.Clusters;

/// <summary>
/// What the user allows: nothing before the workspace is trusted, then the contexts that were picked, and for the length of
/// a look at the list of contexts those that were asked for.
/// </summary>
internal sealed class SessionTrust : ITrust
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _looks = new(StringComparer.Ordinal);
    private volatile ImmutableSortedSet<string> _picked = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Never taken back: an editor starts its servers anew for that.</summary>
    public bool IsTrusted { get; set; }

    public ImmutableSortedSet<string> Picked => _picked;

    public bool IsAllowed(ClusterTarget target)
    {
        lock (_gate)
        {
            return IsTrusted && (_picked.Contains(target.Context) || _looks.ContainsKey(target.Context));
        }
    }

    public void Pick(string context, bool isPicked)
    {
        lock (_gate)
        {
            _picked = isPicked ? _picked.Add(context) : _picked.Remove(context);
        }
    }

    /// <summary>Allows these contexts until the result is disposed of.</summary>
    public IDisposable Look(IReadOnlyList<string> contexts)
    {
        lock (_gate)
        {
            foreach (string context in contexts)
            {
                _looks[context] = _looks.GetValueOrDefault(context) + 1;
            }
        }
        return new Ending(this, contexts);
    }

    private void End(IReadOnlyList<string> contexts)
    {
        lock (_gate)
        {
            foreach (string context in contexts)
            {
                if (--_looks[context] == 0)
                {
                    _looks.Remove(context);
                }
            }
        }
    }

    private sealed class Ending(SessionTrust trust, IReadOnlyList<string> contexts) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                trust.End(contexts);
            }
        }
    }
}
