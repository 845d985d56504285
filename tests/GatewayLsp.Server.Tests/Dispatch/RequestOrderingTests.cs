using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Dispatch;

/// <summary>The queue's promises: mutations alone and in order, reads see what was sent before them and nothing else.</summary>
public sealed class RequestOrderingTests : IAsyncLifetime
{
    private const string Uri = "file:///w/a.yaml";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private ServerUnderTest _server = null!;
    private TestMethods _test = null!;

    private LspClient Client => _server.Client;

    public async Task InitializeAsync()
    {
        var (factory, get) = TestMethods.Create();
        _server = ServerUnderTest.StartInMemory(factory);
        _test = get();
        await _server.InitializeAsync();
        Client.Open(Uri, "v: 1\n");
    }

    public async Task DisposeAsync()
    {
        _test.Reads.Set();
        _test.Mutations.Set();
        await _server.DisposeAsync();
        _test.Dispose();
    }

    [Fact]
    public async Task A_read_sees_every_change_that_was_sent_before_it()
    {
        for (var i = 0; i < 500; i++)
        {
            Client.Edit(Uri, i + 2, Documents.Range(0, 0, 0, 0), $"{i % 10}");
        }

        var expected = string.Concat(Enumerable.Range(0, 500).Reverse().Select(i => i % 10)) + "v: 1\n";
        Assert.Equal(expected, await Client.TextAsync(Uri));
    }

