using System.Text.Json;
using GatewayLsp.Server.Cli;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GatewayLsp.Server.Mcp;

/// <summary>A server of the Model Context Protocol over two streams: assistants ask the engine instead of guessing.</summary>
internal sealed class McpHost(Terminal terminal, IReadOnlyList<EngineTool> tools)
{
    private const string Instructions =
        "Answers about Kubernetes Gateway API manifests as an API server and a conformant controller would give them. "
        + "Check manifests after writing them; use trace to tell where a request goes and conditions to tell whether a route attaches. "
        + "Nothing here changes a file or a cluster: to deploy, ask the user to run `gateway-lsp apply`, which shows the difference and asks.";

    private static readonly Dictionary<string, JsonElement> NoArguments = [];

    private readonly ToolRunner _runner = new(terminal);

    /// <summary>Serves until the client closes its side.</summary>
    public async Task RunAsync(Stream input, Stream output, CancellationToken cancellation)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "gateway-lsp", Title = "Gateway LSP", Version = ServerVersion.Text },
            ServerInstructions = Instructions,
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.Select(Describe)] }),
                CallToolHandler = (request, _) => new ValueTask<CallToolResult>(Task.Run(() => Call(request.Params), CancellationToken.None)),
            },
        };
        await using var transport = new StreamServerTransport(input, output, "gateway-lsp");
        await using McpServer server = McpServer.Create(transport, options);
        await server.RunAsync(cancellation).ConfigureAwait(false);
    }

    private CallToolResult Call(CallToolRequestParams? call) =>
        tools.FirstOrDefault(tool => tool.Name == call?.Name) is { } tool
            ? _runner.Run(tool, call!.Arguments ?? NoArguments)
            : new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = $"There is no tool `{call?.Name}`." }] };

    private static Tool Describe(EngineTool tool) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = tool.InputSchema(),
        Annotations = new ToolAnnotations { Title = tool.Title, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = tool.IsLive },
    };
}
