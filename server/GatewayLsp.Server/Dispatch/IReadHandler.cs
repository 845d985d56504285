namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// Answers a request from a snapshot that was taken when its turn came, so it sees every change sent before it and
/// none sent after it. Runs on the pool beside others; the token fires when the client cancels, or when the
/// document moves on and the method was registered as useless then.
/// </summary>
internal interface IReadHandler<in TParams, out TResult>
{
    TResult Handle(TParams parameters, Snapshot snapshot, CancellationToken token);
}
