using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Testing.Clusters;

/// <summary>
/// What tests run on that hold for every cluster: the servers of <see cref="RealCluster"/>, or those of the kubeconfig that
/// <c>GATEWAY_LSP_TEST_KUBECONFIG</c> names, of which the first two are taken whose user may create namespaces. A namespace of a
/// random name is made in each and deleted at the end; nothing else is written. Started when first asked for.
/// </summary>
internal sealed class AnyCluster : IDisposable
{
    public const string Group = "gateway.networking.k8s.io";

    private readonly Lazy<World> _world = new(() => new World());

    public string Kubeconfig => _world.Value.Kubeconfig;

    /// <summary>One or two contexts, of different clusters.</summary>
    public ImmutableArray<string> Contexts => _world.Value.Contexts;

    public string First => Contexts[0];

    /// <summary>The last, which may be the first.</summary>
    public string Last => Contexts[^1];

    public string Namespace => _world.Value.Namespace;

    /// <summary>Where credential plugins are, before all else.</summary>
    public static string? Plugins => AnyClusterFactAttribute.Named is null ? RealCluster.Plugins : null;

    public static string SearchPath => (Plugins is { } own ? own + Path.PathSeparator : "") + Environment.GetEnvironmentVariable("PATH");

    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public ClusterDirectory Directory => _world.Value.Directory;

    public IClusterClient Client(string? context = null) => Directory.Connect(context ?? First).Value!;

    /// <summary>An object of the tests' namespace.</summary>
    public ResourceAddress At(string kind, string name) => _world.Value.At(kind, name);

    /// <summary>An object as it is, without what changes with every write; null when it is not there.</summary>
    public string? Read(string kind, string name, string? context = null)
    {
        Answered<ObservedResource> answer = Client(context).GetAsync(At(kind, name), CancellationToken.None).GetAwaiter().GetResult();
        if (!answer.IsOk)
        {
            Assert.Equal(ClusterErrorKind.NotFound, answer.Error.Kind);
            return null;
        }
        JsonObject tree = answer.Value.ToTree()!;
        var metadata = (JsonObject)tree["metadata"]!;
        metadata.Remove("resourceVersion");
        metadata.Remove("generation");
        return tree.ToJsonString();
    }

    /// <summary>A server-side apply by somebody, as kubectl would do it.</summary>
    public void Apply(string kind, string name, string manifest, string manager, bool force = false)
    {
        Answered<Written> written = Client().ApplyAsync(At(kind, name), Encoding.UTF8.GetBytes(manifest), new WriteOptions { FieldManager = manager, Force = force }, CancellationToken.None).GetAwaiter().GetResult();
        Assert.True(written.IsOk, written.Error?.Message);
    }

    /// <summary>What a controller would write.</summary>
    public void SetStatus(string kind, string name, string status)
    {
        Answered<Written> written = Client().PatchAsync(At(kind, name), PatchKind.Merge, Encoding.UTF8.GetBytes($$"""{"status":{{status}}}"""), new WriteOptions { FieldManager = "test" }, "status", CancellationToken.None)
            .GetAwaiter().GetResult();
        Assert.True(written.IsOk, written.Error?.Message);
    }

    public void Delete(string kind, string name) =>
        Assert.True(Client().DeleteAsync(At(kind, name), new DeleteOptions(), CancellationToken.None).GetAwaiter().GetResult().IsOk);

    public void Dispose()
    {
        if (_world.IsValueCreated)
        {
            _world.Value.Dispose();
        }
    }

    private sealed class World : IDisposable
    {
        private const string Eks = "arn:aws:eks:ap-northeast-2:111122223333:cluster/primary";
        private const string Gke = "gke_demo-project_asia-northeast3_remote";

        private readonly RealCluster? _own;
        private readonly ServedKinds _served;
        private readonly List<(string Context, string Uid)> _made = [];

        public World()
        {
            _own = AnyClusterFactAttribute.Named is null ? RealCluster.Start() : null;
            Kubeconfig = AnyClusterFactAttribute.Named ?? _own!.KubeConfig;
            Directory = new ClusterDirectory(
                new KubeconfigLocation { Explicit = [Kubeconfig], HomeFolder = Home, SearchPath = SearchPath },
                ClusterSettings.Default with { RequestTimeout = TimeSpan.FromSeconds(20) }, Trusted.Instance);
            Contexts = _own is null ? Usable() : [Eks, Gke];
            Namespace = "gateway-lsp-test-" + Guid.NewGuid().ToString("n")[..8];
            foreach (string context in Contexts)
            {
                byte[] body = Encoding.UTF8.GetBytes("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"NAME"}}""".Replace("NAME", Namespace, StringComparison.Ordinal));
                Answered<Written> made = Client(context).CreateAsync(Space, body, new WriteOptions { FieldManager = "test" }, CancellationToken.None).GetAwaiter().GetResult();
                _made.Add((context, made.IsOk ? made.Value.Resource.Uid : throw new InvalidOperationException(made.Error.Message)));
            }
            _served = Client(Contexts[0]).DiscoverAsync(CancellationToken.None).GetAwaiter().GetResult().Value!;
        }

        public string Kubeconfig { get; }

        public ImmutableArray<string> Contexts { get; }

        public string Namespace { get; }

        public ClusterDirectory Directory { get; }

        private ResourceAddress Space => new(ServedKind.Namespace, "", Namespace);

        public ResourceAddress At(string kind, string name) => new(
            _served.Find(kind switch { "Service" or "ConfigMap" or "Secret" => "", "EndpointSlice" => "discovery.k8s.io", _ => Group }, kind)
                ?? throw new InvalidOperationException($"The cluster serves no {kind}: the tests need Gateway API."),
            Namespace, name);

        public void Dispose()
        {
            // By its uid: only what was made here.
            foreach ((string context, string uid) in _made)
            {
                Client(context).DeleteAsync(Space, new DeleteOptions { Uid = uid }, CancellationToken.None).GetAwaiter().GetResult();
            }
            Directory.Dispose();
            _own?.Dispose();
        }

        private IClusterClient Client(string context) => Directory.Connect(context).Value!;

        private ImmutableArray<string> Usable()
        {
            var found = new List<ClusterTarget>();
            foreach (ClusterTarget target in Directory.Read().Targets)
            {
                if (found.Count < 2 && !found.Exists(known => known.Server == target.Server)
                    && Client(target.Context).ReviewAccessAsync(new AccessQuestion("create", "", "namespaces"), CancellationToken.None).GetAwaiter().GetResult() is { IsOk: true, Value.IsAllowed: true })
                {
                    found.Add(target);
                }
            }
            return found.Count > 0 ? [.. found.Select(target => target.Context)] : throw new InvalidOperationException($"No context of {Kubeconfig} may create namespaces.");
        }
    }
}
