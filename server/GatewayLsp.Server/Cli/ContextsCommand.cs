using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Contexts;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp contexts</c>: the clusters of the kubeconfig, and whether they answer.</summary>
internal static class ContextsCommand
{
    private const double DefaultTimeout = 10;
    private const double LongestTimeout = 600;

    public static Command Create(Terminal terminal)
    {
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        Option<string[]> contexts = ClusterOptions.Contexts("Only this context; may be repeated.");
        var noProbe = new Option<bool>("--no-probe") { Description = "Only read the kubeconfig: connect to nothing, run no credential plugin." };
        var timeout = new Option<double>("--timeout")
        {
            Description = "Seconds in which clusters have to answer; they are asked at the same time.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => DefaultTimeout,
        };
        timeout.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(double.TryParse(token.Value, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= LongestTimeout))
            {
                result.AddError($"--timeout: '{token.Value}' is no number of seconds up to {LongestTimeout:0}");
            }
        });
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        Option<string> color = CliOptions.Color();
        var command = new Command("contexts",
            """
            List the contexts of the kubeconfig: provider, short name, and whether the cluster answers.

            Each cluster is asked for its version with the context's own credentials; credential plugins (aws,
            gke-gcloud-auth-plugin and others) are run for that. The current context plays no role and stays what it is.
            Exit code: 0, also with clusters that don't answer; 2 wrong usage, or a kubeconfig or context that is not there.
            """)
        {
            kubeconfig, contexts, noProbe, timeout, format, color,
        };
        command.SetAction(async (parsed, _) =>
        {
            TimeSpan deadline = TimeSpan.FromSeconds(parsed.GetValue(timeout));
            ClusterSettings settings = ClusterClients.Settings(terminal) with { PluginTimeout = deadline, RequestTimeout = deadline, ConnectTimeout = deadline };
            using ClusterDirectory directory = ClusterOptions.Open(parsed.GetValue(kubeconfig), settings, terminal);
            ClusterTargets found = directory.Read();
            bool isUseless = parsed.GetValue(kubeconfig) is not null && found.Targets.IsEmpty && !found.Problems.IsEmpty;
            foreach (KubeconfigProblem problem in found.Problems)
            {
                terminal.Error.Write($"{(isUseless ? "error" : "warning")}: {Printable.Of(problem.ToString())}\n");
            }
            if (isUseless)
            {
                return ExitCode.Usage;
            }
            ImmutableArray<ClusterTarget> targets = found.Targets;
            if (parsed.GetValue(contexts) is { Length: > 0 } wanted)
            {
                foreach (string name in wanted)
                {
                    if (found.Find(name) is null)
                    {
                        terminal.Error.Write(ClusterClients.Unknown(command, name, found));
                        return ExitCode.Usage;
                    }
                }
                targets = targets.RemoveAll(target => !wanted.Contains(target.Context, StringComparer.Ordinal));
            }
            if (targets.IsEmpty)
            {
                terminal.Error.Write($"There are no contexts. Looked in: {Printable.Of(string.Join(", ", found.Paths))}\n");
            }
            ImmutableArray<ContextState> states = parsed.GetValue(noProbe)
                ? [.. targets.Select(target => new ContextState(target, null, null))]
                : await ContextProbe.RunAsync(directory, targets, deadline).ConfigureAwait(false);
            if (parsed.GetValue(format) == "json")
            {
                ContextsJson.Write(states, terminal.Out);
            }
            else
            {
                using TextWriter output = terminal.OpenWriter();
                ContextsText.Write(states, output, CliOptions.UseColor(parsed.GetValue(color), terminal));
            }
            return ExitCode.Fine;
        });
        return command;
    }
}
