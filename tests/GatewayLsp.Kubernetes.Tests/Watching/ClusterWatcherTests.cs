using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes.Tests.Support;
using GatewayLsp.Kubernetes.Watching;
using GatewayLsp.Testing.InMemory;

namespace GatewayLsp.Kubernetes.Tests.Watching;

/// <summary>The watcher against a cluster in memory that fails on demand.</summary>
public sealed class ClusterWatcherTests : IAsyncDisposable
{
    private static readonly GroupKind Service = new("", "Service");
    private static readonly GroupKind Secret = new("", "Secret");
    private static readonly ServedKind ServedService = new(new Gvk("", "v1", "Service"), "services", true);

    private readonly InMemoryClient _client = new();
    private readonly RecordingSink _sink = new();
    private readonly ClusterWatcher _watcher;

    public ClusterWatcherTests() => _watcher = new ClusterWatcher(_client, _sink, Options);

    private static WatcherOptions Options { get; } = new()
    {
        FirstBackoff = TimeSpan.FromMilliseconds(20),
        LongestBackoff = TimeSpan.FromMilliseconds(100),
        LongestBackoffOfMistakes = TimeSpan.FromMilliseconds(100),
        PublishDelay = TimeSpan.FromMilliseconds(5),
        PageSize = 3,
    };

    public ValueTask DisposeAsync() => _watcher.DisposeAsync();

