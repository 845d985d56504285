using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Tests.Harness;

/// <summary>
/// A running server and its client. By default the published executable, when there is one (<c>GATEWAY_LSP_BIN</c>, else
/// <c>out/gateway-lsp</c> above the test), so that what users get is what is tested; else the same code over pipes.
/// </summary>
public sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly StringBuilder _log = new();
    private readonly Process? _process;
    private readonly LanguageServer? _server;

    private ServerUnderTest(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, e) => AddLog(e.Data + "\n");
        process.BeginErrorReadLine();
        Exit = ExitCodeAsync(process);
        Client = new LspClient(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
    }

    private ServerUnderTest(Func<Session, IEnumerable<Method>>? more, Func<string, string?>? variable = null)
    {
        // Room for the whole input: a test writes without waiting for the server to read, as an editor does.
        var options = new PipeOptions(pauseWriterThreshold: 0);
        var (toServer, fromServer) = (new Pipe(options), new Pipe(options));
        _server = new LanguageServer(toServer.Reader.AsStream(), fromServer.Writer.AsStream(), new Log(AddLog), more, variable);
        Exit = RunAsync(_server, fromServer);
        Client = new LspClient(toServer.Writer.AsStream(), fromServer.Reader.AsStream());
    }

    public static string? Executable { get; } = FindExecutable();

    public LspClient Client { get; }

    /// <summary>The exit code, once there is one.</summary>
    public Task<int> Exit { get; }

    public Process? Process => _process;

    public string LogText
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static ServerUnderTest Start(params string[] args)
    {
        if (Executable is null)
        {
            return new ServerUnderTest(more: null);
        }

        var start = new ProcessStartInfo(Executable, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new ServerUnderTest(Process.Start(start)!);
    }

    /// <summary>Always over pipes: for tests that look inside or add methods.</summary>
    internal static ServerUnderTest StartInMemory(Func<Session, IEnumerable<Method>>? more = null, Func<string, string?>? variable = null) => new(more, variable);

    /// <summary>A server that is past <c>initialized</c>.</summary>
    public static async Task<ServerUnderTest> StartInitializedAsync(
        JsonObject? capabilities = null, string? root = null, JsonNode? settings = null, JsonNode? options = null, string? locale = null)
    {
        var server = Start();
        await server.InitializeAsync(capabilities, root, settings, options, locale);
        return server;
    }

    public async Task<JsonNode?> InitializeAsync(JsonObject? capabilities = null, string? root = null, JsonNode? settings = null, JsonNode? options = null, string? locale = null)
    {
        Client.Answer("workspace/configuration", _ => new JsonArray(settings?.DeepClone()));
        Client.Answer("client/registerCapability", _ => null);
        Client.Answer("window/workDoneProgress/create", _ => null);
        Client.Answer("workspace/diagnostic/refresh", _ => null);
        Client.Answer("workspace/inlayHint/refresh", _ => null);
        Client.Answer("workspace/codeLens/refresh", _ => null);
        var result = await Client.RequestAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = root,
            ["workspaceFolders"] = root is null ? null : new JsonArray(new JsonObject { ["uri"] = root, ["name"] = "test" }),
            ["capabilities"] = capabilities ?? [],
            ["initializationOptions"] = options?.DeepClone(),
            ["locale"] = locale,
        });
        Client.Notify("initialized", new JsonObject());
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        else
        {
            Client.CloseInput();
            await Task.WhenAny(Exit, Task.Delay(TimeSpan.FromSeconds(5)));
        }

        _server?.Dispose();
        Assert.Empty(Client.Faults);
    }

    private static async Task<int> ExitCodeAsync(Process process)
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task<int> RunAsync(LanguageServer server, Pipe output)
    {
        var code = await server.RunAsync();
        await output.Writer.CompleteAsync();
        return code;
    }

    private static string? FindExecutable()
    {
        if (Environment.GetEnvironmentVariable("GATEWAY_LSP_BIN") is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new FileNotFoundException("GATEWAY_LSP_BIN names no file.", named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GatewayLsp.sln")) || Directory.Exists(Path.Combine(folder.FullName, "tests", "GatewayLsp.Server.Tests")))
            {
                var built = Path.Combine(folder.FullName, "out", OperatingSystem.IsWindows() ? "gateway-lsp.exe" : "gateway-lsp");
                return File.Exists(built) ? built : null;
            }
        }

        return null;
    }

    private void AddLog(string text)
    {
        lock (_log)
        {
            _log.Append(text);
        }
    }
}
