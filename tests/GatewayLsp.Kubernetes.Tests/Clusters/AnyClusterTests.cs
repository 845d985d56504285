using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Kubernetes.Tests.Support;
using GatewayLsp.Kubernetes.Watching;
using GatewayLsp.Testing;
using GatewayLsp.Testing.Clusters;

namespace GatewayLsp.Kubernetes.Tests.Clusters;

/// <summary>The client and the watcher on our own API servers, or on any cluster: see <see cref="AnyCluster"/>.</summary>
public sealed class AnyClusterTests(AnyClusterTests.Fixture fixture) : IClassFixture<AnyClusterTests.Fixture>
{
    private static readonly GroupKind Route = new(AnyCluster.Group, "HTTPRoute");
    private static readonly GroupKind Secret = new("", "Secret");

    private readonly AnyCluster _cluster = fixture.Cluster;

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    private string RouteJson(string name, string host = "a.example", string more = "") =>
        $$"""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"{{name}}","namespace":"{{_cluster.Namespace}}"},"spec":{"hostnames":["{{host}}"]{{more}} } }""";

    [AnyClusterFact]
    public async Task Each_context_has_a_version_kinds_schemas_and_a_label()
    {
        foreach (string context in _cluster.Contexts)
        {
            ClusterTarget target = _cluster.Directory.Read().Find(context)!;
            Assert.NotEqual("", target.Label);
            IClusterClient client = _cluster.Client(context);
            Assert.StartsWith("v1.", (await client.GetVersionAsync(default)).Value!.GitVersion, StringComparison.Ordinal);
            ServedKinds served = (await client.DiscoverAsync(default)).Value!;
            Assert.True(served.Find(AnyCluster.Group, "HTTPRoute") is { IsNamespaced: true, HasStatus: true, Version: "v1" });
            Assert.Equal(Presence.Absent, served.Knows(AnyCluster.Group, "NoSuchRoute"));
            Assert.Contains("HTTPRoute", Encoding.UTF8.GetString((await client.GetOpenApiAsync(AnyCluster.Group, "v1", default)).Value!.Utf8.Span), StringComparison.Ordinal);
            Assert.Equal(Answer.Yes, (await client.ReviewRulesAsync(_cluster.Namespace, default)).Value!.Allows("create", AnyCluster.Group, "httproutes"));
        }
    }

