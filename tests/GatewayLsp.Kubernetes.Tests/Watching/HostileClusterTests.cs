using System.Collections.Concurrent;
using System.Diagnostics;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Kubernetes.Tests.Support;
using GatewayLsp.Kubernetes.Watching;
using GatewayLsp.Testing.InMemory;
using Xunit.Abstractions;

namespace GatewayLsp.Kubernetes.Tests.Watching;

/// <summary>A server that sends nonsense, too much, or nearly nothing: what is known stays, the load is bounded, and all is well again after it.</summary>
public sealed class HostileClusterTests(ITestOutputHelper output) : IDisposable
{
    private static readonly GroupKind Service = new("", "Service");
    private static readonly GroupKind Secret = new("", "Secret");

    private readonly TempFolder _folder = new();

    private static WatcherOptions Options { get; } = new()
    {
        FirstBackoff = TimeSpan.FromMilliseconds(50),
        LongestBackoff = TimeSpan.FromMilliseconds(400),
        LongestBackoffOfMistakes = TimeSpan.FromMilliseconds(400),
        PublishDelay = TimeSpan.FromMilliseconds(5),
    };

    public void Dispose() => _folder.Dispose();

    private IClusterClient Connect(FakeApiServer server) => _folder.Open(_folder.Write("config", Kubeconfigs.Token(server.Url))).Connect("test").Value!;

    /// <summary>Discovery and a list of what is asked for; watches answer as the test says.</summary>
    private static FakeAnswer Answer(FakeRequest request, string items, Func<FakeAnswer> watch) =>
        request.Path == "/version" ? FakeAnswer.Version
        : request.Path == "/api" ? new FakeAnswer(200, """{"kind":"APIVersions","versions":["v1"]}""")
        : request.Path == "/apis" ? new FakeAnswer(200, """{"kind":"APIGroupList","groups":[]}""")
        : request.Path == "/api/v1" ? new FakeAnswer(200, """
            {"kind":"APIResourceList","groupVersion":"v1","resources":[
              {"name":"services","kind":"Service","namespaced":true,"verbs":["get","list","watch"]},
              {"name":"secrets","kind":"Secret","namespaced":true,"verbs":["get","list","watch"]}]}
            """)
        : request.Path.Contains("watch=1", StringComparison.Ordinal) ? watch()
        : new FakeAnswer(200, $$"""{"kind":"List","metadata":{"resourceVersion":"5"},"items":[{{items}}]}""");

    private static FakeAnswer Stream(params string[] lines)
    {
        var stream = new BlockingCollection<string>();
        foreach (string line in lines)
        {
            stream.Add(line);
        }
        stream.CompleteAdding();
        return new FakeAnswer(200, "") { Lines = stream };
    }

