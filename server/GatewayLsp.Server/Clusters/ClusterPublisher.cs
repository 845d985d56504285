using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Clusters;

/// <summary>
/// Brings what is seen of clusters to the session and to the client (<c>gatewayLsp/didChangeClusters</c>), many changes at a time:
/// a busy cluster must not be felt by who types.
/// </summary>
internal sealed class ClusterPublisher : IDisposable
{
    public const string Method = "gatewayLsp/didChangeClusters";

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly IClient _client;
    private readonly ClusterSession _clusters;
    private readonly Session _session;
    private readonly RequestQueue _queue;
    private readonly Log _log;
    private readonly Timer _timer;
    private byte[] _told = [];
    private bool _isWaiting;

    public ClusterPublisher(IClient client, ClusterSession clusters, Session session, RequestQueue queue, Log log)
    {
        (_client, _clusters, _session, _queue, _log) = (client, clusters, session, queue, log);
        _timer = new Timer(_ => Publish(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clusters.OnChange = Changed;
    }

    public void Dispose() => _timer.Dispose();

    private void Changed()
    {
        lock (_gate)
        {
            if (!_isWaiting)
            {
                _isWaiting = true;
                _timer.Change(Rest, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Publish()
    {
        lock (_gate)
        {
            _isWaiting = false;
        }
        try
        {
            ImmutableDictionary<string, ObservedCluster> observed = _clusters.Observed;
            var told = new DidChangeClustersParams([.. observed.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => ClusterEntries.Of(one.Value))]);
            byte[] text = JsonSerializer.SerializeToUtf8Bytes(told, LspJson.Default.DidChangeClustersParams);
            if (!text.AsSpan().SequenceEqual(_told))
            {
                _told = text;
                _client.Notify(Method, told, LspJson.Default.DidChangeClustersParams);
            }
        }
        catch (Exception e)
        {
            _log.Error("What clusters are like could not be told.", e);
        }
    }
}
