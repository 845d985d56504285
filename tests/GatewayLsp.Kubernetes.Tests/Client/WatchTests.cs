using System.Collections.Concurrent;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes.Tests.Support;

namespace GatewayLsp.Kubernetes.Tests.Client;

/// <summary>The stream of a watch: events, bookmarks, and every way it can end.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly ServedKind Route = new(new Gvk("gateway.networking.k8s.io", "v1", "HTTPRoute"), "httproutes", true);
    private static readonly ServedKind Secret = new(new Gvk("", "v1", "Secret"), "secrets", true);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Event(string type, string name, int version, string more = "") =>
        $$"""{"type":"{{type}}","object":{"kind":"X","metadata":{"name":"{{name}}","namespace":"demo","resourceVersion":"{{version}}","managedFields":[{"manager":"m"}]}{{more}} } }""" + "\n";

    private async Task<(List<WatchEvent> Events, FakeRequest Request)> WatchAsync(ServedKind kind, params string[] lines)
    {
        using var stream = new BlockingCollection<string>();
        foreach (string line in lines.Where(line => line != "STALL"))
        {
            stream.Add(line);
        }
        if (lines is not [.., "STALL"])
        {
            stream.CompleteAdding();
        }
        using var server = new FakeApiServer(_ => new FakeAnswer(200, "") { Lines = stream });
        IClusterClient client = _folder.Open(_folder.Write("config", Kubeconfigs.Token(server.Url))).Connect("test").Value!;
        var events = new List<WatchEvent>();
        var request = new WatchRequest(kind, "demo", "5") { StallTimeout = TimeSpan.FromSeconds(4), MetadataOnly = kind.IsMetadataOnlyByDefault };
        await foreach (WatchEvent one in client.WatchAsync(request, CancellationToken.None))
        {
            events.Add(one);
        }
        return (events, server.Requests.First());
    }

    [Fact]
    public async Task Events_come_in_order_without_managed_fields()
    {
        (List<WatchEvent> events, FakeRequest request) = await WatchAsync(Route, Event("ADDED", "a", 6), Event("MODIFIED", "a", 7)[..40], Event("MODIFIED", "a", 7)[40..] + Event("DELETED", "a", 8),
            """{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9"}}}""" + "\n", """{"type":"SOMETHING","object":{}}""" + "\n");
        Assert.Equal([(WatchEventKind.Added, "6"), (WatchEventKind.Modified, "7"), (WatchEventKind.Deleted, "8"), (WatchEventKind.Bookmark, "9")],
            events.Select(one => (one.Kind, one.ResourceVersion)));
        Assert.Equal("gateway.networking.k8s.io/v1", events[0].Resource!.Body.GetProperty("apiVersion").GetString());
        Assert.DoesNotContain("managedFields", events[0].Resource!.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes?watch=1&allowWatchBookmarks=true&resourceVersion=5&timeoutSeconds=300", request.Path);
    }

    [Fact]
    public async Task Of_secrets_only_metadata_is_kept_whatever_the_server_sends()
    {
        (List<WatchEvent> events, FakeRequest request) = await WatchAsync(Secret,
            """{"type":"ADDED","object":{"metadata":{"name":"a","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"planted","ok":"yes"}},"data":{"x":"planted"}}}""" + "\n");
        Assert.StartsWith("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", request.Headers["accept"], StringComparison.Ordinal);
        Assert.True(events[0].Resource!.IsMetadataOnly);
        Assert.DoesNotContain("planted", events[0].Resource!.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("yes", events[0].Resource!.Annotation("ok"));
    }

    [Fact]
    public async Task Gone_comes_as_an_event()
    {
        (List<WatchEvent> events, _) = await WatchAsync(Route,
            """{"type":"ERROR","object":{"kind":"Status","status":"Failure","message":"too old resource version","reason":"Expired","code":410}}""" + "\n", Event("ADDED", "late", 9));
        Assert.Equal(ClusterErrorKind.Gone, Assert.Single(events).Error!.Kind);
    }

    [Theory]
    [InlineData("RESET", ClusterErrorKind.Broken)]
    [InlineData("STALL", ClusterErrorKind.Timeout)]
    [InlineData("no json\n", ClusterErrorKind.Broken)]
    [InlineData("{\"type\":5}\n", ClusterErrorKind.Broken)]
    [InlineData("{\"type\":\"ADD", ClusterErrorKind.Broken)]
    public async Task It_breaks(string last, ClusterErrorKind kind)
    {
        (List<WatchEvent> events, _) = await WatchAsync(Route, Event("ADDED", "a", 6), last);
        Assert.Equal([WatchEventKind.Added, WatchEventKind.Error], events.Select(one => one.Kind));
        Assert.Equal(kind, events[1].Error!.Kind);
    }

    [Fact]
    public async Task A_line_without_end_is_bounded()
    {
        (List<WatchEvent> events, _) = await WatchAsync(Route, [.. Enumerable.Repeat(new string('x', 1 << 20), 20)]);
        Assert.Equal(ClusterErrorKind.Broken, Assert.Single(events).Error!.Kind);
    }

    [Fact]
    public async Task The_end_in_good_order_is_no_error()
    {
        (List<WatchEvent> events, _) = await WatchAsync(Route, Event("ADDED", "a", 6));
        Assert.Single(events);
    }
}