    [Fact]
    public async Task Reads_between_changes_see_their_own_moment()
    {
        var reads = new List<Task<string?>>();
        for (var i = 0; i < 200; i++)
        {
            Client.Replace(Uri, i + 2, $"v: {i}\n");
            reads.Add(Client.TextAsync(Uri));
        }

        var texts = await Task.WhenAll(reads);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"v: {i}\n"), texts);
    }

    [Fact]
    public async Task A_slow_read_holds_up_neither_changes_nor_other_reads()
    {
        var slow = Client.RequestAsync("test/slow", Documents.Id(Uri));
        await Started();
        Client.Replace(Uri, 2, "v: 2\n");
        Assert.Equal("v: 2\n", await Client.TextAsync(Uri));
        Assert.False(slow.IsCompleted);

        _test.Reads.Set();
        Assert.Equal("v: 1\n", (string?)await slow);
    }

    [Fact]
    public async Task Mutations_run_one_after_the_other_in_the_order_they_came()
    {
        Client.Notify("test/block", Documents.Id("first"));
        for (var i = 0; i < 300; i++)
        {
            Client.Notify("test/note", Documents.Id(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        await Started();
        var read = Client.TextAsync(Uri);
        await Task.Delay(50);
        Assert.False(read.IsCompleted);
        _test.Mutations.Set();
        await read;
        Assert.Equal(["first", .. Enumerable.Range(0, 300).Select(i => $"{i}")], _test.Order);
    }

    [Fact]
    public async Task Cancelling_a_running_read_answers_at_once()
    {
        var (id, slow) = Client.Send("test/slow", Documents.Id(Uri));
        await Started();
        Client.Cancel(id);
        Assert.Equal(-32800, await LifecycleTests.CodeOf(slow.WaitAsync(Soon)));
    }

    [Fact]
    public async Task Cancelling_a_read_that_does_not_listen_answers_at_once()
    {
        var (id, deaf) = Client.Send("test/deaf", Documents.Id(Uri));
        await Started();
        Client.Cancel(id);
        Assert.Equal(-32800, await LifecycleTests.CodeOf(deaf.WaitAsync(Soon)));
        _test.Reads.Set();
        Assert.Equal("v: 1\n", await Client.TextAsync(Uri));
    }

    [Fact]
    public async Task Cancelling_a_queued_read_answers_at_once_and_it_never_runs()
    {
        Client.Notify("test/block", Documents.Id("x"));
        await Started();
        var (id, queued) = Client.Send("test/slow", Documents.Id(Uri));
        Client.Cancel(id);
        Assert.Equal(-32800, await LifecycleTests.CodeOf(queued.WaitAsync(Soon)));

        _test.Mutations.Set();
        await Client.TextAsync(Uri);
        Assert.Equal(0, _test.Started.CurrentCount);
    }

    [Fact]
    public async Task Cancelling_what_is_answered_or_unknown_does_nothing()
    {
        var (id, read) = Client.Send("test/text", Documents.Id(Uri));
        await read;
        Client.Cancel(id);
        Client.Cancel(987654);
        Assert.Equal("v: 1\n", await Client.TextAsync(Uri));
    }

    [Fact]
    public async Task An_edit_answers_a_read_of_the_text_before_with_content_modified_where_it_would_harm()
    {
        var harmful = Client.RequestAsync("test/slowEdit", Documents.Id(Uri));
        var harmless = Client.RequestAsync("test/slow", Documents.Id(Uri));
        await Started();
        await Started();
        Client.Replace(Uri, 2, "v: 2\n");
        Assert.Equal(-32801, await LifecycleTests.CodeOf(harmful.WaitAsync(Soon)));
        _test.Reads.Set();
        Assert.Equal("v: 1\n", (string?)await harmless);
    }

    [Fact]
    public async Task An_edit_of_another_document_leaves_a_read_alone()
    {
        Client.Open("file:///w/b.yaml", "x: 1\n");
        var read = Client.RequestAsync("test/slowEdit", Documents.Id(Uri));
        await Started();
        Client.Replace("file:///w/b.yaml", 2, "x: 2\n");
        await Client.TextAsync(Uri);
        _test.Reads.Set();
        Assert.Equal("v: 1\n", (string?)await read);
    }

    [Fact]
    public async Task A_failing_read_is_an_internal_error_without_its_insides_and_the_server_lives()
    {
        var error = await Assert.ThrowsAsync<LspErrorException>(() => Client.RequestAsync("test/fail", Documents.Id(Uri)));
        Assert.Equal(-32603, error.Code);
        Assert.DoesNotContain("internals", error.Text, StringComparison.Ordinal);
        Assert.Null(error.ErrorData);
        Assert.Contains("TestMethods", _server.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("abc.def", _server.LogText, StringComparison.Ordinal);

        var told = await Client.NextAsync("window/logMessage");
        Assert.Equal(1, (int)told!["type"]!);
        Assert.DoesNotContain("internals", (string?)told["message"], StringComparison.Ordinal);
        Assert.Equal("v: 1\n", await Client.TextAsync(Uri));
    }

    [Fact]
    public async Task A_failing_mutation_stops_nothing()
    {
        Client.Notify("test/failNote", Documents.Id("x"));
        Client.Notify("test/note", Documents.Id("y"));
        await Client.TextAsync(Uri);
        Assert.Equal(["y"], _test.Order);
    }

    [Fact]
    public async Task Two_requests_with_one_id_are_both_answered()
    {
        var first = Client.Expect("777");
        Client.Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 777, ["method"] = "test/slow", ["params"] = Documents.Id(Uri) });
        await Started();
        Client.Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 777, ["method"] = "test/text", ["params"] = Documents.Id(Uri) });
        Assert.Equal("v: 1\n", (string?)await first.WaitAsync(Soon));

        var second = Client.Expect("777");
        _test.Reads.Set();
        Assert.Equal("v: 1\n", (string?)await second.WaitAsync(Soon));
    }

    [Fact]
    public async Task Traces_answers_when_asked_to()
    {
        Client.Notify("$/setTrace", new JsonObject { ["value"] = "messages" });
        await Client.TextAsync(Uri);
        var trace = await Client.NextAsync("$/logTrace");
        Assert.StartsWith("test/text answered in ", (string?)trace!["message"], StringComparison.Ordinal);
    }

    private async Task Started() => Assert.True(await _test.Started.WaitAsync(Soon));
}
