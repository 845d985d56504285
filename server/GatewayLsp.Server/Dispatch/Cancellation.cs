using System.Collections.Concurrent;
using StreamJsonRpc;

namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// Requests under way by id, for <c>$/cancelRequest</c>. An id used twice at once (a client's fault) cancels the
/// later one; StreamJsonRpc's own strategy would fail the request instead.
/// </summary>
internal sealed class Cancellation : ICancellationStrategy
{
    private readonly ConcurrentDictionary<RequestId, CancellationTokenSource> _running = new();

    /// <summary>Sends <c>$/cancelRequest</c> for a request of ours.</summary>
    public Action<RequestId> CancelOutbound { get; set; } = _ => { };

    public void Cancel(RequestId id)
    {
        if (_running.TryRemove(id, out var source))
        {
            source.Cancel();
        }
    }

    public void IncomingRequestStarted(RequestId requestId, CancellationTokenSource cancellationTokenSource)
        => _running[requestId] = cancellationTokenSource;

    public void IncomingRequestEnded(RequestId requestId) => _running.TryRemove(requestId, out _);

    public void CancelOutboundRequest(RequestId requestId) => CancelOutbound(requestId);

    public void OutboundRequestEnded(RequestId requestId)
    {
    }
}
