using System.Collections.Immutable;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Topology;

namespace GatewayLsp.Server.Publishing;

/// <summary>
/// Tells subscribers how the topology changes: the whole graph first, then patches. Works only when diagnostics are done, for
/// which nobody is to wait, and starts anew when something changes meanwhile. Changes of clusters come the same way, at most once a
/// second.
/// </summary>
internal sealed class TopologyPublisher : IDisposable
{
    public const string Method = "gatewayLsp/didChangeTopology";

    private const int MaxSubscriptions = 64;

    /// <summary>Changes in so short a time are told together.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _gate = new();
    private readonly IClient _client;
    private readonly LiveTopology _live;
    private readonly Log _log;
    private CancellationTokenSource _pass = new();
    private Snapshot? _wanted;

    /// <summary>Nothing changed but clusters: graphs of files alone stay as they are.</summary>
    private bool _isForClusters;
    private bool _stopped;

    public TopologyPublisher(IClient client, LiveTopology live, Log log)
    {
        (_client, _live, _log) = (client, live, log);
        Completion = RunAsync();
    }

    public Task Completion { get; }

    /// <summary>A second one of the same name takes the place of the first.</summary>
    public void Subscribe(string name, TopologyQuery query, Snapshot snapshot)
    {
        lock (_gate)
        {
            if (_subscriptions.Count >= MaxSubscriptions && !_subscriptions.ContainsKey(name))
            {
                throw new RpcErrorException(ErrorCode.RequestFailed, $"There are {MaxSubscriptions} subscriptions already; end one first.");
            }

            _subscriptions[name] = new Subscription(name, query);
        }

        DiagnosticsDone(snapshot);
    }

    public void Unsubscribe(string name)
    {
        lock (_gate)
        {
            _subscriptions.Remove(name);
            if (_subscriptions.Values.Any(static one => one.Query.Source != TopologySource.Planned))
            {
                return;
            }
        }
        _live.Forget();
    }

    /// <summary>What is being computed is out of date.</summary>
    public void Changed(Snapshot snapshot, string? key)
    {
        lock (_gate)
        {
            _pass.Cancel();
        }
    }

    public void DiagnosticsDone(Snapshot snapshot)
    {
        lock (_gate)
        {
            if (_stopped || _subscriptions.Count == 0)
            {
                return;
            }

            _wanted = snapshot;
            _isForClusters = false;
            _pass.Cancel();
        }

        _wake.Release();
    }

    /// <summary>What clusters have may be something else; costs nothing while nobody looks at that.</summary>
    public void ClustersChanged(Snapshot snapshot)
    {
        lock (_gate)
        {
            if (_stopped || !_subscriptions.Values.Any(static one => one.Query.Source != TopologySource.Planned))
            {
                return;
            }

            _isForClusters = _wanted is null || _isForClusters;
            _wanted = snapshot;
        }

        _wake.Release();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _wanted = null;
            _pass.Cancel();
        }

        _wake.Release();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await _wake.WaitAsync().ConfigureAwait(false);
            await Task.Delay(Rest).ConfigureAwait(false);
            Snapshot? snapshot;
            ImmutableArray<Subscription> subscriptions;
            CancellationToken token;
            lock (_gate)
            {
                if (_stopped)
                {
                    return;
                }

                (snapshot, _wanted) = (_wanted, null);
                subscriptions = [.. _subscriptions.Values.Where(one => !_isForClusters || one.Query.Source != TopologySource.Planned)];
                _pass = new CancellationTokenSource();
                token = _pass.Token;
            }

            if (snapshot is null || subscriptions.IsEmpty)
            {
                continue;
            }

            try
            {
                Pass(snapshot, subscriptions, token);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // Diagnostics of the newer snapshot are under way; they wake this again.
            }
            catch (Exception e)
            {
                _log.Error("The topology could not be published.", e);
            }
        }
    }

    private void Pass(Snapshot snapshot, ImmutableArray<Subscription> subscriptions, CancellationToken token)
    {
        TopologyGraph? planned = null;
        foreach (var subscription in subscriptions)
        {
            token.ThrowIfCancellationRequested();
            TopologyQuery query = subscription.Query;
            TopologyGraph graph = query.Of(query.Source == TopologySource.Planned
                ? planned ??= snapshot.Analysis.Topology(token)
                : _live.Watched(query.Source, query.Contexts, snapshot, token), snapshot);
            if (subscription.Sent is not { } sent)
            {
                Send(subscription, TopologyMessage.Of(graph, snapshot, subscription.Name));
            }
            else if (TopologyDiffer.Diff(sent, graph) is { IsEmpty: false } patches)
            {
                Send(subscription, TopologyMessage.Of(patches, subscription.Version, snapshot, subscription.Name));
            }
            else
            {
                continue;
            }

            (subscription.Sent, subscription.Version) = (graph, snapshot.Version);
        }
    }

    /// <summary>Nothing is sent for one that was ended or replaced meanwhile.</summary>
    private void Send(Subscription subscription, System.Text.Json.JsonElement message)
    {
        lock (_gate)
        {
            if (_subscriptions.GetValueOrDefault(subscription.Name) == subscription)
            {
                _client.Notify(Method, message, LspJson.Default.JsonElement);
            }
        }
    }

    /// <summary>What a client wants to see, and what it has seen. Used by the one pass at a time.</summary>
    private sealed class Subscription(string name, TopologyQuery query)
    {
        public string Name => name;

        public TopologyQuery Query => query;

        public TopologyGraph? Sent { get; set; }

        public int Version { get; set; }
    }
}
