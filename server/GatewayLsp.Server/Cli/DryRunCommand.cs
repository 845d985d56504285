using System.CommandLine;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.DryRuns;
using GatewayLsp.Server.Cli.Input;

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
        var kustomize = new Option<string?>("--kustomize", "-k")
        {
            Description = "Folder of a kustomization: judge what it builds, and nothing else.",
            HelpName = "DIR",
        };
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
            the cluster, which are read from it. Of a kustomization, what it builds is judged.
            Exit code: 0 all accepted, 1 an object refused, 2 wrong usage or a path that can't be read.
            """)
        {
            paths, lines, kustomize, format, channel, version, cluster, contexts, kubeconfig, color,
        };
        command.Validators.Add(result =>
        {
            bool hasPaths = result.GetValue(paths) is { Length: > 0 };
            string? folder = result.GetValue(kustomize);
            if (folder is not null && (hasPaths || result.GetValue(lines)))
            {
                result.AddError("-k names all there is to judge: leave paths and --jsonl out");
            }
            else if (folder is not null && WorkspaceLoader.KustomizationOf(Path.GetFullPath(folder, terminal.Folder)) is null)
            {
                result.AddError($"-k: there is no kustomization in '{folder}'");
            }
            else if (folder is null && hasPaths == result.GetValue(lines))
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
            string[] named = parsed.GetValue(kustomize) is { } folder ? [Kustomization(folder, terminal)] : parsed.GetValue(paths)!;
            var run = new DryRunRun(named, chosen, CliOptions.ClustersOf(parsed.GetValue(cluster), terminal.Folder), minor, terminal) { OnlyBuilt = parsed.GetValue(kustomize) is not null };
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

    /// <summary>The file of the kustomization, as the user would name it.</summary>
    private static string Kustomization(string folder, Terminal terminal) =>
        Path.Join(folder, Path.GetFileName(WorkspaceLoader.KustomizationOf(Path.GetFullPath(folder, terminal.Folder))));
}
