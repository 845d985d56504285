using System.CommandLine;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.DryRuns;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp dry-run</c>: its options.</summary>
internal static class DryRunCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders (searched for *.yaml, *.yml and *.json) or - for stdin.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var lines = new Option<bool>("--jsonl") { Description = "Answer questions on stdin, a JSON object a line." };
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        Option<string> channel = CliOptions.Channel();
        Option<string> version = CliOptions.GatewayApiVersion();
        Option<string[]> cluster = CliOptions.Cluster();
        Option<string> color = CliOptions.Color();
        Option<string[]> contexts = TargetDefinitions.Contexts();
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        var command = new Command("dry-run",
            """
            Say what the API server would answer to each object, without sending it to one.

            It decodes strictly, fills in defaults, and evaluates structure, metadata and validation rules as the API server
            does, with the same fields and reasons. Definitions of other kinds among the files count, and with --context those of
            the cluster, which are read from it.
            Exit code: 0 all accepted, 1 an object refused, 2 wrong usage or a path that can't be read.
            """)
        {
            paths, lines, format, channel, version, cluster, contexts, kubeconfig, color,
        };
        command.Validators.Add(result =>
        {
            bool hasPaths = result.GetValue(paths) is { Length: > 0 };
            if (hasPaths == result.GetValue(lines))
            {
                result.AddError(hasPaths ? "--jsonl reads stdin: leave the paths out" : "a path is missing (or --jsonl)");
            }
            if (result.GetValue(contexts) is { Length: > 0 } named && (named.Length > 1 || result.GetValue(lines)))
            {
                result.AddError(named.Length > 1 ? "--context: a verdict is that of one cluster" : "--jsonl and --context do not go together");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            Channel chosen = CliOptions.ChannelOf(parsed.GetValue(channel));
            int? minor = CliOptions.MinorOf(parsed.GetValue(version));
            if (parsed.GetValue(lines))
            {
                return new DryRunLines(chosen, minor, terminal).Execute();
            }
            var run = new DryRunRun(parsed.GetValue(paths)!, chosen, CliOptions.ClustersOf(parsed.GetValue(cluster), terminal.Folder), minor, terminal);
            var targets = new TargetDefinitions(command, parsed.GetValue(kubeconfig), parsed.GetValue(contexts) ?? [], terminal);
            if (parsed.GetValue(format) == "json")
            {
                return await run.ExecuteAsync(new DryRunJsonReport(terminal.Out), targets, cancellation).ConfigureAwait(false);
            }
            using TextWriter output = terminal.OpenWriter();
            return await run.ExecuteAsync(new DryRunTextReport(output, CliOptions.UseColor(parsed.GetValue(color), terminal)), targets, cancellation).ConfigureAwait(false);
        });
        return command;
    }
}
