using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// StreamJsonRpc with everything that arrives forwarded to the <see cref="Dispatcher"/>, in the order of arrival:
/// its own dispatch is concurrent, and edits must not overtake each other.
/// </summary>
internal sealed class LspConnection : JsonRpc, IClient
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    /// <summary>
    /// <see cref="Accept"/>, by its name: to find the method behind a delegate, NativeAOT sorts the addresses of all methods of
    /// the program first, which would be a tenth of the time to start.
    /// </summary>
    private static readonly MethodInfo Accepting =
        typeof(LspConnection).GetMethod(nameof(Accept), BindingFlags.Static | BindingFlags.NonPublic, [typeof(CancellationToken)])!;

    private readonly ConcurrentDictionary<long, byte> _awaited = new();
    private readonly Dispatcher _dispatcher;
    private readonly Log _log;
    private long _lastId;
    private int _answering;

    public LspConnection(LspMessageHandler handler, Dispatcher dispatcher, Log log)
        : base(handler)
    {
        _dispatcher = dispatcher;
        _log = log;
        handler.IsAwaited = id => id.Number is { } number && _awaited.ContainsKey(number);
        handler.AtEnd = DrainAsync;
        dispatcher.Cancellation.CancelOutbound = id => Notify("$/cancelRequest", new CancelParams(id.Number ?? 0), DispatchJson.Default.CancelParams);
        CancellationStrategy = dispatcher.Cancellation;
        CancelLocallyInvokedMethodsWhenConnectionIsClosed = true;
        AddLocalRpcMethod(InboundRequest.Route, Accepting, target: null);
    }

    /// <summary>Waits until every request that arrived has its answer on the wire, but not for long.</summary>
    public async Task DrainAsync()
    {
        var deadline = Environment.TickCount64 + (long)DrainTime.TotalMilliseconds;
        while (Volatile.Read(ref _answering) > 0 && Environment.TickCount64 < deadline)
        {
            await Task.Delay(2).ConfigureAwait(false);
        }
    }

    public void Notify<T>(string method, T parameters, JsonTypeInfo<T> type)
        => _ = SendNotificationAsync(method, Payload.Of(parameters, type));

    public async Task<TResult?> RequestAsync<TResult>(
        string method, Payload? parameters, JsonTypeInfo<TResult> resultType, CancellationToken token = default)
    {
        var id = Interlocked.Increment(ref _lastId);
        _awaited[id] = 0;
        try
        {
            var json = await InvokeCoreAsync<RawJson>(
                new RequestId(id), method, parameters is null ? null : [parameters], null, null, token, isParameterObject: true).ConfigureAwait(false);
            return json.Read(resultType);
        }
        catch (Exception e) when (e is RemoteRpcException or JsonException or ConnectionLostException or ObjectDisposedException or OperationCanceledException)
        {
            _log.Warning($"{method} was not answered: {e.Message}");
            return default;
        }
        finally
        {
            _awaited.TryRemove(id, out _);
        }
    }

    protected override ValueTask<JsonRpcMessage> DispatchRequestAsync(JsonRpcRequest request, TargetMethod targetMethod, CancellationToken cancellationToken)
    {
        var inbound = (InboundRequest)request;
        if (!inbound.IsResponseExpected)
        {
            _dispatcher.Notify(inbound.LspMethod, inbound.Parameters);
            return new ValueTask<JsonRpcMessage>(new JsonRpcResult());
        }

        Interlocked.Increment(ref _answering);
        return AnswerAsync(inbound.RequestId, _dispatcher.RequestAsync(inbound.LspMethod, inbound.Parameters, cancellationToken));
    }

    protected override void OnResponseSent(JsonRpcMessage response)
    {
        Interlocked.Decrement(ref _answering);
        base.OnResponseSent(response);
    }

    protected override JsonRpcError.ErrorDetail CreateErrorDetails(JsonRpcRequest request, Exception exception)
    {
        _log.Error($"{(request as InboundRequest)?.LspMethod ?? request.Method} failed.", exception);
        return new JsonRpcError.ErrorDetail
        {
            Code = (JsonRpcErrorCode)ErrorCode.InternalError,
            Message = "Internal error; the server's log has the details.",
        };
    }

    /// <summary>What StreamJsonRpc finds under <see cref="InboundRequest.Route"/>; the token tells it that requests can be cancelled.</summary>
    private static void Accept(CancellationToken token) => token.ThrowIfCancellationRequested();

    private static async ValueTask<JsonRpcMessage> AnswerAsync(RequestId id, Task<Answer> pending)
    {
        var answer = await pending.ConfigureAwait(false);
        return answer.Error is { } error
            ? error.ToMessage(id)
            : new JsonRpcResult { RequestId = id, Result = answer.Result };
    }

    private async Task SendNotificationAsync(string method, Payload parameters)
    {
        try
        {
            await InvokeCoreAsync<RawJson>(RequestId.NotSpecified, method, [parameters], null, null, CancellationToken.None, isParameterObject: true).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ConnectionLostException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // The client is gone; there is nobody left to tell.
        }
        catch (Exception e)
        {
            _log.Error($"{method} could not be sent.", e);
        }
    }
}
