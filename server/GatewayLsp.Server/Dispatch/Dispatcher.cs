using System.Diagnostics;
using System.Text.Json;
using StreamJsonRpc;

namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// Decides what may be called when, finds the method and gives it its turn. Called on the receiving thread alone,
/// one message after the other, so the phase needs no lock and follows the order in which the client spoke.
/// </summary>
internal sealed class Dispatcher(Turns turns)
{
    private readonly Dictionary<string, Method> _methods = new(StringComparer.Ordinal);
    private Phase _phase = Phase.Starting;
    private bool _shutDown;

    private enum Phase
    {
        Starting,
        Running,
        ShutDown,
        Exiting,
    }

    public Cancellation Cancellation { get; } = new();

    /// <summary>Called in turn with the exit code of the process once the client said <c>exit</c>.</summary>
    public Action<int> OnExit { get; set; } = _ => { };

    /// <summary>Told of each answer and how long it took, the wait for its turn included.</summary>
    public Action<string, TimeSpan>? OnAnswered { get; set; }

    /// <summary>The code to end with when the input ends: 0 only after <c>shutdown</c>.</summary>
    public int ExitCode => _shutDown ? 0 : 1;

    public void Know(IEnumerable<Method> methods)
    {
        foreach (var method in methods)
        {
            _methods.Add(method.Name, method);
        }
    }

    public async Task<Answer> RequestAsync(string name, ReadOnlyMemory<byte> parameters, CancellationToken token)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await Accept(name, parameters, token).ConfigureAwait(false);
        OnAnswered?.Invoke(name, Stopwatch.GetElapsedTime(start));
        return answer;
    }

    public void Notify(string name, ReadOnlyMemory<byte> parameters)
    {
        switch (name)
        {
            case "exit":
                _phase = Phase.Exiting;
                turns.Queue.Post(() => OnExit(ExitCode));
                return;
            case "$/cancelRequest":
                Cancel(parameters);
                return;
        }

        if (_phase != Phase.Running)
        {
            turns.Log.Warning($"{name} is ignored outside of initialize .. shutdown.");
        }
        else if (!_methods.TryGetValue(name, out var method))
        {
            if (!name.StartsWith("$/", StringComparison.Ordinal))
            {
                turns.Log.Warning($"There is no method {name} here; the notification is ignored.");
            }
        }
        else if (method.IsRequest)
        {
            turns.Log.Warning($"{name} is a request: without an id it is ignored.");
        }
        else if (method.Accept(parameters, turns, CancellationToken.None) is { IsCompletedSuccessfully: true, Result.Error: { } error })
        {
            turns.Log.Warning(error.Message);
        }
    }

    private Task<Answer> Accept(string name, ReadOnlyMemory<byte> parameters, CancellationToken token)
    {
        RpcError? refused = _phase switch
        {
            Phase.Starting when name != "initialize" => new(ErrorCode.ServerNotInitialized, $"{name} came before initialize."),
            Phase.Running when name == "initialize" => new(ErrorCode.InvalidRequest, "initialize was already received."),
            Phase.ShutDown or Phase.Exiting => new(ErrorCode.InvalidRequest, $"{name} came after shutdown."),
            _ => null,
        };
        if (refused is not null)
        {
            return Task.FromResult<Answer>(refused);
        }

        if (!_methods.TryGetValue(name, out var method))
        {
            return Task.FromResult<Answer>(new RpcError(ErrorCode.MethodNotFound, $"There is no method {name} here."));
        }

        if (!method.IsRequest)
        {
            return Task.FromResult<Answer>(new RpcError(ErrorCode.InvalidRequest, $"{name} is a notification: it has no id."));
        }

        var answer = method.Accept(parameters, turns, token);
        var accepted = !answer.IsCompletedSuccessfully || answer.Result.Error is null;
        _phase = (name, accepted) switch
        {
            ("initialize", true) => Phase.Running,
            ("shutdown", true) => Phase.ShutDown,
            _ => _phase,
        };
        _shutDown |= _phase == Phase.ShutDown;
        return answer;
    }

    private void Cancel(ReadOnlyMemory<byte> parameters)
    {
        try
        {
            using var json = JsonDocument.Parse(parameters);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id"u8, out var id))
            {
                if (id.ValueKind == JsonValueKind.String)
                {
                    Cancellation.Cancel(new RequestId(id.GetString()));
                }
                else if (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number))
                {
                    Cancellation.Cancel(new RequestId(number));
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            turns.Log.Warning("$/cancelRequest without a usable id is ignored.");
        }
    }
}
