using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Dispatch;

public sealed class LifecycleTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>What the client says after its first words, and the exit code of the process.</summary>
    [Theory]
    [InlineData("initialize shutdown exit", 0)]
    [InlineData("initialize exit", 1)]
    [InlineData("exit", 1)]
    [InlineData("shutdown exit", 1)]
    [InlineData("initialize EOF", 1)]
    [InlineData("initialize shutdown EOF", 0)]
    [InlineData("EOF", 1)]
    public async Task Ends_with_the_exit_code_that_the_protocol_asks_for(string script, int code)
    {
        await using var server = ServerUnderTest.Start();
        foreach (var step in script.Split(' '))
        {
            switch (step)
            {
                case "EOF":
                    server.Client.CloseInput();
                    break;
                case "exit":
                    server.Client.Notify("exit");
                    break;
                case "initialize":
                    await server.InitializeAsync();
                    break;
                default:
                    await Answered(server, step);
                    break;
            }
        }

        Assert.Equal(code, await server.Exit.WaitAsync(Soon));
    }

    [Fact]
    public async Task Answers_everything_that_was_sent_before_the_input_ended()
    {
        await using var server = ServerUnderTest.Start();
        var initialized = server.Client.RequestAsync("initialize", Minimal());
        var shutdown = server.Client.RequestAsync("shutdown");
        server.Client.Notify("exit");
        server.Client.CloseInput();

        Assert.NotNull(await initialized);
        Assert.Null(await shutdown);
        Assert.Equal(0, await server.Exit.WaitAsync(Soon));
    }

    [Fact]
    public async Task Says_who_it_is_and_what_it_can_do()
    {
        await using var server = ServerUnderTest.Start();
        var result = await server.InitializeAsync(new JsonObject { ["textDocument"] = new JsonObject { ["diagnostic"] = new JsonObject() } });

        Assert.Equal("gateway-lsp", (string?)result!["serverInfo"]!["name"]);
        var capabilities = result["capabilities"]!;
        Assert.Equal("utf-16", (string?)capabilities["positionEncoding"]);
        Assert.Equal(2, (int)capabilities["textDocumentSync"]!["change"]!);
        Assert.True((bool)capabilities["diagnosticProvider"]!["interFileDependencies"]!);
        Assert.False((bool)capabilities["diagnosticProvider"]!["workspaceDiagnostics"]!);
    }

    [Fact]
    public async Task Offers_no_pull_diagnostics_to_a_client_that_does_not_pull()
    {
        await using var server = ServerUnderTest.Start();
        var result = await server.InitializeAsync();
        Assert.Null(result!["capabilities"]!["diagnosticProvider"]);
    }

    [Theory]
    [InlineData("""{"capabilities":{"textDocument":null,"workspace":"yes","window":[]}}""")]
    [InlineData("""{"capabilities":{"textDocument":{"completion":{"completionList":{"itemDefaults":{}}}}}}""")]
    [InlineData("""{"processId":null,"rootUri":null,"capabilities":{},"unknown":{"a":[1,2]},"initializationOptions":7}""")]
    [InlineData("{}")]
    public async Task Puts_up_with_odd_capabilities(string parameters)
    {
        await using var server = ServerUnderTest.Start();
        var result = await server.Client.RequestAsync("initialize", JsonNode.Parse(parameters));
        Assert.NotNull(result!["capabilities"]);
    }

    [Fact]
    public async Task Refuses_a_second_initialize_and_lives_on()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        Assert.Equal(-32600, await CodeOf(server.Client.RequestAsync("initialize", Minimal())));
        Assert.Null(await server.Client.RequestAsync("shutdown"));
    }

    [Theory]
    [InlineData("textDocument/hover")]
    [InlineData("shutdown")]
    [InlineData("no/such/method")]
    public async Task Answers_requests_before_initialize_with_not_initialized(string method)
    {
        await using var server = ServerUnderTest.Start();
        Assert.Equal(-32002, await CodeOf(server.Client.RequestAsync(method)));
        await server.InitializeAsync();
    }

    [Theory]
    [InlineData("textDocument/hover")]
    [InlineData("shutdown")]
    [InlineData("initialize")]
    public async Task Answers_requests_after_shutdown_with_invalid_request(string method)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        await server.Client.RequestAsync("shutdown");
        Assert.Equal(-32600, await CodeOf(server.Client.RequestAsync(method)));
        server.Client.Notify("exit");
        Assert.Equal(0, await server.Exit.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_failed_initialize_may_be_tried_again()
    {
        await using var server = ServerUnderTest.Start();
        Assert.Equal(-32602, await CodeOf(server.Client.RequestAsync("initialize", new JsonObject { ["processId"] = "x" })));
        await server.InitializeAsync();
    }

    [Fact]
    public async Task Ends_when_the_process_of_the_client_is_gone()
    {
        using var client = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sleep", "600"))!;
        await using var server = ServerUnderTest.Start();
        await server.Client.RequestAsync("initialize", new JsonObject { ["processId"] = client.Id, ["capabilities"] = new JsonObject() });
        await Task.Delay(300);
        Assert.False(server.Exit.IsCompleted);

        client.Kill();
        await client.WaitForExitAsync();
        Assert.Equal(1, await server.Exit.WaitAsync(Soon));
    }

    [Fact]
    public async Task Does_not_end_for_a_client_process_that_it_cannot_see()
    {
        await using var server = ServerUnderTest.Start();
        await server.Client.RequestAsync("initialize", new JsonObject { ["processId"] = int.MaxValue, ["capabilities"] = new JsonObject() });
        await Task.Delay(2500);
        Assert.Null(await server.Client.RequestAsync("shutdown"));
    }

    internal static async Task<int> CodeOf(Task<JsonNode?> answer) => (await Assert.ThrowsAsync<LspErrorException>(() => answer)).Code;

    private static JsonObject Minimal() => new() { ["processId"] = null, ["rootUri"] = null, ["capabilities"] = new JsonObject() };

    private static async Task Answered(ServerUnderTest server, string method)
    {
        try
        {
            await server.Client.RequestAsync(method);
        }
        catch (LspErrorException)
        {
            // An error is an answer, too.
        }
    }
}
