using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>The answer to a request: a result or an error.</summary>
internal readonly record struct Answer(Payload? Result, RpcError? Error = null)
{
    public static implicit operator Answer(RpcError error) => new(null, error);
}

/// <summary>What a method needs to take its turn.</summary>
/// <param name="WhenLoaded">Does something in the queue when the folders have been read.</param>
internal sealed record Turns(RequestQueue Queue, Func<Snapshot> TakeSnapshot, Action<Action> WhenLoaded, Log Log);

/// <summary>Params of methods that have none, or whose params nobody reads.</summary>
internal sealed record NoParams
{
    public static NoParams Instance { get; } = new();
}

/// <summary>
/// How a type is read and written, made when the first message of a method comes: to make those of all methods takes longer
/// than everything else before <c>initialize</c> is answered.
/// </summary>
internal delegate JsonTypeInfo<T> JsonShape<T>(LspJson json);

/// <summary>One row of the method table. Params are read at once, on the receiving thread; the rest happens in turn.</summary>
internal abstract class Method(string name)
{
    public string Name { get; } = name;

    public abstract bool IsRequest { get; }

    public abstract Task<Answer> Accept(ReadOnlyMemory<byte> json, Turns turns, CancellationToken token);

    protected static bool TryParse<T>(string method, ReadOnlyMemory<byte> json, JsonShape<T>? shape, out T parameters, out RpcError? error)
    {
        error = null;
        if (shape is null)
        {
            parameters = (T)(object)NoParams.Instance;
            return true;
        }

        parameters = default!;
        try
        {
            if (!json.IsEmpty && JsonSerializer.Deserialize(json.Span, shape(LspJson.Default)) is { } value)
            {
                parameters = value;
                return true;
            }

            error = new RpcError(ErrorCode.InvalidParams, $"{method} needs params.");
        }
        catch (JsonException e)
        {
            var where = string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "" : $" at `{e.Path}`";
            error = new RpcError(ErrorCode.InvalidParams, $"The params of {method} do not have the expected shape{where}.");
        }

        return false;
    }

    protected static Task<Answer> Refuse(RpcError error) => Task.FromResult<Answer>(error);

    /// <summary>The answer to a failure: what a handler says on purpose, or a plain internal error with the details in the log.</summary>
    protected static RpcError Explain(string method, Exception exception, Log log)
    {
        if (exception is RpcErrorException { Error: var error })
        {
            return error;
        }

        log.Error($"{method} failed.", exception);
        return new RpcError(ErrorCode.InternalError, $"{method} failed inside the server; its log has the details.");
    }
}

/// <summary>A notification that changes state.</summary>
internal sealed class MutatingNotification<TParams>(string name, JsonShape<TParams>? shape, IMutatingHandler<TParams> handler) : Method(name)
{
    public override bool IsRequest => false;

    public override Task<Answer> Accept(ReadOnlyMemory<byte> json, Turns turns, CancellationToken token)
    {
        if (!TryParse(Name, json, shape, out var parameters, out var error))
        {
            return Refuse(error!);
        }

        turns.Queue.Post(() =>
        {
            try
            {
                handler.Handle(parameters);
            }
            catch (Exception e)
            {
                turns.Log.Error($"{Name} failed.", e);
            }
        });
        return Task.FromResult(default(Answer));
    }
}

/// <summary>A request that changes state: handled and answered in its turn, cancelled or not.</summary>
internal sealed class MutatingRequest<TParams, TResult>(
    string name, JsonShape<TParams>? shape, JsonShape<TResult> resultShape, IMutatingHandler<TParams, TResult> handler) : Method(name)
{
    public override bool IsRequest => true;

    public override Task<Answer> Accept(ReadOnlyMemory<byte> json, Turns turns, CancellationToken token)
    {
        if (!TryParse(Name, json, shape, out var parameters, out var error))
        {
            return Refuse(error!);
        }

        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        turns.Queue.Post(() =>
        {
            try
            {
                answer.SetResult(new Answer(Payload.Of(handler.Handle(parameters), resultShape(LspJson.Default))));
            }
            catch (Exception e)
            {
                answer.SetResult(Explain(Name, e, turns.Log));
            }
        });
        return answer.Task;
    }
}