    private static string Json(string name, string @namespace = "default", int port = 80) =>
        $$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"{{name}}","namespace":"{{@namespace}}"},"spec":{"ports":[{"port":{{port}} }]} }""";

    private static int CountOf(ObservedCluster cluster, GroupKind kind) => cluster.Kinds.GetValueOrDefault(kind)?.Resources.Count ?? -1;

    private static ClusterError Down { get; } = new(ClusterErrorKind.ConnectionRefused, "down");

    [Fact]
    public async Task Nothing_is_asked_before_a_kind_is_in_use()
    {
        await Task.Delay(100);
        Assert.Empty(_client.Calls);
        _watcher.Use([]);
        await Task.Delay(100);
        Assert.Empty(_client.Calls);
    }

    [Fact]
    public async Task Objects_come_go_and_change()
    {
        for (int i = 0; i < 8; i++)
        {
            _client.Put(Json("s" + i)); // Three pages.
        }
        _watcher.Use([Service]);
        ObservedCluster first = await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 8);
        Assert.Equal(ConnectionState.Connected, first.State);
        Assert.Equal("v1.36.4", first.Version!.GitVersion);
        Assert.Equal(Readability.Everywhere, first.Kinds[Service].Readability);
        Assert.Equal((Presence.Present, Presence.Absent, Presence.Unknown),
            (first.Has(new ObjectKey("", "Service", "default", "s1")), first.Has(new ObjectKey("", "Service", "default", "none")), first.Has(new ObjectKey("", "Pod", "default", "none"))));
        Assert.DoesNotContain("managedFields", first.Find(new ObjectKey("", "Service", "default", "s1"))!.Body.GetRawText(), StringComparison.Ordinal);

        _client.Put(Json("s1", port: 81));
        ObservedCluster changed = await _sink.WaitAsync(cluster => cluster.Find(new ObjectKey("", "Service", "default", "s1"))!.Generation == 2);
        Assert.Same(first.Kinds[Service].Resources[new ObjectKey("", "Service", "default", "s2")], changed.Kinds[Service].Resources[new ObjectKey("", "Service", "default", "s2")]);
        await _client.DeleteAsync(new ResourceAddress(ServedService, "default", "s2"), new DeleteOptions(), CancellationToken.None);
        await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 7);
    }

    [Fact]
    public async Task Kinds_that_are_no_longer_in_use_are_forgotten()
    {
        _client.Put(Json("a"));
        _watcher.Use([Service, Secret]);
        await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 1 && CountOf(cluster, Secret) == 0);
        _watcher.Use([Secret]);
        await _sink.WaitAsync(cluster => !cluster.Kinds.ContainsKey(Service));
        _watcher.Use([Service]);
        await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 1);
    }

    [Fact]
    public async Task Secrets_are_watched_as_metadata()
    {
        _client.Put("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a","namespace":"default"},"data":{"x":"cGxhbnRlZA=="}}""");
        _watcher.Use([Secret]);
        ObservedCluster seen = await _sink.WaitAsync(cluster => CountOf(cluster, Secret) == 1);
        ObservedResource secret = seen.Kinds[Secret].Resources.Values.Single();
        Assert.True(secret.IsMetadataOnly);
        Assert.False(secret.Body.TryGetProperty("data", out _));
    }

    [Fact]
    public async Task What_the_cluster_does_not_serve_is_absent()
    {
        var kind = new GroupKind("example.com", "Thing");
        _watcher.Use([kind]);
        ObservedCluster seen = await _sink.WaitAsync(cluster => cluster.Kinds.GetValueOrDefault(kind)?.Readability == Readability.NotServed);
        Assert.Equal(Presence.Absent, seen.Kinds[kind].Has("a", "b"));
    }

    [Fact]
    public async Task A_dead_cluster_costs_little_and_says_so_once()
    {
        _client.Fault = _ => Down;
        _watcher.Use([Service, Secret, new GroupKind("", "Namespace"), new GroupKind("gateway.networking.k8s.io", "HTTPRoute")]);
        await _sink.WaitAsync(cluster => cluster.State == ConnectionState.Failed);
        var deadline = DateTime.UtcNow.AddSeconds(20);
        await Task.Delay(500);
        while (_client.Calls.Count < 3 && DateTime.UtcNow < deadline)
        {
            await Task.Delay(50);
        }
        Assert.All(_client.Calls, call => Assert.Equal("version", call.Verb));
        Assert.InRange(_client.Calls.Count, 3, 30);
        Assert.True(_sink.Published.Count <= 4, $"{_sink.Published.Count} states were published");
        Assert.Empty(_sink.Notices);
        _client.Fault = null;
        await _sink.WaitAsync(cluster => cluster.State == ConnectionState.Connected && CountOf(cluster, Service) == 0);
    }

    [Fact]
    public async Task A_lost_cluster_keeps_its_last_state_and_catches_up()
    {
        _client.Put(Json("a"));
        _watcher.Use([Service]);
        ObservedCluster before = await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 1);
        _client.Fault = _ => Down;
        _client.Breaks();
        ObservedCluster lost = await _sink.WaitAsync(cluster => cluster.State == ConnectionState.Lost);
        Assert.Equal((Down, 1), (lost.Error, CountOf(lost, Service)));
        Assert.True(lost.ContactAt <= DateTimeOffset.UtcNow && lost.ContactAt >= before.ContactAt);
        _client.Put(Json("b"));
        _client.Compact(); // And what happened meanwhile is no longer kept: 410.
        _client.Put(Json("c"));
        _client.Fault = null;
        ObservedCluster again = await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 3);
        Assert.Equal(ConnectionState.Connected, again.State);
        Assert.Null(again.Error);
    }

    [Fact]
    public async Task Faults_of_one_kind_leave_others_alone()
    {
        _client.Put(Json("a"));
        _client.Fault = call => call.Kind == "Secret" ? new ClusterError(ClusterErrorKind.Refused, "no") : null;
        _watcher.Use([Service, Secret]);
        await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 1);
        _client.Put(Json("b"));
        ObservedCluster seen = await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 2);
        Assert.Equal(Presence.Unknown, seen.Has(new ObjectKey("", "Secret", "default", "x")));
    }

    [Fact]
    public async Task Users_with_few_rights_are_served_by_namespace()
    {
        _client.Put("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"demo"}}""");
        _client.Put(Json("mine", "demo"));
        _client.Put(Json("theirs", "kube-system"));
        var forbidden = new ClusterError(ClusterErrorKind.Forbidden, "no");
        _client.Fault = call => call.Verb is "list" or "watch" && call.Namespace is not ("demo" or "default") ? forbidden : null;
        _client.Rules = one => one is "demo" or "default" ? new AccessRules([new AccessRule(["*"], [""], ["services"], [])], false) : new AccessRules([], false);
        _watcher.Name(["demo", "other"]);
        _watcher.Use([Service, Secret]);
        ObservedCluster seen = await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 1 && cluster.Kinds[Service].Namespaces.Count == 2
            && cluster.Kinds.GetValueOrDefault(Secret)?.Readability == Readability.Forbidden);
        ObservedKind services = seen.Kinds[Service];
        Assert.Equal(Readability.SomeNamespaces, services.Readability);
        Assert.Equal((Presence.Present, Presence.Absent, Presence.Unknown), (services.Has("demo", "mine"), services.Has("demo", "x"), services.Has("kube-system", "theirs")));
        _client.Put(Json("second", "demo"));
        await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 2);
        await Task.Delay(1500);
        Assert.Equal(2, _sink.Notices.Count);
        Assert.Contains(_sink.Notices, text => text.Contains("read Service only in `default`, `demo`", StringComparison.Ordinal));
        Assert.Contains(_sink.Notices, text => text.Contains("no right to read Secret here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Memory_is_bounded()
    {
        await using var watcher = new ClusterWatcher(_client, _sink, Options with { MaxObjectsPerKind = 5 });
        for (int i = 0; i < 9; i++)
        {
            _client.Put(Json("s" + i));
        }
        watcher.Use([Service]);
        ObservedCluster seen = await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 5);
        Assert.Equal(Readability.TooMany, seen.Kinds[Service].Readability);
        Assert.Equal(Presence.Unknown, seen.Kinds[Service].Has("default", "s8"));
    }

    [Fact]
    public async Task Bursts_are_published_together()
    {
        await using var watcher = new ClusterWatcher(_client, _sink, Options with { PublishDelay = TimeSpan.FromMilliseconds(100) });
        watcher.Use([Service]);
        await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 0);
        int before = _sink.Published.Count;
        for (int i = 0; i < 200; i++)
        {
            _client.Put(Json("s" + i));
        }
        await _sink.WaitAsync(cluster => CountOf(cluster, Service) == 200);
        Assert.InRange(_sink.Published.Count - before, 1, 20);
    }

    [Fact]
    public async Task It_ends_quickly_in_every_state()
    {
        _watcher.Use([Service]);
        await _watcher.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(2));
        _watcher.Use([Secret]);
    }
}
