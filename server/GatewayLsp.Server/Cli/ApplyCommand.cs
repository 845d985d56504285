using System.CommandLine;
using System.Globalization;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Apply;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Deploying;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp apply</c>: its options.</summary>
internal static class ApplyCommand
{
    private const double DefaultWait = 60;
    private const double LongestWait = 3600;

    public static Command Create(Terminal terminal)
    {
        Argument<string[]> paths = PlannedRun.Paths();
        Option<string?> kustomize = PlannedRun.Kustomize();
        Option<string[]> contexts = PlannedRun.Contexts("to apply to");
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        Option<bool> namespaces = PlannedRun.CreateNamespaces();
        Option<bool> force = PlannedRun.ForceConflicts();
        var yes = new Option<bool>("--yes", "-y") { Description = "Don't ask. Protected contexts want --confirm all the same." };
        Option<string[]> confirm = Confirm();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done and write nothing." };
        var resume = new Option<bool>("--resume") { Description = "Go on after an apply that was interrupted: what it wrote stays, the rest is written." };
        var timeout = new Option<double>("--timeout")
        {
            Description = "Seconds to wait until controllers accepted what was applied; 0: don't wait.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => DefaultWait,
        };
        timeout.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(double.TryParse(token.Value, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= LongestWait))
            {
                result.AddError($"--timeout: '{token.Value}' is no number of seconds up to {LongestWait:0}");
            }
        });
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        Option<string> color = CliOptions.Color();
        var command = new Command("apply",
            """
            Apply manifests to clusters: shows the difference, asks, writes, waits for the controllers.

            Objects are written in the order of their dependencies by server-side apply, field manager gateway-lsp. Nothing is
            written if one object would be refused; if a write fails, or at Ctrl+C, what was written is taken back.
            Exit code: 0 applied and accepted, or nothing to do; 1 refused, failed and rolled back, or not accepted in time;
            2 wrong usage, or a path or cluster that can't be read.
            """)
        {
            paths, kustomize, contexts, kubeconfig, namespaces, force, yes, confirm, dryRun, resume, timeout, format, color,
        };
        PlannedRun.Require(command, paths, kustomize);
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = new PlannedRun(command, terminal);
            if (await run.LoadAsync(parsed.GetValue(paths) ?? [], parsed.GetValue(kustomize), cancellation).ConfigureAwait(false) is not var (workspace, scope))
            {
                return ExitCode.Usage;
            }
            using ClusterDirectory directory = ClusterOptions.Open(parsed.GetValue(kubeconfig), ClusterClients.Settings(terminal), terminal);
            if (run.Connect(directory, parsed.GetValue(contexts)!) is not { } clients)
            {
                return ExitCode.Usage;
            }
            var options = new ApplyOptions
            {
                Plan = new PlanOptions { CreateNamespaces = parsed.GetValue(namespaces), Force = parsed.GetValue(force) },
                Yes = parsed.GetValue(yes),
                Confirmed = parsed.GetValue(confirm) ?? [],
                DryRun = parsed.GetValue(dryRun),
                Resume = parsed.GetValue(resume),
                Wait = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                AsJson = parsed.GetValue(format) == "json",
                Color = CliOptions.UseColor(parsed.GetValue(color), terminal),
            };
            return await new ApplyRun(options, terminal, FileJournal.Of(terminal.Variable), clients).ExecuteAsync(workspace, scope, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    public static Option<string[]> Confirm() => new("--confirm")
    {
        Description = "Name of a protected context that may be written to; may be repeated.",
        HelpName = "CONTEXT",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