    [Theory]
    [InlineData("no json\n")]
    [InlineData("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":7}}}\n")]
    [InlineData("{\"type\":\"ADDED\",\"object\":[]}\n")]
    [InlineData("{\"type\":\"MODIFIED\"}\n")]
    [InlineData("\0\0\0\n")]
    [InlineData("{\"type\":\"ERROR\",\"object\":{\"code\":\"x\"}}\n")]
    public async Task A_watch_that_sends_garbage_costs_little_and_what_is_known_stays(string garbage)
    {
        bool isWell = false;
        int watches = 0;
        var open = new BlockingCollection<string> { """{"type":"ADDED","object":{"metadata":{"name":"late","namespace":"demo","resourceVersion":"9"}}}""" + "\n" };
        using var server = new FakeApiServer(request => Answer(request, """{"metadata":{"name":"cart","namespace":"demo","resourceVersion":"4"}}""", () =>
        {
            Interlocked.Increment(ref watches);
            return Volatile.Read(ref isWell) ? new FakeAnswer(200, "") { Lines = open } : Stream(garbage);
        }));
        var sink = new RecordingSink();
        await using var watcher = new ClusterWatcher(Connect(server), sink, Options);
        watcher.Use([Service]);
        await sink.WaitAsync(cluster => cluster.Find(new ObjectKey("", "Service", "demo", "cart")) is not null);
        await Task.Delay(1500);
        Assert.InRange(Volatile.Read(ref watches), 2, 40);
        Assert.NotNull(watcher.Current.Find(new ObjectKey("", "Service", "demo", "cart")));
        Assert.InRange(sink.Notices.Count, 0, 2);

        Volatile.Write(ref isWell, true);
        var clock = Stopwatch.StartNew();
        await sink.WaitAsync(cluster => cluster.Find(new ObjectKey("", "Service", "demo", "late")) is not null);
        output.WriteLine($"well again after {clock.Elapsed.TotalMilliseconds:0} ms, {watches} watches in all");
        open.CompleteAdding();
    }

    [Fact]
    public async Task Of_a_Secret_of_10_MB_nothing_but_its_metadata_is_kept()
    {
        string large = $$$"""{"metadata":{"name":"huge","namespace":"demo","resourceVersion":"4","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{{{new string('c', 3 << 20)}}}"}},"data":{"x":"{{{new string('p', 10 << 20)}}}"}}""";
        var open = new BlockingCollection<string> { """{"type":"MODIFIED","object":""" + large.Replace("\"4\"", "\"9\"", StringComparison.Ordinal) + "}\n", """{"type":"ADDED","object":{"metadata":{"name":"late","namespace":"demo","resourceVersion":"10"}}}""" + "\n" };
        using var server = new FakeApiServer(request => Answer(request, large, () => new FakeAnswer(200, "") { Lines = open }));
        var sink = new RecordingSink();
        await using var watcher = new ClusterWatcher(Connect(server), sink, Options);
        watcher.Use([Secret]);
        ObservedCluster seen = await sink.WaitAsync(cluster => cluster.Find(new ObjectKey("", "Secret", "demo", "late")) is not null);
        ObservedResource huge = seen.Find(new ObjectKey("", "Secret", "demo", "huge"))!;
        Assert.Equal((true, "9"), (huge.IsMetadataOnly, huge.ResourceVersion));
        Assert.InRange(huge.Json.Length, 1, 1000);
        open.CompleteAdding();
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(60, true)]
    public async Task Among_a_thousand_namespaces_those_that_may_be_read_are_found(int readable, bool isCut)
    {
        var client = new InMemoryClient();
        for (int i = 0; i < 1000; i++)
        {
            client.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team-{{{i:000}}}"}}""");
        }
        HashSet<string> mine = [.. Enumerable.Range(0, readable).Select(i => $"team-{300 + i:000}")];
        client.Put("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"cart","namespace":"team-301"},"spec":{"ports":[{"port":80}]}}""");
        var forbidden = new ClusterError(ClusterErrorKind.Forbidden, "no");
        client.Fault = call => call.Verb is "list" or "watch" && call.Kind != "Namespace" && !mine.Contains(call.Namespace) ? forbidden : null;
        client.Rules = one => new AccessRules(mine.Contains(one) ? [new AccessRule(["*"], [""], ["services"], [])] : [], false);
        var sink = new RecordingSink();
        await using var watcher = new ClusterWatcher(client, sink, Options);
        watcher.Use([Service]);
        var clock = Stopwatch.StartNew();
        await sink.WaitAsync(cluster => cluster.Find(new ObjectKey("", "Service", "team-301", "cart")) is not null);
        output.WriteLine($"found after {clock.Elapsed.TotalMilliseconds:0} ms");
        await Task.Delay(1500);
        ObservedKind services = watcher.Current.Kinds[Service];
        Assert.Equal((Readability.SomeNamespaces, Math.Min(readable, 25)), (services.Readability, services.Namespaces.Count));
        Assert.Equal((Presence.Absent, Presence.Unknown), (services.Has("team-301", "none"), services.Has("team-900", "none")));
        string notice = Assert.Single(sink.Notices);
        Assert.InRange(notice.Length, 20, 400);
        // A thousand are more than are asked about: that there may be others is said.
        Assert.Contains("There are more namespaces than are looked into", notice, StringComparison.Ordinal);
        Assert.Equal(isCut, notice.Contains(" and 17 more", StringComparison.Ordinal));
    }
}
