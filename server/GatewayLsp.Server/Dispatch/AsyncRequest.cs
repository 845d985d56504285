using System.Text.Json.Serialization.Metadata;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// Answers a request that has to wait for something outside of the process, a cluster for instance. It gets the snapshot of
/// its turn and runs beside everything else.
/// </summary>
internal interface IAsyncHandler<in TParams, TResult>
{
    Task<TResult> HandleAsync(TParams parameters, Snapshot snapshot, CancellationToken token);
}

/// <summary>
/// A request that is answered when its work has come to an end, also after it was cancelled: what such work does outside
/// must be over, or undone, before the client is told.
/// </summary>
/// <param name="needsAllFiles">True where half of the workspace would give a wrong answer: it waits until the folders have been read.</param>
internal sealed class AsyncRequest<TParams, TResult>(
    string name, JsonShape<TParams>? shape, JsonShape<TResult> resultShape, IAsyncHandler<TParams, TResult> handler, bool needsAllFiles = false) : Method(name)
{
    public override bool IsRequest => true;

    public override Task<Answer> Accept(ReadOnlyMemory<byte> json, Turns turns, CancellationToken token)
    {
        if (!TryParse(Name, json, shape, out var parameters, out var error))
        {
            return Refuse(error!);
        }

        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);

        // As long as nothing has been done that would have to be undone first, who gives up has the answer at once.
        var onCancel = token.UnsafeRegister(static waiting => ((TaskCompletionSource<Answer>)waiting!).TrySetResult(RpcError.Cancelled), answer);
        turns.Queue.Post(Begin);
        return answer.Task;

        void Begin()
        {
            if (answer.Task.IsCompleted)
            {
                return;
            }

            var snapshot = turns.TakeSnapshot();
            if (needsAllFiles && snapshot.IsLoading)
            {
                turns.WhenLoaded(Begin);
                return;
            }

            onCancel.Dispose();
            if (!answer.Task.IsCompleted)
            {
                _ = Task.Run(async () => answer.SetResult(await RunAsync(parameters, snapshot, turns.Log, token).ConfigureAwait(false)), CancellationToken.None);
            }
        }
    }

    private async Task<Answer> RunAsync(TParams parameters, Snapshot snapshot, Log log, CancellationToken token)
    {
        try
        {
            token.ThrowIfCancellationRequested();
            JsonTypeInfo<TResult> type = resultShape(LspJson.Default);
            return new Answer(Payload.Of(await handler.HandleAsync(parameters, snapshot, token).ConfigureAwait(false), type));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return RpcError.Cancelled;
        }
        catch (Exception e)
        {
            return Explain(Name, e, log);
        }
    }
}
