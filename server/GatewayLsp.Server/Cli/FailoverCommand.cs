using System.Collections.Immutable;
using System.CommandLine;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Apply;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Failover;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp failover</c>: shifts traffic away from backends that can't answer, and back.</summary>
internal static class FailoverCommand
{
    private const double Wait = 60;

    public static Command Create(Terminal terminal)
    {
        Option<string[]> contexts = PlannedRun.Contexts("to look at, and to change where it helps");
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        var lost = new Option<string[]>("--lost")
        {
            Description = "One of the contexts whose cluster counts as lost: endpoints there don't count, nothing is written there.",
            HelpName = "CONTEXT",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var back = new Option<bool>("--back") { Description = "Take earlier shifts back, where the earlier backends can answer again." };
        var print = new Option<bool>("--print") { Description = "Print the changed routes as YAML and write nothing to clusters." };
        Option<bool> force = PlannedRun.ForceConflicts();
        var yes = new Option<bool>("--yes", "-y") { Description = "Don't ask. Protected contexts want --confirm all the same." };
        Option<string[]> confirm = ApplyCommand.Confirm();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done and write nothing." };
        Option<string> color = CliOptions.Color();
        var command = new Command("failover",
            """
            Shift traffic of rules whose backends have no ready endpoints to where there are some, and back.

            Weight goes to other backends of the rule, else to the ServiceImport of the same name. The change goes the way of
            apply: difference, question, journal; rollback takes it back, and so does --back when the endpoints are there again.
            Exit code: 0 nothing to shift, or all of it shifted; 1 something is down and was not shifted, or could not be read, or the apply failed; 2 wrong usage.
            """)
        {
            contexts, kubeconfig, lost, back, print, force, yes, confirm, dryRun, color,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string[] named = parsed.GetValue(contexts)!;
            ImmutableHashSet<string> givenUp = [.. parsed.GetValue(lost) ?? []];
            if (givenUp.FirstOrDefault(one => !named.Contains(one, StringComparer.Ordinal)) is { } unknown)
            {
                terminal.Error.Write(UsageError.Text(command, $"--lost: '{unknown}' is not among the contexts that --context names", UsageError.Nearest(unknown, named)));
                return ExitCode.Usage;
            }
            using ClusterDirectory directory = ClusterOptions.Open(parsed.GetValue(kubeconfig), ClusterClients.Settings(terminal), terminal);
            if (ClusterClients.Open(command, directory, named, terminal) is not { } clients)
            {
                return ExitCode.Usage;
            }
            var apply = new ApplyOptions
            {
                Plan = new PlanOptions { Force = parsed.GetValue(force) },
                Yes = parsed.GetValue(yes),
                Confirmed = parsed.GetValue(confirm) ?? [],
                DryRun = parsed.GetValue(dryRun),
                Wait = TimeSpan.FromSeconds(Wait),
                Color = CliOptions.UseColor(parsed.GetValue(color), terminal),
            };
            var options = new FailoverOptions(apply) { GivenUp = givenUp, Back = parsed.GetValue(back), Print = parsed.GetValue(print) };
            return await new FailoverRun(options, terminal, clients).ExecuteAsync(cancellation).ConfigureAwait(false);
        });
        return command;
    }
}
