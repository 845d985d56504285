using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Kubernetes.Watching;

/// <summary>
/// The watchers of the clusters that the user picked, side by side: each has its own connection, loops and bounds, so the faults
/// of one are no business of the others. Notices when the kubeconfig changes under a context.
/// </summary>
public sealed class ClusterWatchers : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly ClusterDirectory _directory;
    private readonly IClusterSink _sink;
    private readonly Func<ClusterTarget, WatcherOptions> _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private ImmutableArray<GroupKind> _kinds = [];
    private ImmutableArray<string> _namespaces = [];
    private Task? _looking;

    public ClusterWatchers(ClusterDirectory directory, IClusterSink sink, Func<ClusterTarget, WatcherOptions>? options = null, TimeProvider? time = null)
    {
        _directory = directory;
        _sink = sink;
        _options = options ?? (_ => new WatcherOptions());
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The contexts to watch from now on, the kinds in use and the namespaces that manifests mention.</summary>
    public async Task SetAsync(IEnumerable<string> contexts, IEnumerable<GroupKind> kinds, IEnumerable<string> namespaces)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }
            _kinds = [.. kinds];
            _namespaces = [.. namespaces];
            ImmutableHashSet<string> wanted = [.. contexts];
            foreach (string gone in _entries.Keys.Where(context => !wanted.Contains(context)).ToList())
            {
                await StopAsync(gone).ConfigureAwait(false);
            }
            foreach (string context in wanted)
            {
                lock (_entries)
                {
                    _entries.TryAdd(context, new Entry(context));
                }
            }
            await LookAsync().ConfigureAwait(false);
            if (_entries.Count > 0)
            {
                _looking ??= Task.Run(LookAgainAsync);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The newest state of a context; null when it is not watched.</summary>
    public ObservedCluster? Current(string context)
    {
        lock (_entries)
        {
            return _entries.GetValueOrDefault(context)?.Last;
        }
    }

    /// <summary>Try now instead of when the wait is over.</summary>
    public async Task RetryAsync(string context)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await LookAsync().ConfigureAwait(false);
            _entries.GetValueOrDefault(context)?.Watcher?.Retry();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (string context in _entries.Keys.ToList())
            {
                await StopAsync(context).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task LookAgainAsync()
    {
        using var timer = new PeriodicTimer(LookInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await _turn.WaitAsync(_stop.Token).ConfigureAwait(false);
                try
                {
                    await LookAsync().ConfigureAwait(false);
                }
                finally
                {
                    _turn.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    /// <summary>Brings each entry in line with the kubeconfig. An unchanged one costs a look at the file's time.</summary>
    private async Task LookAsync()
    {
        foreach (Entry entry in _entries.Values.ToList())
        {
            Answered<IClusterClient> client = _directory.Connect(entry.Context);
            if (!client.IsOk)
            {
                await EndAsync(entry).ConfigureAwait(false);
                if (entry.Mistake != client.Error.Message)
                {
                    entry.Mistake = client.Error.Message;
                    Publish(entry, (entry.Last ?? new ObservedCluster(_directory.Read().Find(entry.Context) ?? new ClusterTarget(entry.Context))) with
                    {
                        State = entry.Last?.ContactAt is null ? ConnectionState.Failed : ConnectionState.Lost,
                        Error = client.Error,
                    });
                }
                continue;
            }
            if (!ReferenceEquals(client.Value, entry.Client))
            {
                // Another server may stand behind the name now: what was known of the old one holds only for the same one.
                ObservedCluster? last = entry.Last is { } known && known.Target.Server == client.Value.Target.Server ? known : null;
                await EndAsync(entry).ConfigureAwait(false);
                entry.Mistake = null;
                entry.Client = client.Value;
                entry.Watcher = new ClusterWatcher(client.Value, new Relay(this, entry), _options(client.Value.Target), _time, last);
            }
            entry.Watcher!.Name(_namespaces);
            entry.Watcher.Use(_kinds);
        }
    }

    private async Task StopAsync(string context)
    {
        Entry? entry;
        lock (_entries)
        {
            _entries.Remove(context, out entry);
        }
        if (entry is not null)
        {
            await EndAsync(entry).ConfigureAwait(false);
        }
    }

    private static async Task EndAsync(Entry entry)
    {
        if (entry.Watcher is { } watcher)
        {
            entry.Watcher = null;
            entry.Client = null;
            await watcher.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Publish(Entry entry, ObservedCluster cluster)
    {
        entry.Last = cluster;
        _sink.Publish(cluster);
    }

    private sealed class Entry(string context)
    {
        public string Context { get; } = context;

        public IClusterClient? Client { get; set; }

        public ClusterWatcher? Watcher { get; set; }

        public ObservedCluster? Last { get; set; }

        public string? Mistake { get; set; }
    }

    /// <summary>Keeps the newest state and completes the target by what the server's version tells.</summary>
    private sealed class Relay(ClusterWatchers owner, Entry entry) : IClusterSink
    {
        public void Publish(ObservedCluster cluster) => owner.Publish(entry,
            cluster.Version is { } version ? cluster with { Target = owner._directory.Complete(cluster.Target, version) } : cluster);

        public void Notice(ClusterTarget target, string message) => owner._sink.Notice(target, message);
    }
}
