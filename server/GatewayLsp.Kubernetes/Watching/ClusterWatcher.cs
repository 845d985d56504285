using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Kubernetes.Watching;

/// <summary>
/// Watches one cluster: the kinds in use, nothing else, and nothing before the first is. Publishes snapshots; after the loss of
/// the cluster the last one stays, with its age and the reason.
/// </summary>
public sealed class ClusterWatcher : IAsyncDisposable
{
    private readonly IClusterClient _client;
    private readonly IClusterSink _sink;
    private readonly WatcherOptions _options;
    private readonly TimeProvider _time;
    private readonly ClusterState _state;
    private readonly ConnectionGate _gate = new();
    private readonly ReadableNamespaces _readable;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<GroupKind, KindWatcher> _kinds = [];
    private readonly List<Task> _ending = [];
    private TaskCompletionSource _discovered = New();
    private TaskCompletionSource _nudge = New();
    private Task _running = Task.CompletedTask;
    private Task _publishing = Task.CompletedTask;
    private bool _isStarted;

    /// <param name="last">What was known before, by a watcher that this one takes over from.</param>
    public ClusterWatcher(IClusterClient client, IClusterSink sink, WatcherOptions? options = null, TimeProvider? time = null, ObservedCluster? last = null)
    {
        _client = client;
        _sink = sink;
        _options = options ?? new WatcherOptions();
        _time = time ?? TimeProvider.System;
        _state = new ClusterState(last is null ? new ObservedCluster(client.Target) : last with { Target = client.Target }, _options, _time);
        _readable = new ReadableNamespaces(client, _state, sink, _options, _time, _stop.Token);
    }

    public ObservedCluster Current => _state.Current;

