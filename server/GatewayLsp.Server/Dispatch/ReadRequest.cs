using System.Text.Json.Serialization.Metadata;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>Params that are about one document.</summary>
internal interface IDocumentParams
{
    /// <summary>The document's URI as the client wrote it.</summary>
    string DocumentUri { get; }
}

/// <summary>A request that reads a snapshot: answered beside others, at once when it is cancelled.</summary>
/// <param name="needsAllFiles">True where half of the workspace would give a wrong answer: it waits until the folders have been read.</param>
/// <param name="stale">What to answer when the document changed before the answer was ready; null: the old answer still serves.</param>
internal sealed class ReadRequest<TParams, TResult>(
    string name,
    JsonShape<TParams>? shape,
    JsonShape<TResult> resultShape,
    IReadHandler<TParams, TResult> handler,
    RpcError? stale = null,
    bool needsAllFiles = false) : Method(name)
{
    public override bool IsRequest => true;

    public override Task<Answer> Accept(ReadOnlyMemory<byte> json, Turns turns, CancellationToken token)
    {
        if (!TryParse(Name, json, shape, out var parameters, out var error))
        {
            return Refuse(error!);
        }

        var work = new Work(this, parameters, turns, token);
        turns.Queue.Post(work);
        return work.Answer;
    }

    private sealed class Work : IQueuedWork, IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource<Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ReadRequest<TParams, TResult> _method;
        private readonly TParams _parameters;
        private readonly Turns _turns;
        private readonly CancellationToken _cancelled;
        private readonly CancellationTokenRegistration _onCancel;
        private Snapshot? _snapshot;

        public Work(ReadRequest<TParams, TResult> method, TParams parameters, Turns turns, CancellationToken token)
        {
            (_method, _parameters, _turns, _cancelled) = (method, parameters, turns, token);

            // A client that gave up gets its word now, not when the provider next looks at its token.
            _onCancel = token.UnsafeRegister(static work => ((Work)work!)._answer.TrySetResult(RpcError.Cancelled), this);
        }

        public Task<Answer> Answer => _answer.Task;

        public void Run()
        {
            if (!_answer.Task.IsCompleted)
            {
                var asked = _snapshot;
                _snapshot = _turns.TakeSnapshot();
                if (asked is not null && _method.Stale is { } stale && _parameters is IDocumentParams document && asked.ChangeToken(document.DocumentUri).IsCancellationRequested)
                {
                    // The document changed while this waited.
                    _answer.TrySetResult(stale);
                    _onCancel.Dispose();
                    return;
                }

                if (_method.NeedsAllFiles && _snapshot.IsLoading)
                {
                    _turns.WhenLoaded(Run);
                    return;
                }

                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        void IThreadPoolWorkItem.Execute()
        {
            var changed = _method.Stale is not null && _parameters is IDocumentParams document
                ? _snapshot!.ChangeToken(document.DocumentUri)
                : CancellationToken.None;
            using var linked = changed.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(_cancelled, changed) : null;
            var token = linked?.Token ?? _cancelled;
            try
            {
                token.ThrowIfCancellationRequested();
                var result = _method.Handler.Handle(_parameters, _snapshot!, token);
                _answer.TrySetResult(changed.IsCancellationRequested
                    ? _method.Stale!
                    : new Answer(Payload.Of(result, _method.ResultType)));
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                _answer.TrySetResult(_cancelled.IsCancellationRequested ? RpcError.Cancelled : _method.Stale!);
            }
            catch (Exception e)
            {
                _answer.TrySetResult(Explain(_method.Name, e, _turns.Log));
            }
            finally
            {
                _onCancel.Dispose();
            }
        }
    }

    private IReadHandler<TParams, TResult> Handler => handler;

    private JsonTypeInfo<TResult> ResultType => resultShape(LspJson.Default);

    private RpcError? Stale => stale;

    private bool NeedsAllFiles => needsAllFiles;
}
