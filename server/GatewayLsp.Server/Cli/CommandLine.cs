using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace GatewayLsp.Server.Cli;

/// <summary>The command line: parses, runs a command, answers its exit code.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan UndoTime = TimeSpan.FromMinutes(10);

    public static int Run(string[] args)
    {
        if (args is not ["mcp" or "watch", ..])
        {
            AllocationBudget.Take();
        }
        return Run(args, Terminal.OfProcess());
    }

    public static int Run(string[] args, Terminal terminal)
    {
        try
        {
            if (args is ["--version"])
            {
                using TextWriter version = terminal.OpenWriter();
                version.WriteLine("gateway-lsp " + ServerVersion.Text);
                return ExitCode.Fine;
            }
            return Invoke(args is ["help", ..] ? [.. args[1..], "--help"] : args, terminal);
        }
        catch (IOException)
        {
            // The reader of our output is gone (`gateway-lsp check . | head`): nobody is left to tell.
            return ExitCode.Usage;
        }
    }

    private static int Invoke(string[] args, Terminal terminal)
    {
        RootCommand root = Build(terminal);
        ParseResult parsed = root.Parse(args);
        if (!AsksForHelp(parsed) && UsageError.Of(parsed) is { } error)
        {
            terminal.Error.Write(error);
            return ExitCode.Usage;
        }
        using TextWriter output = terminal.OpenWriter();
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            // What was written to a cluster is taken back after Ctrl+C, and that takes its time.
            ProcessTerminationTimeout = parsed.CommandResult.Command.Name is "apply" or "rollback" or "failover" ? UndoTime : TimeSpan.FromSeconds(2),
        });
    }

    internal static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand(
            """
            Language server and checker for Kubernetes Gateway API manifests.

            Without a command (or with `serve --stdio`) it speaks LSP on stdin and stdout, as editors expect.
            """)
        {
            ApplyCommand.Create(terminal),
            CheckCommand.Create(terminal),
            DiffCommand.Create(terminal),
            DryRunCommand.Create(terminal),
            FailoverCommand.Create(terminal),
            McpCommand.Create(terminal),
            MigrateCommand.Create(terminal),
            ConvertCommand.Create(terminal),
            ConditionsCommand.Create(terminal),
            ContextsCommand.Create(terminal),
            RequestCommand.Create(terminal),
            RollbackCommand.Create(terminal),
            RulesCommand.Create(terminal),
            SchemaCommand.Create(terminal),
            StatusCommand.Create(terminal),
            TraceCommand.Create(terminal),
            TopologyCommand.Create(terminal),
            WatchCommand.Create(terminal),
            ServeCommand(),
        };
        return root;
    }

    /// <summary>For the help only: the program starts the server before any of this is loaded.</summary>
    private static Command ServeCommand() => new("serve", "Run the language server on stdin and stdout.")
    {
        new Option<bool>("--stdio") { Description = "Speak over stdin and stdout (the default)." },
    };

    private static bool AsksForHelp(ParseResult parsed) =>
        parsed.Action is HelpAction || parsed.Tokens.Any(t => t.Type == TokenType.Option && t.Value is "--help" or "-h" or "-?");
}
