using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Client;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Kubernetes;

/// <summary>What the kubeconfig offers at one moment.</summary>
/// <param name="Problems">What could not be used of the files; never quotes them.</param>
public sealed record ClusterTargets(ImmutableArray<ClusterTarget> Targets, ImmutableArray<KubeconfigProblem> Problems, ImmutableArray<string> Paths)
{
    public ClusterTarget? Find(string context)
    {
        foreach (ClusterTarget target in Targets)
        {
            if (target.Context == context)
            {
                return target;
            }
        }
        return null;
    }
}

/// <summary>
/// The clusters of the kubeconfig and the clients to them: the entry to this project. Files are read when asked for and again
/// when they change; a client is made per context, and made anew when its entry in the kubeconfig changed.
/// </summary>
public sealed class ClusterDirectory : IDisposable
{
    private readonly KubeconfigFiles _files;
    private readonly ClusterSettings _settings;
    private readonly ITrust _trust;
    private readonly TimeProvider _time;
    private readonly CommandFinder _finder;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Connection> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<(string User, KubeCluster? Cluster), ICredentialSource> _credentials = [];
    private readonly List<IDisposable> _retired = [];

    public ClusterDirectory(KubeconfigLocation location, ClusterSettings settings, ITrust trust, TimeProvider? time = null)
    {
        _files = new KubeconfigFiles(location);
        _settings = settings;
        _trust = trust;
        _time = time ?? TimeProvider.System;
        _finder = new CommandFinder(settings.ExtraPath, location.SearchPath, location.HomeFolder);
    }

    /// <summary>Hides secrets in text of any origin; knows those that this directory handed out.</summary>
    public Redactor Redactor { get; } = new();

    public ClusterTargets Read()
    {
        Kubeconfig kubeconfig = _files.Current();
        return new ClusterTargets([.. kubeconfig.Contexts.Select(context => TargetReader.Read(kubeconfig, context, _settings))], kubeconfig.Problems, kubeconfig.Paths);
    }

    /// <summary>The target as its server's version completes it: who runs a cluster behind a plain address shows there only.</summary>
    public ClusterTarget Complete(ClusterTarget target, ClusterVersion version) => TargetReader.WithVersion(target, _files.Current(), _settings, version.GitVersion);

    /// <summary>The client of a context. The same one as long as the kubeconfig says the same of it.</summary>
    public Answered<IClusterClient> Connect(string context)
    {
        Kubeconfig kubeconfig = _files.Current();
        if (kubeconfig.Context(context) is not { } found)
        {
            // A file that is just being written, or broken, may hold it.
            string broken = kubeconfig.Problems is [var problem, ..] ? $" It can't be read as a whole: {problem.ToString().TrimEnd('.')}." : "";
            return new ClusterError(ClusterErrorKind.BadKubeconfig, $"There is no context `{Redactor.Clean(context, 200)}` in the kubeconfig.{broken}");
        }
        if (!kubeconfig.Clusters.TryGetValue(found.Cluster, out KubeCluster? cluster))
        {
            return new ClusterError(ClusterErrorKind.BadKubeconfig, $"The context names the cluster `{Redactor.Clean(found.Cluster, 200)}`, which the kubeconfig lacks.");
        }
        // A context without a user is anonymous; one whose user is missing is a mistake.
        KubeUser? user = null;
        if (found.User.Length > 0 && !kubeconfig.Users.TryGetValue(found.User, out user))
        {
            return new ClusterError(ClusterErrorKind.BadKubeconfig, $"The context names the user `{Redactor.Clean(found.User, 200)}`, which the kubeconfig lacks.");
        }
        lock (_gate)
        {
            string print = user?.Fingerprint ?? "";
            if (_connections.TryGetValue(context, out Connection? known))
            {
                // kubectl rewrites the file each time it switches its own context: what counts is what the entries say.
                if (known.Context == found && known.Cluster == cluster && known.User == print)
                {
                    return known.Client;
                }
                _retired.Add(known.Client); // Calls may still be under way on it.
                _connections.Remove(context);
            }
            Answered<KubernetesClusterClient> made = Make(TargetReader.Read(kubeconfig, found, _settings), cluster, user ?? new KubeUser(""));
            if (!made.IsOk)
            {
                return made.Error;
            }
            _connections[context] = new Connection(found, cluster, print, made.Value);
            return made.Value;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Connection one in _connections.Values)
            {
                one.Client.Dispose();
            }
            foreach (IDisposable one in _retired)
            {
                one.Dispose();
            }
            _connections.Clear();
            _retired.Clear();
        }
    }

    private Answered<KubernetesClusterClient> Make(ClusterTarget target, KubeCluster cluster, KubeUser user)
    {
        if (!Uri.TryCreate(cluster.Server, UriKind.Absolute, out Uri? server) || server.Scheme is not ("https" or "http") || server.Host.Length == 0)
        {
            return new ClusterError(ClusterErrorKind.BadKubeconfig, cluster.Server.Length == 0
                ? "Its cluster has no `server`."
                : "The `server` of its cluster is no https address.");
        }
        if (server.UserInfo.Length > 0)
        {
            return new ClusterError(ClusterErrorKind.BadKubeconfig, "The `server` of its cluster has a user name in it; that belongs to the user's entry.");
        }
        Uri? proxy = null;
        if (cluster.ProxyUrl is not null && (!Uri.TryCreate(cluster.ProxyUrl, UriKind.Absolute, out proxy) || proxy.Scheme is not ("http" or "https" or "socks5")))
        {
            return new ClusterError(ClusterErrorKind.BadKubeconfig, "The `proxy-url` of its cluster is no address that starts with http, https or socks5.");
        }
        foreach (Uri one in proxy is null ? EnvironmentProxy.Of(Environment.GetEnvironmentVariable).Addresses : [proxy])
        {
            if (one.UserInfo.Length > 0)
            {
                Redactor.Learn(Uri.UnescapeDataString(one.UserInfo));
                Redactor.Learn(Uri.UnescapeDataString(one.UserInfo).Split(':', 2)[^1]);
            }
        }
        Answered<TlsTrust> trust = TlsTrust.Create(cluster);
        if (!trust.IsOk)
        {
            return trust.Error;
        }
        TlsTrust tls = trust.Value;
        foreach ((string name, string value) in user.Exec?.Environment ?? [])
        {
            Redactor.Learn(IsSecret(name) ? value : null);
        }
        // Contexts that share a user share its credentials: one run of the plugin serves them all.
        (string, KubeCluster?) owner = (user.Fingerprint, user.Exec is { WantsClusterInfo: true } ? cluster : null);
        if (!_credentials.TryGetValue(owner, out ICredentialSource? credentials))
        {
            credentials = user.Exec is { } plugin && user.Token is null && user.TokenFile is null
                ? new ExecCredentials(plugin, cluster, () => tls.AuthorityPem, new PluginRunner(_finder, _settings.PluginTimeout, Redactor), _time)
                : new StaticCredentials(user, Redactor, _time);
            _credentials[owner] = credentials;
        }
        var transport = new ApiTransport(server, proxy, cluster, tls, credentials, _settings, Redactor, () => _trust.IsAllowed(target));
        return new KubernetesClusterClient(target, transport, _settings);
    }

    private static bool IsSecret(string variable) =>
        variable.Contains("SECRET", StringComparison.OrdinalIgnoreCase) || variable.Contains("TOKEN", StringComparison.OrdinalIgnoreCase)
        || variable.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || variable.Contains("KEY", StringComparison.OrdinalIgnoreCase);

    private sealed record Connection(KubeContext Context, KubeCluster Cluster, string User, KubernetesClusterClient Client);
}
