using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Kubernetes.Tests.Support;
using GatewayLsp.Kubernetes.Watching;
using GatewayLsp.Testing;

namespace GatewayLsp.Kubernetes.Tests.Clusters;

/// <summary>Our own API servers, for what another cluster does not have: both contexts with their plugins, users with few rights and none, a server that dies. All else is in <see cref="AnyClusterTests"/>.</summary>
public sealed class RealClusterTests : IDisposable
{
    private const string Eks = "arn:aws:eks:ap-northeast-2:111122223333:cluster/primary";
    private const string Gke = "gke_demo-project_asia-northeast3_remote";

    private static readonly GroupKind Route = new("gateway.networking.k8s.io", "HTTPRoute");
    private static readonly GroupKind Service = new("", "Service");
    private static readonly GroupKind Namespaces = new("", "Namespace");

    private readonly RealCluster? _cluster;
    private readonly ClusterDirectory _directory = null!;

    public RealClusterTests()
    {
        if (new ClusterFactAttribute().Skip is not null)
        {
            return;
        }
        _cluster = RealCluster.Start();
        _directory = new ClusterDirectory(
            new KubeconfigLocation { Explicit = [_cluster.KubeConfig], SearchPath = Environment.GetEnvironmentVariable("PATH") },
            new ClusterSettings { ExtraPath = [RealCluster.Plugins], RequestTimeout = TimeSpan.FromSeconds(10) }, Trusted.Instance);
    }

    public void Dispose()
    {
        if (_cluster is not null)
        {
            _directory.Dispose();
            _cluster.Dispose();
        }
    }

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    private IClusterClient Connect(string context) => _directory.Connect(context).Value!;

    private async Task<ResourceAddress> RouteAt(IClusterClient client, string name) =>
        new((await client.DiscoverAsync(default)).Value!.Find("gateway.networking.k8s.io", "HTTPRoute")!, "demo", name);

    private static string RouteJson(string name) =>
        $$"""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"{{name}}","namespace":"demo"},"spec":{"hostnames":["a.example"]} }""";

    [ClusterFact]
    public async Task Targets_and_versions()
    {
        ClusterTargets targets = _directory.Read();
        Assert.Equal((ClusterProvider.Eks, "primary (EKS, ap-northeast-2)"), (targets.Find(Eks)!.Provider, targets.Find(Eks)!.Label));
        Assert.Equal((ClusterProvider.Gke, "remote (GKE, asia-northeast3)"), (targets.Find(Gke)!.Provider, targets.Find(Gke)!.Label));
        Assert.Equal("v1.36.4-eks-0000000", (await Connect(Eks).GetVersionAsync(default)).Value!.GitVersion);
        Assert.Equal("v1.36.4-gke.1000000", (await Connect(Gke).GetVersionAsync(default)).Value!.GitVersion);
        Assert.Equal(ClusterErrorKind.Unauthorized, (await Connect("eks-expired").GetVersionAsync(default)).Error!.Kind);
        ServedKinds eks = (await Connect(Eks).DiscoverAsync(default)).Value!, gke = (await Connect(Gke).DiscoverAsync(default)).Value!;
        Assert.True(eks.Find("gateway.networking.k8s.io", "HTTPRoute") is { IsNamespaced: true, HasStatus: true, Version: "v1", Verbs: KindVerbs.All });
        Assert.Equal((Presence.Absent, Presence.Present), (eks.Knows("net.gke.io", "ServiceExport"), gke.Knows("net.gke.io", "ServiceExport")));
        Assert.Contains("HTTPRoute", Encoding.UTF8.GetString((await Connect(Eks).GetOpenApiAsync("gateway.networking.k8s.io", "v1", default)).Value!.Utf8.Span), StringComparison.Ordinal);
        if (RealCluster.IsSandbox)
        {
            // There Gateway API is built in: no definitions to be listed.
            return;
        }
        ResourcePage crds = (await Connect(Eks).ListAsync(new ListRequest(ServedKind.CustomResourceDefinition), default)).Value!;
        Assert.Contains(crds.Items, crd => crd.Name == "gateways.gateway.networking.k8s.io" && crd.Annotation("gateway.networking.k8s.io/channel") == "standard");
    }

