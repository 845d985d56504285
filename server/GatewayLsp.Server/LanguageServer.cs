using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Deploying;
using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Publishing;
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
    private readonly DiskWorker _disk;
    private readonly DiagnosticsPublisher _publisher;
    private readonly ViewRefresher _refresher;
    private readonly TopologyPublisher _topology;
    private readonly ClusterSession _clusters;
    private readonly ClusterPublisher _clusterPublisher;
    private readonly Dispatcher _dispatcher;

    /// <param name="more">Methods beside those of the table, for tests that need a slow or a failing one.</param>
    /// <param name="variable">Reads an environment variable; null for those of the process.</param>
    public LanguageServer(Stream input, Stream output, Log log, Func<Session, IEnumerable<Method>>? more = null, Func<string, string?>? variable = null)
    {
        var session = new Session();
        var pulled = new PulledSets();
        _queue = new RequestQueue(log);
        _watch = new ClientWatch(() => _exit.TrySetResult(1));
        _wire = new LspMessageHandler(input, output, log);
        _dispatcher = new Dispatcher(new Turns(_queue, session.TakeSnapshot, session.WhenLoaded, log)) { OnExit = code => _ = ExitAsync(code) };
        _connection = new LspConnection(_wire, _dispatcher, log);
        _connection.Disconnected += OnDisconnected;
        _publisher = new DiagnosticsPublisher(_connection, pulled, log);
        _disk = new DiskWorker(session, _queue, new WorkDoneProgressReporter(_connection, session), log);
        _refresher = new ViewRefresher(_connection, () => session.IsInitialized);
        _clusters = new ClusterSession(log);
        var live = new LiveTopology(() => _clusters.Observed);
        _topology = new TopologyPublisher(_connection, live, log);
        pulled.OnEarly = _publisher.LookAgain;
        _publisher.OnDone = _topology.DiagnosticsDone;
        session.OnChange = _topology.Changed;
        session.OnChange += _publisher.Changed;
        session.OnChange += _refresher.Changed;
        _clusterPublisher = new ClusterPublisher(_connection, _clusters, session, _queue, _publisher, _topology, _refresher, log);
        session.OnChange += _clusterPublisher.Changed;
        session.OnConnections = _clusters.Configure;
        log.Relay = (type, message) => Tell(session, type, message);
        _dispatcher.OnAnswered = (method, time) => TraceAnswer(session, method, time);

        var configuration = new ConfigurationSync(session, _connection, _queue, _disk);
        var parts = new ServerParts(session, _connection, configuration, _disk, pulled, _watch, log, _topology, _clusters, live,
            new DeploySession(_clusters, FileJournal.Of(variable ?? Environment.GetEnvironmentVariable)), StopBackgroundWork);
        _dispatcher.Know(MethodTable.All(parts).Concat(more?.Invoke(session) ?? []));
    }

    /// <summary>Serves until the client says <c>exit</c> or is gone; the result is the exit code of the process.</summary>
    public Task<int> RunAsync()
    {
        _connection.StartListening();
        return _exit.Task;
    }

    public void Dispose()
    {
        StopBackgroundWork();
        _watch.Dispose();
        _queue.Complete();
        _connection.Dispose();
        _wire.Dispose();
    }

    private void StopBackgroundWork()
    {
        _disk.Dispose();
        _publisher.Dispose();
        _topology.Dispose();
        _refresher.Dispose();
        _clusterPublisher.Dispose();
        _clusters.Dispose();
    }

    /// <summary>Before <c>initialize</c> is answered, LSP lets a server say nothing.</summary>
    private void Tell(Session session, MessageType type, string message)
    {
        if (session.IsInitialized)
        {
            _connection.Notify("window/logMessage", new LogMessageParams(type, message), LspJson.Default.LogMessageParams);
        }
    }

    private void TraceAnswer(Session session, string method, TimeSpan time)
    {
        if (session.Trace != "off")
        {
            _connection.Notify("$/logTrace", new LogTraceParams($"{method} answered in {time.TotalMilliseconds:F1} ms"), LspJson.Default.LogTraceParams);
        }
    }

    private void OnDisconnected(object? sender, JsonRpcDisconnectedEventArgs e) => _exit.TrySetResult(_dispatcher.ExitCode);

    private async Task ExitAsync(int code)
    {
        await _connection.DrainAsync().ConfigureAwait(false);
        _exit.TrySetResult(code);
    }
}
