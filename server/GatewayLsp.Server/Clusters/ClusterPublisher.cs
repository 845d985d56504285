using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Publishing;

namespace GatewayLsp.Server.Clusters;

/// <summary>
/// Brings what is seen of clusters to the session, to whoever shows something of it, and to the client
/// (<c>gatewayLsp/didChangeClusters</c>), many changes at a time: a busy cluster must not be felt by who types.
/// </summary>
internal sealed class ClusterPublisher : IDisposable
{
    public const string Method = "gatewayLsp/didChangeClusters";

    /// <summary>Changes in so short a time are taken in together.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>Between looks at all files because of clusters.</summary>
    private static readonly TimeSpan PassInterval = TimeSpan.FromSeconds(1);

    /// <summary>After an edit, before the kinds in use are gathered anew.</summary>
    private static readonly TimeSpan UseDelay = TimeSpan.FromSeconds(2);

    private readonly IClient _client;
    private readonly ClusterSession _clusters;
    private readonly Session _session;
    private readonly RequestQueue _queue;
    private readonly DiagnosticsPublisher _diagnostics;
    private readonly TopologyPublisher _topology;
    private readonly ViewRefresher _views;
    private readonly Log _log;
    private readonly Timer _publish;
    private readonly Timer _pass;
    private readonly Timer _use;
    private readonly Lock _gate = new();
    private int _isPublishing;
    private int _isPassing;
    private int _isUsing;
    private byte[] _told = [];
    private int _shown;
    private int _count;

    public ClusterPublisher(IClient client, ClusterSession clusters, Session session, RequestQueue queue, DiagnosticsPublisher diagnostics, TopologyPublisher topology, ViewRefresher views, Log log)
    {
        (_client, _clusters, _session, _queue, _diagnostics, _topology, _views, _log) = (client, clusters, session, queue, diagnostics, topology, views, log);
        _publish = NewTimer(Publish);
        _pass = NewTimer(Pass);
        _use = NewTimer(Use);
        clusters.OnChange = () => Soon(ref _isPublishing, _publish, Rest);
    }

    /// <summary>Manifests changed: they may have objects of other kinds. Costs nothing while no cluster is connected.</summary>
    public void Changed(Snapshot snapshot, string? key)
    {
        if (!_clusters.Connected.IsEmpty)
        {
            Soon(ref _isUsing, _use, UseDelay);
        }
    }

    public void Dispose()
    {
        _publish.Dispose();
        _pass.Dispose();
        _use.Dispose();
    }

    private Timer NewTimer(Action work) => new(
        _ =>
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                _log.Error("What clusters are like could not be told.", e);
            }
        },
        null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private static void Soon(ref int isWaiting, Timer timer, TimeSpan delay)
    {
        if (Interlocked.Exchange(ref isWaiting, 1) == 0)
        {
            try
            {
                timer.Change(delay, Timeout.InfiniteTimeSpan);
            }
            catch (ObjectDisposedException)
            {
                // The connection is at its end.
            }
        }
    }

    private void Publish()
    {
        Volatile.Write(ref _isPublishing, 0);
        ImmutableDictionary<string, ObservedCluster> observed = _clusters.Observed;
        LiveClusters live = LiveClusters.Of(observed.Values);
        _queue.Post(() => _session.Observe(live));
        Soon(ref _isPassing, _pass, PassInterval);
        if (Interlocked.Exchange(ref _count, live.All.Length) != live.All.Length)
        {
            Soon(ref _isUsing, _use, TimeSpan.Zero);
        }
        lock (_gate)
        {
            var told = new DidChangeClustersParams([.. live.All.Select(ClusterEntries.Of)]);
            byte[] text = JsonSerializer.SerializeToUtf8Bytes(told, LspJson.Default.DidChangeClustersParams);
            if (!text.AsSpan().SequenceEqual(_told))
            {
                _told = text;
                _client.Notify(Method, told, LspJson.Default.DidChangeClustersParams);
            }
        }
    }

    private void Pass()
    {
        Volatile.Write(ref _isPassing, 0);
        _queue.Post(() =>
        {
            Snapshot snapshot = _session.TakeSnapshot();
            _diagnostics.ClustersChanged(snapshot);
            _topology.ClustersChanged(snapshot);
            ThreadPool.UnsafeQueueUserWorkItem(_ => RefreshViews(snapshot), null);
        });
    }

    /// <summary>Lenses are asked for anew when an object that an open document has is another one in some cluster.</summary>
    private void RefreshViews(Snapshot snapshot)
    {
        int shown = Shown(snapshot);
        if (Interlocked.Exchange(ref _shown, shown) != shown)
        {
            _views.ClustersChanged(snapshot);
        }
    }

    private static int Shown(Snapshot snapshot)
    {
        Workspace workspace = snapshot.Analysis.Workspace;
        var hash = new HashCode();
        foreach (ObservedCluster cluster in workspace.Live.All)
        {
            hash.Add(cluster.Target.Label);
            hash.Add(cluster.State);
        }
        foreach (string key in snapshot.Open.Keys)
        {
            foreach (LiveSight sight in snapshot.Analysis.LiveSights(key))
            {
                hash.Add(sight.Resource?.ResourceVersion);
                hash.Add(sight.Presence);
            }
        }
        return hash.ToHashCode();
    }

    private void Use()
    {
        Volatile.Write(ref _isUsing, 0);
        if (!_clusters.Connected.IsEmpty)
        {
            _queue.Post(() =>
            {
                Workspace workspace = _session.TakeSnapshot().Analysis.Workspace;
                ThreadPool.UnsafeQueueUserWorkItem(_ =>
                {
                    (ImmutableArray<GroupKind> kinds, ImmutableArray<string> namespaces) = ClusterKinds.Of(workspace);
                    _clusters.Use(kinds, namespaces);
                }, null);
            });
        }
    }
}
