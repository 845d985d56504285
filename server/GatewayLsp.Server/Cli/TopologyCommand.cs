using System.Collections.Immutable;
using System.CommandLine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Topology.Filtering;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Topology;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp topology</c>: its options.</summary>
internal static class TopologyCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders (searched for *.yaml, *.yml and *.json) or - for stdin.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> contexts = ClusterOptions.Contexts("Context of the kubeconfig whose cluster is drawn as it is, instead of PATH; with PATH: what is compared with; repeatable.");
        contexts.AllowMultipleArgumentsPerToken = false;
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "mermaid", "dot", "json", "svg");
        var output = new Option<string?>("--out") { Description = "File to write to, instead of stdout.", HelpName = "FILE" };
        Option<string[]> diff = Several("--diff", "Mark what is different from these manifests, taken as what was before.", "PATH");
        Option<string[]> namespaces = Several("--namespace", "Only what is in this namespace, with the ways to it and on from it; repeatable.", "NS");
        Option<string[]> hosts = Several("--host", "Only what requests for this host can come to; repeatable.", "HOST");
        Option<string[]> gateways = Several("--gateway", "Only this Gateway and what it leads to; repeatable.", "NS/NAME");
        Option<string[]> clusters = Several("--cluster", "As NAME=GLOB the files of a cluster; as NAME only what is in this cluster, with the ways to it and on from it; repeatable.", "NAME[=GLOB]");
        Option<string[]> collapse = Several("--collapse", "Leave out rules or workloads, and tell of them in what they belong to; repeatable.", "rules|workloads");
        Option<string> channel = CliOptions.Channel();
        Option<string> version = CliOptions.GatewayApiVersion();
        var command = new Command("topology",
            """
            Draw the way of requests: clients, Gateways, listeners, routes, rules, backends with their shares, workloads.

            Problems are marked where they are. With --diff, what was added, removed or changed is marked instead.
            With --context and no PATH the way through a cluster as it is now; with both, how the files differ from it.
            Exit code: 0, also with problems; 2 wrong usage or a path that can't be read.
            """)
        {
            paths, format, output, diff, contexts, kubeconfig, namespaces, hosts, gateways, clusters, collapse, channel, version,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string[] parts = parsed.GetValue(collapse) ?? [];
            if (Array.Find(parts, part => part is not ("rules" or "workloads")) is { } odd)
            {
                return Fail(terminal, command, $"--collapse: '{odd}' is not one of rules, workloads");
            }
            var named = ImmutableArray.CreateBuilder<ObjectName>();
            foreach (string name in parsed.GetValue(gateways) ?? [])
            {
                string[] words = name.Split('/');
                if (words.Length > 2 || words.Any(word => word.Length == 0))
                {
                    return Fail(terminal, command, $"--gateway: '{name}' is not NAMESPACE/NAME");
                }
                named.Add(words.Length == 1 ? new ObjectName("default", words[0]) : new ObjectName(words[0], words[1]));
            }
            string[] before = parsed.GetValue(diff) ?? [];
            if (before.Contains("-", StringComparer.Ordinal) && (parsed.GetValue(paths) ?? []).Contains("-", StringComparer.Ordinal))
            {
                return Fail(terminal, command, "stdin can be read once only: give PATH or --diff as files or folders");
            }
            string[] live = parsed.GetValue(contexts) ?? [];
            if (parsed.GetValue(paths) is not { Length: > 0 } && (live.Length == 0 || before.Length > 0))
            {
                return Fail(terminal, command, before.Length > 0 ? "--diff compares PATH with something, and PATH is missing" : "PATH or --context is missing");
            }
            if (live.Length > 0 && before.Length > 0)
            {
                return Fail(terminal, command, "--diff and --context exclude each other: PATH is compared with one of them");
            }
            string[] inClusters = parsed.GetValue(clusters) ?? [];
            using ClusterDirectory? directory = live.Length == 0 ? null : ClusterOptions.Open(parsed.GetValue(kubeconfig), ClusterClients.Settings(terminal), terminal);
            List<IClusterClient>? clients = directory is null ? [] : ClusterClients.Open(command, directory, live, terminal);
            if (clients is null)
            {
                return ExitCode.Usage;
            }
            return await new TopologyRun(terminal, CliOptions.ChannelOf(parsed.GetValue(channel)), CliOptions.ClustersOf(Array.FindAll(inClusters, one => one.Contains('=', StringComparison.Ordinal)), terminal.Folder))
            {
                Paths = parsed.GetValue(paths) ?? [],
                Clients = clients,
                Before = before,
                Format = parsed.GetValue(format)!,
                Output = parsed.GetValue(output),
                Filter = new TopologyFilter
                {
                    Namespaces = [.. parsed.GetValue(namespaces) ?? []],
                    Hosts = [.. parsed.GetValue(hosts) ?? []],
                    Gateways = named.DrainToImmutable(),
                    Clusters = [.. inClusters.Where(one => !one.Contains('=', StringComparison.Ordinal))],
                    CollapseRules = parts.Contains("rules", StringComparer.Ordinal),
                    CollapseWorkloads = parts.Contains("workloads", StringComparer.Ordinal),
                },
            }.ExecuteAsync(cancellation).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>One value each time it is given: the words behind it are paths.</summary>
    private static Option<string[]> Several(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    private static int Fail(Terminal terminal, Command command, string message)
    {
        terminal.Error.Write(UsageError.Text(command, message, null));
        return ExitCode.Usage;
    }
}
