using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Kubernetes.Watching;

/// <summary>Why a scope (a kind in all namespaces or in one) is no longer watched.</summary>
internal enum ScopeEnd : byte { Forbidden, NotServed }

/// <summary>Keeps the objects of one kind in the state up to date: list, watch, and what to do when either fails.</summary>
internal sealed class KindWatcher(GroupKind kind, IClusterClient client, ClusterState state, ConnectionGate gate, ReadableNamespaces readable,
    WatcherOptions options, TimeProvider time)
{
    /// <summary>A watch that ends sooner counts as failed: servers end watches after minutes.</summary>
    private static readonly TimeSpan ShortestWatch = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Called when the server says that it does not serve the kind, whatever discovery said.</summary>
    public required Action Rediscover { get; init; }

    /// <summary>Completes at the next discovery.</summary>
    public required Func<Task> Discovered { get; init; }

    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start(CancellationToken cancellation) => Running = Task.Run(() => RunAsync(cancellation), CancellationToken.None);

    public void Stop() => _stop.Cancel();

    private async Task RunAsync(CancellationToken outer)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(outer, _stop.Token);
        CancellationToken cancellation = linked.Token;
        try
        {
            while (true)
            {
                await gate.Opened.WaitAsync(cancellation).ConfigureAwait(false);
                Task discovered = Discovered();
                ServedKinds served = state.Current.Served ?? ServedKinds.Empty;
                if (served.Find(kind.Group, kind.Kind) is not { } found || !found.Verbs.HasFlag(KindVerbs.List))
                {
                    state.Settle(kind, null, served.Knows(kind.Group, kind.Kind) == Presence.Absent ? Readability.NotServed : Readability.Unknown);
                    await discovered.WaitAsync(cancellation).ConfigureAwait(false);
                    continue;
                }
                ScopeEnd end = await WatchScopeAsync(found, "", cancellation).ConfigureAwait(false);
                if (end == ScopeEnd.NotServed)
                {
                    state.Settle(kind, null, Readability.NotServed);
                    Rediscover();
                    await discovered.WaitAsync(cancellation).ConfigureAwait(false);
                    continue;
                }
                if (state.Current.Kinds.GetValueOrDefault(kind)?.Readability is Readability.Everywhere or Readability.TooMany)
                {
                    state.Settle(kind, found, Readability.Unknown); // The right to read them all is gone.
                }
                await WatchNamespacesAsync(found, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    /// <summary>For users without the right to list everywhere: each namespace in which they have it. Ends after a while, to look again.</summary>
    private async Task WatchNamespacesAsync(ServedKind served, CancellationToken cancellation)
    {
        (IReadOnlyList<string> namespaces, bool isCut) = served.IsNamespaced ? await readable.FindAsync(served, cancellation).ConfigureAwait(false) : ([], false);
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (namespaces.Count == 0)
        {
            state.Settle(kind, served, Readability.Forbidden);
        }
        else
        {
            foreach (string gone in state.Current.Kinds.GetValueOrDefault(kind)?.Namespaces.Except(namespaces) ?? [])
            {
                state.DropNamespace(kind, gone);
            }
        }
        readable.Tell(served, namespaces, isCut);
        Task[] scopes = [.. namespaces.Select(one => Task.Run(() => WatchNamespaceAsync(served, one, round.Token), CancellationToken.None))];
        try
        {
            await readable.WaitForChangeAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            await round.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(scopes).ConfigureAwait(false);
        }
    }

    private async Task WatchNamespaceAsync(ServedKind served, string @namespace, CancellationToken cancellation)
    {
        try
        {
            await WatchScopeAsync(served, @namespace, cancellation).ConfigureAwait(false);
            state.DropNamespace(kind, @namespace);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The round is over.
        }
    }

    private async Task<ScopeEnd> WatchScopeAsync(ServedKind served, string @namespace, CancellationToken cancellation)
    {
        var backoff = new Backoff(options.FirstBackoff, options.LongestBackoff);
        string? version = null;
        while (true)
        {
            await gate.Opened.WaitAsync(cancellation).ConfigureAwait(false);
            ClusterError? error;
            if (version is not { } from)
            {
                (version, error) = await ListAsync(served, @namespace, cancellation).ConfigureAwait(false);
            }
            else
            {
                long start = time.GetTimestamp();
                (version, error) = await WatchAsync(served, @namespace, from, cancellation).ConfigureAwait(false);
                if (time.GetElapsedTime(start) >= ShortestWatch)
                {
                    backoff.Reset();
                }
                else if (error is null)
                {
                    await WaitAsync(backoff.Next(), cancellation).ConfigureAwait(false);
                }
            }
            switch (error?.Kind)
            {
                case null:
                    continue;
                case ClusterErrorKind.Forbidden when version is not null:
                    // May list but not watch.
                    await WaitAsync(options.PollInterval, cancellation).ConfigureAwait(false);
                    version = null;
                    continue;
                case ClusterErrorKind.Forbidden:
                    return ScopeEnd.Forbidden;
                case ClusterErrorKind.KindNotServed or ClusterErrorKind.NotFound:
                    return ScopeEnd.NotServed;
                case ClusterErrorKind.Gone:
                    version = null;
                    break;
                default:
                    if (ConnectionGate.Concerns(error))
                    {
                        gate.Close(); // Somebody finds out whether the cluster is there, and opens it again.
                    }
                    break;
            }
            await WaitAsync(backoff.Next(error.RetryAfter), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The resourceVersion to watch from, or what went wrong.</summary>
    private async Task<(string? Version, ClusterError? Error)> ListAsync(ServedKind served, string @namespace, CancellationToken cancellation)
    {
        var listed = new List<ObservedResource>();
        string? next = null;
        do
        {
            var request = new ListRequest(served, @namespace) { Limit = options.PageSize, Continue = next, MetadataOnly = served.IsMetadataOnlyByDefault };
            Answered<ResourcePage> page = await client.ListAsync(request, cancellation).ConfigureAwait(false);
            if (!page.IsOk)
            {
                return (null, page.Error);
            }
            listed.AddRange(page.Value.Items);
            next = page.Value.Continue;
            if (next is null || listed.Count >= options.MaxObjectsPerKind)
            {
                state.Replace(served, @namespace, listed, isWhole: next is null);
                return (page.Value.ResourceVersion, null);
            }
        }
        while (true);
    }

    /// <summary>Watches until the watch ends. The resourceVersion to go on from, and what went wrong if anything did.</summary>
    private async Task<(string? Version, ClusterError? Error)> WatchAsync(ServedKind served, string @namespace, string version, CancellationToken cancellation)
    {
        if (!served.Verbs.HasFlag(KindVerbs.Watch))
        {
            await WaitAsync(options.PollInterval, cancellation).ConfigureAwait(false);
            return (null, null);
        }
        var request = new WatchRequest(served, @namespace, version)
        {
            MetadataOnly = served.IsMetadataOnlyByDefault,
            ServerTimeout = options.ServerTimeout,
            StallTimeout = options.StallTimeout,
        };
        await foreach (WatchEvent happened in client.WatchAsync(request, cancellation).ConfigureAwait(false))
        {
            if (happened.Kind == WatchEventKind.Error)
            {
                return (version, happened.Error);
            }
            if (happened.ResourceVersion.Length > 0)
            {
                version = happened.ResourceVersion;
            }
            if (happened.Kind == WatchEventKind.Bookmark)
            {
                state.Confirm(kind);
            }
            else
            {
                state.Take(happened, kind);
            }
        }
        return (version, null);
    }

    private Task WaitAsync(TimeSpan span, CancellationToken cancellation) => Task.Delay(span, time, cancellation);
}