    /// <summary>The kinds to watch from now on; those that are no longer among them are forgotten.</summary>
    public void Use(IEnumerable<GroupKind> kinds)
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }
            ImmutableHashSet<GroupKind> wanted = [.. kinds];
            foreach (GroupKind gone in _kinds.Keys.Where(kind => !wanted.Contains(kind)).ToList())
            {
                _kinds.Remove(gone, out KindWatcher? watcher);
                watcher!.Stop();
                _ending.RemoveAll(task => task.IsCompleted);
                _ending.Add(watcher.Running.ContinueWith(_ => DropUnlessUsed(gone), TaskScheduler.Default));
            }
            foreach (GroupKind kind in wanted)
            {
                if (!_kinds.ContainsKey(kind))
                {
                    var watcher = new KindWatcher(kind, _client, _state, _gate, _readable, _options, _time)
                    {
                        Rediscover = Retry,
                        Discovered = () => Volatile.Read(ref _discovered).Task,
                    };
                    _kinds.Add(kind, watcher);
                    watcher.Start(_stop.Token);
                }
            }
            if (!_isStarted && _kinds.Count > 0)
            {
                _isStarted = true;
                _running = Task.Run(RunAsync);
                _publishing = Task.Run(PublishAsync);
            }
        }
    }

    /// <summary>Namespaces that the user's manifests mention: where to look when not all may be listed.</summary>
    public void Name(IEnumerable<string> namespaces) => _readable.Name(namespaces);

    /// <summary>Try now, and ask anew what is served and may be read.</summary>
    public void Retry()
    {
        _readable.Forget();
        Volatile.Read(ref _nudge).TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Task[] ending;
        lock (_lock)
        {
            _stop.Cancel();
            ending = [_running, _publishing, .. _kinds.Values.Select(watcher => watcher.Running), .. _ending];
        }
        try
        {
            await Task.WhenAll(ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
    }

    /// <summary>Finds out whether the cluster is there and what it serves; then waits until somebody doubts it.</summary>
    private async Task RunAsync()
    {
        CancellationToken cancellation = _stop.Token;
        var backoff = new Backoff(_options.FirstBackoff, _options.LongestBackoff);
        DateTimeOffset discoveredAt = DateTimeOffset.MinValue;
        while (!cancellation.IsCancellationRequested)
        {
            bool isAsked = _nudge.Task.IsCompleted;
            if (isAsked)
            {
                Volatile.Write(ref _nudge, New());
            }
            bool isStale = isAsked || _time.GetUtcNow() - discoveredAt >= _options.RediscoverAfter;
            ClusterError? error = await ConnectAsync(isStale, cancellation).ConfigureAwait(false);
            if (error is not null)
            {
                _gate.Close();
                _state.Change(cluster =>
                {
                    ConnectionState failed = cluster.ContactAt is null ? ConnectionState.Failed : ConnectionState.Lost;
                    return cluster.State == failed && cluster.Error == error ? cluster : cluster with { State = failed, Error = error };
                });
                // What only a human can change is not asked for every minute.
                TimeSpan wait = backoff.Next(error.RetryAfter, error.IsTransient ? null : _options.LongestBackoffOfMistakes);
                await WaitAsync(Task.Delay(wait, _time, cancellation), cancellation).ConfigureAwait(false);
                continue;
            }
            if (isStale)
            {
                discoveredAt = _time.GetUtcNow();
                Interlocked.Exchange(ref _discovered, New()).TrySetResult();
            }
            _gate.Open();
            long opened = _time.GetTimestamp();
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task rediscovery = Task.Delay(_options.RediscoverAfter, _time, timer.Token);
            await WaitAsync(Task.WhenAny(_gate.Closed, rediscovery), cancellation).ConfigureAwait(false);
            await timer.CancelAsync().ConfigureAwait(false);
            if (_time.GetElapsedTime(opened) > _options.LongestBackoff)
            {
                backoff.Reset();
            }
            else if (_gate.Closed.IsCompleted && !_nudge.Task.IsCompleted)
            {
                // It answers and yet fails: don't ask for its version as fast as it does.
                await WaitAsync(Task.Delay(backoff.Next(most: _options.FirstBackoff * 8), _time, cancellation), cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<ClusterError?> ConnectAsync(bool discovers, CancellationToken cancellation)
    {
        _state.Change(cluster => cluster.State == ConnectionState.Idle ? cluster with { State = ConnectionState.Connecting } : cluster);
        Answered<ClusterVersion> version = await _client.GetVersionAsync(cancellation).ConfigureAwait(false);
        if (!version.IsOk)
        {
            return version.Error;
        }
        ServedKinds? served = _state.Current.Served;
        if (discovers || served is null)
        {
            Answered<ServedKinds> discovered = await _client.DiscoverAsync(cancellation).ConfigureAwait(false);
            if (!discovered.IsOk)
            {
                return discovered.Error;
            }
            served = discovered.Value;
        }
        _state.Change(cluster => cluster with
        {
            State = ConnectionState.Connected,
            Error = null,
            Version = version.Value,
            Served = served,
            ContactAt = _time.GetUtcNow(),
        });
        return null;
    }

    /// <summary>Waits for a task or a nudge, whichever is first.</summary>
    private Task WaitAsync(Task task, CancellationToken cancellation) =>
        Task.WhenAny(task, Volatile.Read(ref _nudge).Task).WaitAsync(cancellation);

    private async Task PublishAsync()
    {
        CancellationToken cancellation = _stop.Token;
        ObservedCluster? published = null;
        while (true)
        {
            await _state.WaitForNewsAsync(cancellation).ConfigureAwait(false);
            await Task.Delay(_options.PublishDelay, _time, cancellation).ConfigureAwait(false);
            ObservedCluster now = _state.Current;
            if (!ReferenceEquals(now, published))
            {
                published = now;
                _sink.Publish(now);
            }
        }
    }

    private void DropUnlessUsed(GroupKind kind)
    {
        lock (_lock)
        {
            if (!_kinds.ContainsKey(kind))
            {
                _state.Drop(kind);
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
