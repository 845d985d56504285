using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Kubernetes.Watching;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Clusters;

/// <summary>
/// The clusters of a connection: which contexts the user picked, how they are reached, and what they are seen to be. Nothing
/// is read, asked or run before a trusted workspace wants something of a cluster; without that it costs nothing. Every method
/// may be called from any thread, and none of them waits for a cluster unless it says so.
/// </summary>
internal sealed class ClusterSession : IDisposable
{
    /// <summary>How long a request to connect waits for the cluster's first answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Log _log;
    private readonly DefinitionReader _definitions;
    private readonly Lock _gate = new();
    private readonly SessionTrust _trust = new();
    private ImmutableDictionary<string, ObservedCluster> _observed = ImmutableDictionary.Create<string, ObservedCluster>(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClusterSetup _setup = ClusterSetup.Default;
    private string _folder = "";
    private ImmutableArray<GroupKind> _kinds = ClusterKinds.Always;
    private ImmutableArray<string> _namespaces = [];
    private Wiring? _wiring;
    private bool _isDirty;
    private bool _isSetting;
    private bool _isOver;

    public ClusterSession(Log log)
    {
        _log = log;
        _definitions = new DefinitionReader(TakeDefinitions);
    }

    /// <summary>Called after each change of what is known of a cluster, and when one comes or goes; from threads of watchers.</summary>
    public Action OnChange { get; set; } = () => { };

    public bool IsTrusted => _trust.IsTrusted;

    /// <summary>The contexts that the user picked, sorted.</summary>
    public ImmutableSortedSet<string> Connected => _trust.Picked;

    /// <summary>What is known of the connected clusters, by context. A moment after connecting there is an entry for each.</summary>
    public ImmutableDictionary<string, ObservedCluster> Observed => Volatile.Read(ref _observed);

    /// <summary>The user trusts the workspace: contexts that were picked before are connected to now.</summary>
    public void Trust()
    {
        _trust.IsTrusted = true;
        Update();
    }

    /// <param name="folder">Where relative paths of the settings start; empty for the folder of the process.</param>
    public void Configure(ClusterSetup setup, string folder)
    {
        lock (_gate)
        {
            if (setup.Equals(_setup) && folder == _folder)
            {
                return;
            }
            (_setup, _folder) = (setup, folder);
            _wiring?.Retire();
            _wiring = null;
        }
        Update();
    }

    /// <summary>The kinds that manifests have objects of, beside those that are always watched, and their namespaces.</summary>
    public void Use(ImmutableArray<GroupKind> kinds, ImmutableArray<string> namespaces)
    {
        lock (_gate)
        {
            if (kinds.AsSpan().SequenceEqual(_kinds.AsSpan()) && namespaces.AsSpan().SequenceEqual(_namespaces.AsSpan()))
            {
                return;
            }
            (_kinds, _namespaces) = (kinds, namespaces);
        }
        Update();
    }

    /// <summary>The contexts of the kubeconfig. Reads files; connects to nothing.</summary>
    /// <exception cref="RpcErrorException">The workspace is not trusted.</exception>
    public ClusterTargets Contexts() => Wired().Directory.Read();

    /// <summary>The client of a connected context.</summary>
    /// <exception cref="RpcErrorException">The workspace is not trusted, the context is not connected, or the kubeconfig can't be used for it.</exception>
    public IClusterClient Client(string context) => Client(Wired().Directory, context);

    /// <summary>
    /// The clients of connected contexts for a longer piece of work. Whatever the settings say meanwhile, and though the user
    /// disconnects: they serve until they are given back, so that what was begun is ended or taken back.
    /// </summary>
    /// <exception cref="RpcErrorException">As of <see cref="Client(string)"/>.</exception>
    public HeldClients Hold(IReadOnlyList<string> contexts)
    {
        Wiring wiring;
        lock (_gate)
        {
            wiring = Wired();
            wiring.Hold();
        }
        try
        {
            ImmutableArray<IClusterClient> clients = [.. contexts.Select(context => Client(wiring.Directory, context))];
            IDisposable allowed = _trust.Look(contexts);
            return new HeldClients(clients, () =>
            {
                allowed.Dispose();
                wiring.Release();
            });
        }
        catch
        {
            wiring.Release();
            throw;
        }
    }

    private IClusterClient Client(ClusterDirectory directory, string context)
    {
        if (!Connected.Contains(context))
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, $"`{context}` is not connected.");
        }
        Answered<IClusterClient> client = directory.Connect(context);
        return client.IsOk ? client.Value : throw new RpcErrorException(ErrorCode.RequestFailed, client.Error.Message);
    }

    /// <summary>The user picks a context. Ends when the cluster answered, or failed to, or after some seconds.</summary>
    /// <exception cref="RpcErrorException">The workspace is not trusted, or there is no such context.</exception>
    public async Task<ObservedCluster> ConnectAsync(string context, CancellationToken cancellation)
    {
        ClusterTarget target = Wired().Directory.Read().Find(context)
            ?? throw new RpcErrorException(ErrorCode.RequestFailed, "The kubeconfig has no such context.");
        bool isNew = !Connected.Contains(context);
        _trust.Pick(context, isPicked: true);
        if (isNew)
        {
            if (target.Insecurity is { } insecurity)
            {
                _log.Information($"{target.Label}: {insecurity}. Whoever answers at its address is taken for it.");
            }
            Observe(new ObservedCluster(target) { State = ConnectionState.Connecting });
            Update();
        }
        else if (Observed.GetValueOrDefault(context) is { State: ConnectionState.Lost or ConnectionState.Failed })
        {
            Task retrying = Wired().Watchers.RetryAsync(context);
            _ = retrying.ContinueWith(done => _log.Error("A cluster could not be asked again.", done.Exception), TaskContinuationOptions.OnlyOnFaulted);
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            while (true)
            {
                Task changed = Volatile.Read(ref _changed).Task;
                if (Observed.GetValueOrDefault(context) is { State: not (ConnectionState.Idle or ConnectionState.Connecting) } known)
                {
                    return known;
                }
                await changed.WaitAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Observed.GetValueOrDefault(context) ?? new ObservedCluster(target) { State = ConnectionState.Connecting };
        }
    }

    /// <summary>Nothing more is asked of the context, and what was known of it is forgotten.</summary>
    public void Disconnect(string context)
    {
        _trust.Pick(context, isPicked: false);
        lock (_gate)
        {
            _observed = _observed.Remove(context);
            _definitions.Forget(context);
        }
        Update();
        Changed();
    }

    /// <summary>Allows contexts to be asked without being connected, until the result is disposed of: the user wants to see which of them answer.</summary>
    /// <exception cref="RpcErrorException">The workspace is not trusted.</exception>
    public (ClusterDirectory Directory, IDisposable Permission) Look(IReadOnlyList<string> contexts) => (Wired().Directory, _trust.Look(contexts));

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _wiring?.Retire();
            _wiring = null;
        }
    }

    private Wiring Wired()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                throw new RpcErrorException(ErrorCode.ServerCancelled, "The server is shutting down.");
            }
            if (!IsTrusted)
            {
                throw new RpcErrorException(ErrorCode.RequestFailed, "This workspace is not trusted: no kubeconfig is read, no cluster is asked and no credential plugin is run.");
            }
            return _wiring ??= new Wiring(this, new ClusterDirectory(
                KubeconfigLocation.FromEnvironment(_setup.Kubeconfig, Environment.GetEnvironmentVariable, _folder.Length > 0 ? _folder : Environment.CurrentDirectory),
                ClusterSettings.Default with { Contexts = _setup.Contexts, ExtraPath = _setup.PluginPath },
                _trust));
        }
    }

    /// <summary>Brings the watchers in line with what is wanted; changes that come meanwhile are taken in at the end.</summary>
    private void Update()
    {
        lock (_gate)
        {
            if (_isOver || !IsTrusted || (_wiring is null && Connected.IsEmpty))
            {
                return;
            }
            _isDirty = true;
            if (_isSetting)
            {
                return;
            }
            _isSetting = true;
        }
        _ = Task.Run(SetAsync);
    }

    private async Task SetAsync()
    {
        while (true)
        {
            Wiring wiring;
            lock (_gate)
            {
                if (!_isDirty || _isOver)
                {
                    _isSetting = false;
                    return;
                }
                _isDirty = false;
                wiring = Wired();
            }
            try
            {
                await wiring.Watchers.SetAsync(Connected, _kinds, _namespaces).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                _log.Error("Clusters could not be watched.", e);
            }
        }
    }

    private void TakeDefinitions(string context, ClusterDefinitions definitions)
    {
        lock (_gate)
        {
            if (!_observed.TryGetValue(context, out ObservedCluster? known))
            {
                return;
            }
            _observed = _observed.SetItem(context, known with { Definitions = definitions });
        }
        Changed();
    }

    private void Observe(ObservedCluster cluster)
    {
        lock (_gate)
        {
            if (!Connected.Contains(cluster.Target.Context))
            {
                return;
            }
            if (_wiring is { } wiring && cluster.State == ConnectionState.Connected)
            {
                cluster = cluster with { Definitions = _definitions.Of(cluster, wiring.Directory) };
            }
            else if (_observed.TryGetValue(cluster.Target.Context, out ObservedCluster? before))
            {
                cluster = cluster with { Definitions = before.Definitions };
            }
            _observed = _observed.SetItem(cluster.Target.Context, cluster);
        }
        Changed();
    }

    private void Changed()
    {
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        OnChange();
    }

    /// <summary>A directory with its watchers; made anew when the settings say something else of how clusters are reached.</summary>
    private sealed class Wiring : IClusterSink
    {
        private readonly ClusterSession _owner;

        /// <summary>One for the session, and one for each piece of work that goes on.</summary>
        private int _holds = 1;

        public Wiring(ClusterSession owner, ClusterDirectory directory)
        {
            (_owner, Directory) = (owner, directory);
            Watchers = new ClusterWatchers(directory, this, target => new WatcherOptions
            {
                Namespaces = owner._setup.Contexts.GetValueOrDefault(target.Context)?.Namespaces ?? [],
            });
        }

        public ClusterDirectory Directory { get; }

        public ClusterWatchers Watchers { get; }

        public void Publish(ObservedCluster cluster)
        {
            if (ReferenceEquals(_owner._wiring, this))
            {
                _owner.Observe(cluster);
            }
        }

        public void Notice(ClusterTarget target, string message) => _owner._log.Information($"{target.Label}: {message}");

        public void Hold() => Interlocked.Increment(ref _holds);

        public void Release()
        {
            if (Interlocked.Decrement(ref _holds) == 0)
            {
                Directory.Dispose();
            }
        }

        /// <summary>Ends in the background, as soon as nobody holds it: a watcher may be in the middle of a call.</summary>
        public void Retire() => _ = Task.Run(async () =>
        {
            try
            {
                await Watchers.DisposeAsync().ConfigureAwait(false);
                Release();
            }
            catch (Exception e)
            {
                _owner._log.Error("A connection to a cluster did not end in good order.", e);
            }
        });
    }
}
