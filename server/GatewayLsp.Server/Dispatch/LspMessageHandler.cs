using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// The wire under StreamJsonRpc. Its own handlers end the connection on the first bad byte; this one answers what it
/// cannot read with an error and goes on, since an editor would otherwise lose its language server over one message.
/// </summary>
internal sealed class LspMessageHandler(Stream input, Stream output, Log log) : IJsonRpcMessageHandler, IDisposable
{
    private readonly FrameReader _frames = new(input);
    private readonly FrameBuffer _outgoing = new();
    private readonly SemaphoreSlim _writing = new(1, 1);

    public bool CanRead => true;

    public bool CanWrite => true;

    public IJsonRpcMessageFormatter Formatter { get; } = new LspMessageFormatter();

    /// <summary>Tells whether a request of ours still waits for the answer with this id.</summary>
    public Func<RequestId, bool> IsAwaited { get; set; } = _ => false;

    /// <summary>Runs at the end of input, before StreamJsonRpc hears of it and drops answers that are under way.</summary>
    public Func<Task> AtEnd { get; set; } = () => Task.CompletedTask;

    public async ValueTask<JsonRpcMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var frame = await _frames.ReadAsync(cancellationToken).ConfigureAwait(false);
            switch (frame.Kind)
            {
                case FrameKind.End:
                    await AtEnd().ConfigureAwait(false);
                    return null;
                case FrameKind.Malformed:
                    await RefuseAsync(RequestId.Null, new RpcError(ErrorCode.ParseError, frame.Problem + " Reading goes on at the next Content-Length."), cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    if (!EnvelopeReader.TryRead(frame.Body, out var message, out var error, out var id))
                    {
                        await RefuseAsync(id, error, cancellationToken).ConfigureAwait(false);
                    }
                    else if (message is JsonRpcRequest || IsAwaited(((IJsonRpcMessageWithId)message).RequestId))
                    {
                        return message;
                    }
                    else
                    {
                        log.Warning("The client answered a request that was never made; the answer is dropped.");
                    }

                    break;
            }
        }
    }

    public async ValueTask WriteAsync(JsonRpcMessage jsonRpcMessage, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _outgoing.Clear();
            Formatter.Serialize(_outgoing, jsonRpcMessage);
            await output.WriteAsync(_outgoing.Frame(), CancellationToken.None).ConfigureAwait(false);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private ValueTask RefuseAsync(RequestId id, RpcError error, CancellationToken token)
    {
        log.Warning(error.Message);
        return WriteAsync(error.ToMessage(id), token);
    }
}
