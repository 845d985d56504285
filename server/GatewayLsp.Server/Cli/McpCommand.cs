using System.CommandLine;
using System.IO.Pipelines;
using GatewayLsp.Server.Mcp;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp mcp</c>: its options.</summary>
internal static class McpCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Option<string?>("--folder") { Description = "Folder that assistants may read; default: the current one.", HelpName = "DIR" };
        var contexts = new Option<string[]>("--context")
        {
            Description = "Context of the kubeconfig whose status assistants may read; may be repeated. Default: no cluster.",
            HelpName = "CONTEXT",
            AllowMultipleArgumentsPerToken = false,
        };
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        var command = new Command("mcp",
            """
            Serve assistants over the Model Context Protocol on stdin and stdout: check, dry-run, conditions, trace, topology,
            migration and, for the contexts that are named, the status of clusters.

            All tools only read: nothing is written to a file or a cluster.
            Exit code: 0 when the client ends, 2 wrong usage.
            """)
        {
            folder, contexts, kubeconfig,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string root = Path.GetFullPath(parsed.GetValue(folder) ?? ".", terminal.Folder);
            if (!Directory.Exists(root))
            {
                terminal.Error.Write(UsageError.Text(command, $"--folder: there is no folder '{parsed.GetValue(folder)}'", null));
                return ExitCode.Usage;
            }
            string? config = parsed.GetValue(kubeconfig) is { } file ? Path.GetFullPath(file, terminal.Folder) : null;
            var host = new McpHost(terminal with { Folder = root }, ToolCatalog.For(parsed.GetValue(contexts) ?? [], config));
            // The protocol's transport closes what it writes to; stdout has to stay open to the end of the process.
            await using Stream output = PipeWriter.Create(terminal.Out, new StreamPipeWriterOptions(leaveOpen: true)).AsStream();
            await host.RunAsync(terminal.In(), output, cancellation).ConfigureAwait(false);
            return ExitCode.Fine;
        });
        return command;
    }
}
