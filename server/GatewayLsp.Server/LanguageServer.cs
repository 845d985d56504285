using GatewayLsp.Server.Dispatch;
using StreamJsonRpc;

namespace GatewayLsp.Server;

/// <summary>One connection from start to end: wires wire, queue, state and handlers, and knows the exit code.</summary>
internal sealed class LanguageServer : IDisposable
{
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LspMessageHandler _wire;
    private readonly LspConnection _connection;
    private readonly RequestQueue _queue;
    private readonly ClientWatch _watch;
    private readonly Dispatcher _dispatcher;

    /// <param name="more">Methods beside those of the table, for tests that need a slow or a failing one.</param>
    public LanguageServer(Stream input, Stream output, Log log, Func<Session, IEnumerable<Method>>? more = null)
    {
        var session = new Session(log);
        _queue = new RequestQueue(log);
        _watch = new ClientWatch(() => _exit.TrySetResult(1));
        var methods = MethodTable.All(session, _watch, Stop).Concat(more?.Invoke(session) ?? []).ToDictionary(m => m.Name, StringComparer.Ordinal);
        _dispatcher = new Dispatcher(methods, new Turns(_queue, session.TakeSnapshot, log)) { OnExit = code => _ = ExitAsync(code) };
        _wire = new LspMessageHandler(input, output, log);
        _connection = new LspConnection(_wire, _dispatcher, log);
        _connection.Disconnected += OnDisconnected;
    }

    /// <summary>Serves until the client says <c>exit</c> or is gone; the result is the exit code of the process.</summary>
    public Task<int> RunAsync()
    {
        _connection.StartListening();
        return _exit.Task;
    }

    public void Dispose()
    {
        _watch.Dispose();
        _queue.Complete();
        _connection.Dispose();
        _wire.Dispose();
    }

    private static void Stop()
    {
    }

    private void OnDisconnected(object? sender, JsonRpcDisconnectedEventArgs e) => _exit.TrySetResult(_dispatcher.ExitCode);

    private async Task ExitAsync(int code)
    {
        await _connection.DrainAsync().ConfigureAwait(false);
        _exit.TrySetResult(code);
    }
}
