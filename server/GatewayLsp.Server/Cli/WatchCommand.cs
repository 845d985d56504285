using System.CommandLine;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Failover;
using GatewayLsp.Server.Cli.Watch;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp watch</c>: the health of clusters, and what to do when one is lost.</summary>
internal static class WatchCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string[]> contexts = PlannedRun.Contexts("to watch");
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        var once = new Option<bool>("--once") { Description = "Look once and end." };
        Option<string> format = CliOptions.Choice("--format", "Form of the output; json: a line for each state.", "text", "json");
        var command = new Command("watch",
            """
            Watch the Gateways, routes and ready endpoints of clusters and tell what changes.

            When a cluster is lost, or all endpoints behind a route, it tells what is affected and which change would shift the
            traffic; failover makes it. Writes nothing. Ends with Ctrl+C, exit code 0.
            Exit code with --once: 0 all is well, 1 something is not or could not be read, 2 wrong usage.
            """)
        {
            contexts, kubeconfig, once, format,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string[] named = [.. parsed.GetValue(contexts)!.Distinct(StringComparer.Ordinal)];
            using ClusterDirectory directory = ClusterOptions.Open(parsed.GetValue(kubeconfig), ClusterClients.Settings(terminal), terminal);
            if (ClusterClients.Open(command, directory, named, terminal) is not { } clients)
            {
                return ExitCode.Usage;
            }
            var run = new WatchRun(terminal, named, parsed.GetValue(format) == "json");
            return parsed.GetValue(once)
                ? run.Once(await FailoverRun.ReadAsync(clients, cancellation).ConfigureAwait(false))
                : await run.ExecuteAsync(directory, clients, cancellation).ConfigureAwait(false);
        });
        return command;
    }
}
