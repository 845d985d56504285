using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Dispatch;

public sealed class MalformedInputTests
{
    /// <summary>Whatever is written, a refusal with that code comes back and the next request is answered.</summary>
    [Theory]
    [InlineData("Content-Length: 5\r\n\r\n{\"a\":", -32700)]
    [InlineData("Content-Length: 3\r\n\r\nnul", -32700)]
    [InlineData("Content-Length: 0\r\n\r\n", -32700)]
    [InlineData("Content-Length: 2\r\n\r\n{}", -32600)]
    [InlineData("Content-Length: 2\r\n\r\n[]", -32600)]
    [InlineData("Content-Length: 4\r\n\r\nnull", -32600)]
    [InlineData("Content-Length: 17\r\n\r\n{\"jsonrpc\":\"2.0\"}", -32600)]
    [InlineData("Content-Length: 30\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":42} ", -32600)]
    [InlineData("Content-Length: 31\r\n\r\n{\"jsonrpc\":\"1.0\",\"method\":\"ab\"}", -32600)]
    [InlineData("Content-Length: 41\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ab\"}", -32600)]
    [InlineData("Content-Length: 40\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ab\"}", -32600)]
    [InlineData("Content-Length: 39\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"ab\"}", -32600)]
    [InlineData("Content-Length: 4\r\n\r\n{} x", -32700)]
    [InlineData("Content-Length: -1\r\n\r\n", -32700)]
    [InlineData("Content-Length: many\r\n\r\n{}", -32700)]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n{}", -32700)]
    [InlineData("Content-Length: 1000000000000\r\n\r\n{}", -32700)]
    [InlineData("Content-Length: 2147483647\r\n\r\n{}", -32700)]
    [InlineData("Content-Type: text/plain\r\n\r\n{}", -32700)]
    [InlineData("no header at all\r\n\r\n", -32700)]
    [InlineData(":\r\n\r\n", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\"}\r\n\r\n", -32700)]
    [InlineData("\0\0\0\u0001\r\n\r\n", -32700)]
    public async Task Refuses_what_is_malformed_and_goes_on(string bytes, int code)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.WriteRaw(bytes);
        Assert.Equal(-32601, await LifecycleTests.CodeOf(server.Client.RequestAsync("still/there")));
        Assert.True(server.Client.Refusals.TryDequeue(out var refusal), "nothing was refused");
        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain(" at ", refusal.Text.Replace(" at the next", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(server.Client.Refusals);
    }

    [Fact]
    public async Task Refuses_invalid_UTF_8()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.WriteRaw([.. "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\""u8, 0xff, 0xfe, .. "\"}  "u8]);
        server.Client.WriteRaw("  ");
        Assert.Equal(-32601, await LifecycleTests.CodeOf(server.Client.RequestAsync("still/there")));
        Assert.True(server.Client.Refusals.TryDequeue(out var refusal));
        Assert.Equal(-32700, refusal.Code);
    }

    [Fact]
    public async Task Finds_the_next_message_behind_a_body_that_is_longer_than_its_header_says()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.WriteRaw("Content-Length: 10\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":{}}");
        Assert.Equal(-32601, await LifecycleTests.CodeOf(server.Client.RequestAsync("still/there")));
        Assert.Equal(2, server.Client.Refusals.Count);
    }

    [Fact]
    public async Task Loses_one_message_at_most_behind_a_body_that_is_shorter_than_its_header_says()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.WriteRaw("Content-Length: 60\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"x\"}");
        server.Client.Notify("swallowed/one");
        Assert.Equal(-32601, await LifecycleTests.CodeOf(server.Client.RequestAsync("still/there")));
        Assert.Equal(-32700, server.Client.Refusals.First().Code);
    }

    [Fact]
    public async Task Megabytes_of_noise_are_refused_once()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        var noise = new byte[4 << 20];
        new Random(7).NextBytes(noise);
        server.Client.WriteRaw(noise);
        server.Client.WriteRaw(new string('c', 1 << 20));
        Assert.Equal(-32601, await LifecycleTests.CodeOf(server.Client.RequestAsync("still/there")));
        Assert.Single(server.Client.Refusals);
    }

    [Theory]
    [InlineData("content-length: {0}\r\n\r\n")]
    [InlineData("CONTENT-LENGTH:{0}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n")]
    [InlineData("Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length:  {0}  \r\n\r\n")]
    [InlineData("X-Other: 1\nContent-Length: {0}\n\n")]
    [InlineData("\r\n\r\nContent-Length: {0}\r\n\r\n")]
    public async Task Reads_headers_in_any_usual_form(string header)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        const string body = """{"jsonrpc":"2.0","id":"é-1","method":"no/such"}""";
        var answer = server.Client.Expect("é-1");
        server.Client.WriteRaw(header.Replace("{0}", "48", StringComparison.Ordinal) + body);
        Assert.Equal(-32601, await LifecycleTests.CodeOf(answer));
        Assert.Empty(server.Client.Refusals);
    }

    [Fact]
    public async Task Names_the_request_in_a_parse_error_when_its_id_was_read()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        var answer = server.Client.Expect("77");
        server.Client.WriteBody("""{"jsonrpc":"2.0","id":77,"method":"textDocument/hover","params":{"textDocument":}""");
        Assert.Equal(-32700, await LifecycleTests.CodeOf(answer));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":4711,"result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"x","error":{"code":-1,"message":"m"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":"odd"}}""")]
    [InlineData("""{"jsonrpc":"2.0","result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/cancelRequest"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/unknown","params":[1]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"unknown"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"textDocument/didOpen"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":7}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"textDocument/hover","params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"initialize","params":{}}""")]
    public async Task Ignores_what_needs_no_answer(string body)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.WriteBody(body);
        Assert.Equal(-32601, await LifecycleTests.CodeOf(server.Client.RequestAsync("still/there")));
        Assert.Empty(server.Client.Refusals);
    }

    [Theory]
    [InlineData("no/such", -32601)]
    [InlineData("$/no/such", -32601)]
    [InlineData("textDocument/didOpen", -32600)]
    [InlineData("initialized", -32600)]
    public async Task Answers_unknown_and_misused_methods(string method, int code)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        Assert.Equal(code, await LifecycleTests.CodeOf(server.Client.RequestAsync(method, new JsonObject())));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("""{"textDocument":{"uri":"file:///a.yaml"}}""")]
    [InlineData("""{"textDocument":{},"position":{"line":0,"character":0}}""")]
    [InlineData("""{"textDocument":{"uri":null},"position":{"line":0,"character":0}}""")]
    [InlineData("""{"textDocument":{"uri":"file:///a.yaml"},"position":{"line":"0","character":0}}""")]
    [InlineData("""{"textDocument":{"uri":"file:///a.yaml"},"position":{"line":1e99,"character":0}}""")]
    public async Task Answers_bad_params_with_invalid_params(string parameters)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        var answer = server.Client.Expect("5000");
        server.Client.WriteBody($$"""{"jsonrpc":"2.0","id":5000,"method":"textDocument/hover","params":{{parameters}}}""");
        Assert.Equal(-32602, await LifecycleTests.CodeOf(answer));
    }
}
