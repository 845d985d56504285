using System.CommandLine;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Rollback;
using GatewayLsp.Server.Deploying;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp rollback</c>: its options.</summary>
internal static class RollbackCommand
{
    public static Command Create(Terminal terminal)
    {
        var context = new Option<string>("--context") { Description = "Context of the kubeconfig.", HelpName = "CONTEXT", Required = true };
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        var yes = new Option<bool>("--yes", "-y") { Description = "Don't ask. A protected context wants --confirm all the same." };
        Option<string[]> confirm = ApplyCommand.Confirm();
        var force = new Option<bool>("--force") { Description = "Also when others changed the objects since; what they changed stays, unless the apply created the object." };
        var keep = new Option<bool>("--keep") { Description = "Undo nothing: take an interrupted apply for finished." };
        var list = new Option<bool>("--list") { Description = "List the applies to the context with what they changed, the latest first." };
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        Option<string> color = CliOptions.Color();
        var command = new Command("rollback",
            """
            Take the last apply to a context back, also one that was interrupted.

            Created objects are deleted, changed ones restored; what others changed since in these is left alone. Shows the
            difference and asks first. A namespace or CustomResourceDefinition is deleted only while nothing is in it.
            Exit code: 0 all is as before, 1 not, or nothing to take back; 2 wrong usage or a cluster that can't be reached.
            """)
        {
            context, kubeconfig, yes, confirm, force, keep, list, format, color,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using ClusterDirectory directory = ClusterOptions.Open(parsed.GetValue(kubeconfig), ClusterClients.Settings(terminal), terminal);
            if (ClusterClients.Open(command, directory, [parsed.GetValue(context)!], terminal) is not [var client])
            {
                return ExitCode.Usage;
            }
            var options = new RollbackOptions
            {
                Yes = parsed.GetValue(yes),
                Confirmed = parsed.GetValue(confirm) ?? [],
                Force = parsed.GetValue(force),
                Keep = parsed.GetValue(keep),
                List = parsed.GetValue(list),
                AsJson = parsed.GetValue(format) == "json",
                Color = CliOptions.UseColor(parsed.GetValue(color), terminal),
            };
            return await new RollbackRun(options, terminal, FileJournal.Of(terminal.Variable), client).ExecuteAsync(cancellation).ConfigureAwait(false);
        });
        return command;
    }
}
