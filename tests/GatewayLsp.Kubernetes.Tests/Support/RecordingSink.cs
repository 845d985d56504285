using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Watching;

namespace GatewayLsp.Kubernetes.Tests.Support;

/// <summary>Keeps what was published and lets tests wait for a state.</summary>
internal sealed class RecordingSink : IClusterSink
{
    private readonly Lock _gate = new();
    private readonly List<ObservedCluster> _published = [];
    private readonly List<string> _notices = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Notices
    {
        get
        {
            lock (_gate)
            {
                return [.. _notices];
            }
        }
    }

    public IReadOnlyList<ObservedCluster> Published
    {
        get
        {
            lock (_gate)
            {
                return [.. _published];
            }
        }
    }

    public void Publish(ObservedCluster cluster) => Add(() => _published.Add(cluster));

    public void Notice(ClusterTarget target, string message) => Add(() => _notices.Add(message));

    /// <summary>The first state of a context, from now on or the newest so far, that fits.</summary>
    public async Task<ObservedCluster> WaitAsync(Func<ObservedCluster, bool> fits, string? context = null, int seconds = 30)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            Task news;
            ObservedCluster? last;
            lock (_gate)
            {
                last = _published.FindLast(one => context is null || one.Target.Context == context);
                news = _news.Task;
            }
            if (last is not null && fits(last))
            {
                return last;
            }
            try
            {
                await news.WaitAsync(timer.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"State {last?.State}, {last?.Error}; " + string.Join(", ",
                    last?.Kinds.Values.Select(kind => $"{kind.GroupKind.Kind} {kind.Readability} {kind.Resources.Count}") ?? []));
            }
        }
    }

    private void Add(Action add)
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            add();
            told = _news;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        told.TrySetResult();
    }
}
