using GatewayLsp.Engine.Cluster;

namespace GatewayLsp.Kubernetes.Watching;

/// <summary>
/// Whether a cluster can be talked to. The loops of all kinds wait here while it can't, so a dead cluster costs one attempt at
/// a time instead of one per kind.
/// </summary>
internal sealed class ConnectionGate
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _open = New();
    private TaskCompletionSource _closed = New();

    public ConnectionGate() => _closed.SetResult();

    /// <summary>Completes while open.</summary>
    public Task Opened
    {
        get
        {
            lock (_gate)
            {
                return _open.Task;
            }
        }
    }

    /// <summary>Completes while closed.</summary>
    public Task Closed
    {
        get
        {
            lock (_gate)
            {
                return _closed.Task;
            }
        }
    }

    /// <summary>True for failures that concern the connection or the user, not one request.</summary>
    public static bool Concerns(ClusterError error) => error.IsTransient || error.Kind is ClusterErrorKind.Tls or ClusterErrorKind.Unauthorized
        or ClusterErrorKind.BadKubeconfig or ClusterErrorKind.NotAllowed or ClusterErrorKind.PluginMissing or ClusterErrorKind.PluginFailed or ClusterErrorKind.PluginTimeout;

    public void Open()
    {
        lock (_gate)
        {
            if (_closed.Task.IsCompleted)
            {
                _closed = New();
            }
            _open.TrySetResult();
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            if (_open.Task.IsCompleted)
            {
                _open = New();
            }
            _closed.TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