    [AnyClusterFact]
    public async Task What_changes_is_seen_and_of_Secrets_no_value()
    {
        IClusterClient client = _cluster.Client();
        var sink = new RecordingSink();
        await using var watcher = new ClusterWatcher(client, sink);
        watcher.Use([Route, Secret]);
        await sink.WaitAsync(cluster => cluster.Kinds.GetValueOrDefault(Route)?.Readability == Readability.Everywhere && cluster.Kinds.GetValueOrDefault(Secret)?.Readability == Readability.Everywhere);
        _cluster.Apply("HTTPRoute", "seen", RouteJson("seen"), "test");
        _cluster.Apply("Secret", "seen", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"seen"},"stringData":{"a":"planted-secret"}}""", "test");
        ObservedCluster seen = await sink.WaitAsync(cluster => cluster.Has(_cluster.At("HTTPRoute", "seen").Key) == Presence.Present && cluster.Has(_cluster.At("Secret", "seen").Key) == Presence.Present);
        Assert.Equal("a.example", seen.Find(_cluster.At("HTTPRoute", "seen").Key)!.Body.GetProperty("spec").GetProperty("hostnames")[0].GetString());
        Assert.False(seen.Find(_cluster.At("Secret", "seen").Key)!.Body.TryGetProperty("data", out _));
        _cluster.Apply("HTTPRoute", "seen", RouteJson("seen", "b.example"), "test");
        await sink.WaitAsync(cluster => cluster.Find(_cluster.At("HTTPRoute", "seen").Key)?.Body.GetProperty("spec").GetProperty("hostnames")[0].GetString() == "b.example");
        _cluster.Delete("HTTPRoute", "seen");
        _cluster.Delete("Secret", "seen");
        await sink.WaitAsync(cluster => cluster.Has(_cluster.At("HTTPRoute", "seen").Key) == Presence.Absent && cluster.Has(_cluster.At("Secret", "seen").Key) == Presence.Absent);
        Assert.Empty(sink.Notices);
    }

    [AnyClusterFact]
    public async Task An_object_is_written_every_way_and_removed()
    {
        IClusterClient client = _cluster.Client();
        ResourceAddress address = _cluster.At("HTTPRoute", "store");
        var options = new WriteOptions();

        Written dry = (await client.ApplyAsync(address, Json(RouteJson("store")), options with { DryRun = true }, default)).Value!;
        Assert.True(dry.IsCreated);
        Assert.Equal(ClusterErrorKind.NotFound, (await client.GetAsync(address, default)).Error!.Kind);

        Written applied = (await client.ApplyAsync(address, Json(RouteJson("store")), options, default)).Value!;
        Assert.True(applied.IsCreated);
        Assert.Equal(1, applied.Resource.Generation);
        Assert.Contains("\"manager\":\"gateway-lsp\"", applied.Resource.Body.GetRawText(), StringComparison.Ordinal);

        Written patched = (await client.PatchAsync(address, PatchKind.Merge, Json("""{"spec":{"hostnames":["b.example"]}}"""), options with { FieldManager = "someone" }, null, default)).Value!;
        Assert.False(patched.IsCreated);
        ClusterError conflict = (await client.ApplyAsync(address, Json(RouteJson("store")), options, default)).Error!;
        Assert.Equal(ClusterErrorKind.Conflict, conflict.Kind);
        Assert.Equal((".spec.hostnames", "someone"), (conflict.Causes[0].Field, conflict.Causes[0].Owner));
        Assert.True((await client.ApplyAsync(address, Json(RouteJson("store")), options with { Force = true }, default)).IsOk);

        ClusterError exists = (await client.CreateAsync(address, Json(RouteJson("store")), options, default)).Error!;
        Assert.Equal(ClusterErrorKind.AlreadyExists, exists.Kind);
        string old = RouteJson("store").Replace("\"namespace\"", $"\"resourceVersion\":\"{applied.Resource.ResourceVersion}\",\"namespace\"", StringComparison.Ordinal);
        ClusterError stale = (await client.ReplaceAsync(address, Json(old), options, default)).Error!;
        Assert.Equal((ClusterErrorKind.Conflict, 0), (stale.Kind, stale.Causes.Length));

        Assert.Equal(ClusterErrorKind.Conflict, (await client.DeleteAsync(address, new DeleteOptions { Uid = "other" }, default)).Error!.Kind);
        Assert.False((await client.DeleteAsync(address, new DeleteOptions { Uid = applied.Resource.Uid }, default)).Value!.IsPending);
        Assert.Equal(ClusterErrorKind.NotFound, (await client.DeleteAsync(address, new DeleteOptions(), default)).Error!.Kind);
    }

    [AnyClusterFact]
    public async Task Refusals_name_fields()
    {
        IClusterClient client = _cluster.Client(_cluster.Last);
        ResourceAddress address = _cluster.At("HTTPRoute", "bad");
        ClusterError invalid = (await client.ApplyAsync(address, Json(RouteJson("bad", "not a host!")), new WriteOptions(), default)).Error!;
        Assert.Equal(ClusterErrorKind.Invalid, invalid.Kind);
        Assert.Contains(invalid.Causes, cause => cause.Field == "spec.hostnames[0]");
        ClusterError unknown = (await client.ApplyAsync(address, Json(RouteJson("bad", more: ",\"bogus\":1")), new WriteOptions(), default)).Error!;
        Assert.Equal(ClusterErrorKind.Invalid, unknown.Kind);
        Assert.Contains(unknown.Causes, cause => cause is { Reason: "UnknownField", Field: "spec.bogus" });
        string gone = _cluster.Namespace + "-gone";
        ClusterError nowhere = (await client.ApplyAsync(address with { Namespace = gone }, Json(RouteJson("bad").Replace($"\"{_cluster.Namespace}\"", $"\"{gone}\"", StringComparison.Ordinal)), new WriteOptions(), default)).Error!;
        Assert.Equal((ClusterErrorKind.NotFound, $"Namespace `{gone}` does not exist."), (nowhere.Kind, nowhere.Message));
        var future = new ServedKind(new Gvk("gateway.networking.k8s.io", "v9", "HTTPRoute"), "httproutes", true);
        Assert.Equal(ClusterErrorKind.KindNotServed, (await client.GetAsync(new ResourceAddress(future, _cluster.Namespace, "x"), default)).Error!.Kind);
    }

    [AnyClusterFact]
    public async Task Many_objects_come_in_pages()
    {
        IClusterClient client = _cluster.Client(_cluster.Last);
        ResourceAddress address = _cluster.At("HTTPRoute", "r");
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, stop) =>
            Assert.Null((await client.ApplyAsync(address with { Name = $"r{i:00}" }, Json(RouteJson($"r{i:00}")), new WriteOptions(), stop)).Error));
        var names = new List<string>();
        string? next = null;
        int pages = 0;
        do
        {
            ResourcePage page = (await client.ListAsync(new ListRequest(address.Kind, _cluster.Namespace) { Limit = 25, Continue = next, MetadataOnly = true }, default)).Value!;
            Assert.All(page.Items, item => Assert.False(item.Body.TryGetProperty("spec", out _)));
            names.AddRange(page.Items.Select(item => item.Name));
            next = page.Continue;
            pages++;
        }
        while (next is not null);
        Assert.Equal((60, 3), (names.Distinct(StringComparer.Ordinal).Count(), pages));
    }

    public sealed class Fixture : IDisposable
    {
        internal AnyCluster Cluster { get; } = new();

        public void Dispose() => Cluster.Dispose();
    }
}
