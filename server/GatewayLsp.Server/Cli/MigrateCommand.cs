using System.CommandLine;
using GatewayLsp.Server.Cli.Migrate;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp migrate</c>: its options.</summary>
internal static class MigrateCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders (searched for *.yaml, *.yml, *.json and *.md) or - for stdin.",
            Arity = ArgumentArity.OneOrMore,
        };
        var write = new Option<bool>("--write", "-w") { Description = "Write the files; stdin is written to stdout." };
        var diff = new Option<bool>("--diff") { Description = "Print a unified diff instead of the report." };
        Option<string> format = CliOptions.Choice("--format", "Form of the report.", "text", "json");
        var stdinPath = new Option<string>("--stdin-path") { Description = "Name under which stdin is reported.", HelpName = "NAME" };

        var command = new Command("migrate",
            """
            Bring old Gateway API manifests to gateway.networking.k8s.io/v1.

            Without --write nothing is changed: the report says what would be. All files are migrated as one workspace:
            ports are taken from Services, a route gets the Gateways that chose it. Comments, order and style stay. What was
            guessed or can't be carried over is listed for a human.
            Exit code: 0 nothing is left to do, 1 something is left for a human, 2 wrong usage or a path that can't be read.
            """)
        {
            paths, write, diff, format, stdinPath,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(diff) && (parsed.GetValue(write) || parsed.GetValue(format) == "json"))
            {
                terminal.Error.Write(UsageError.Text(command, "--diff stands alone: without --write and --format json", null));
                return ExitCode.Usage;
            }
            return new MigrateRun(new MigrateOptions
            {
                Paths = parsed.GetValue(paths)!,
                StdinName = parsed.GetValue(stdinPath) ?? "<stdin>",
                Writes = parsed.GetValue(write),
                ShowsDiff = parsed.GetValue(diff),
                IsJson = parsed.GetValue(format) == "json",
            }, terminal).Execute();
        });
        return command;
    }
}