    [ClusterFact]
    public async Task Users_with_few_rights()
    {
        ResourceAddress address = await RouteAt(Connect("eks-viewer"), "x");
        ClusterError denied = (await Connect("eks-viewer").ApplyAsync(address, Json(RouteJson("x")), new WriteOptions { DryRun = true }, default)).Error!;
        Assert.Equal(ClusterErrorKind.Forbidden, denied.Kind);
        Assert.Equal(ClusterErrorKind.Forbidden, (await Connect("eks-dev").ListAsync(new ListRequest(address.Kind), default)).Error!.Kind);
        Assert.True((await Connect("eks-dev").ListAsync(new ListRequest(address.Kind, "demo"), default)).IsOk);
        AccessRules rules = (await Connect("eks-dev").ReviewRulesAsync("demo", default)).Value!;
        Assert.Equal(Answer.Yes, rules.Allows("list", "gateway.networking.k8s.io", "httproutes"));
        Assert.NotEqual(Answer.Yes, (await Connect("eks-dev").ReviewRulesAsync("kube-system", default)).Value!.Allows("list", "gateway.networking.k8s.io", "httproutes"));
        Assert.False((await Connect("eks-viewer").ReviewAccessAsync(new AccessQuestion("delete", "", "services", "demo"), default)).Value!.IsAllowed);

        var sink = new RecordingSink();
        await using var watcher = new ClusterWatcher(Connect("eks-dev"), sink, new WatcherOptions { Namespaces = ["demo", "kube-system"] });
        watcher.Use([Route, Service, Namespaces]);
        ObservedCluster seen = await sink.WaitAsync(cluster => cluster.Kinds.GetValueOrDefault(Route)?.Namespaces.Count == 2
            && cluster.Kinds.GetValueOrDefault(Namespaces)?.Readability == Readability.Forbidden);
        Assert.Equal(["default", "demo"], seen.Kinds[Route].Namespaces);
        Assert.True((await Connect("eks-dev").ApplyAsync(address, Json(RouteJson("x")), new WriteOptions(), default)).IsOk);
        await sink.WaitAsync(cluster => cluster.Kinds[Route].Has("demo", "x") == Presence.Present);
        await Task.Delay(1500);
        Assert.Equal(2, sink.Notices.Count);
    }

    [ClusterFact]
    public async Task A_server_that_dies_and_comes_back_loses_nothing()
    {
        IClusterClient client = Connect(Eks);
        ResourceAddress address = await RouteAt(client, "r1");
        await client.ApplyAsync(address, Json(RouteJson("r1")), new WriteOptions(), default);
        var sink = new RecordingSink();
        await using var watchers = new ClusterWatchers(_directory, sink, _ => new WatcherOptions { LongestBackoff = TimeSpan.FromSeconds(1) });
        await watchers.SetAsync([Eks, Gke], [Route, Service], ["demo"]);
        await sink.WaitAsync(cluster => cluster.Kinds.GetValueOrDefault(Route)?.Resources.Count == 1, Eks);
        await sink.WaitAsync(cluster => cluster.Kinds.GetValueOrDefault(Route)?.Readability == Readability.Everywhere, Gke);

        _cluster!.Kill("eks");
        ObservedCluster lost = await sink.WaitAsync(cluster => cluster.State == ConnectionState.Lost, Eks);
        Assert.Single(lost.Kinds[Route].Resources);
        Assert.True(lost.Error!.IsTransient);
        // The other cluster does not notice.
        Assert.True((await Connect(Gke).ApplyAsync(address with { Name = "g1" }, Json(RouteJson("g1")), new WriteOptions(), default)).IsOk);
        await sink.WaitAsync(cluster => cluster.Kinds[Route].Resources.Count == 1, Gke);
        Assert.Equal(ConnectionState.Connected, watchers.Current(Gke)!.State);

        _cluster.Revive();
        Written second = await AnsweredAsync(() => client.ApplyAsync(address with { Name = "r2" }, Json(RouteJson("r2")), new WriteOptions(), default));
        Assert.True(second.IsCreated);
        ObservedCluster again = await sink.WaitAsync(cluster => cluster.Kinds[Route].Resources.Count == 2, Eks);
        Assert.Equal(ConnectionState.Connected, again.State);
        Assert.True(sink.Published.Count(one => one.State == ConnectionState.Lost) < 40);
        Assert.Empty(sink.Notices);
    }

    private static async Task<T> AnsweredAsync<T>(Func<Task<Answered<T>>> ask)
        where T : class
    {
        for (int i = 0; ; i++)
        {
            Answered<T> answer = await ask();
            if (answer.IsOk)
            {
                return answer.Value;
            }
            Assert.True(i < 40 && answer.Error.IsTransient, answer.Error.Message);
            await Task.Delay(250);
        }
    }
}
