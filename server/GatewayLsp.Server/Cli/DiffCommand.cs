using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp diff</c>: what an apply would change.</summary>
internal static class DiffCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> paths = PlannedRun.Paths();
        Option<string?> kustomize = PlannedRun.Kustomize();
        Option<string[]> contexts = PlannedRun.Contexts("to compare with");
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        Option<bool> namespaces = PlannedRun.CreateNamespaces();
        Option<bool> force = PlannedRun.ForceConflicts();
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        Option<string> color = CliOptions.Color();
        var command = new Command("diff",
            """
            Show what applying manifests would change at clusters, per object and field.

            The API server runs each object dry; nothing is written. Defaults, status and what the server keeps in metadata are
            left out, values of Secrets are hidden.
            Exit code: 0 no difference, 1 differences or an apply would be refused, 2 wrong usage, or a path or cluster that
            can't be read.
            """)
        {
            paths, kustomize, contexts, kubeconfig, namespaces, force, format, color,
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
            var options = new PlanOptions { CreateNamespaces = parsed.GetValue(namespaces), Force = parsed.GetValue(force) };
            ApplyPlan plan = await PlanBuilder.BuildAsync(clients, workspace, scope, options, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(format) == "json")
            {
                using (var json = new Utf8JsonWriter(terminal.Out, JsonReport.Options))
                {
                    json.WriteStartObject();
                    PlanJson.Write(json, plan);
                    json.WriteEndObject();
                }
                terminal.Out.Write("\n"u8);
            }
            else
            {
                using TextWriter output = terminal.OpenWriter();
                PlanText.Write(plan, output, CliOptions.UseColor(parsed.GetValue(color), terminal));
            }
            return plan.Targets.Any(target => target.Error is not null) ? ExitCode.Usage : plan.HasChanges || plan.IsRefused ? ExitCode.Findings : ExitCode.Fine;
        });
        return command;
    }
}
