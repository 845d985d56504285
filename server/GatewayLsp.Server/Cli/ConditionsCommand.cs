using System.Collections.Immutable;
using System.CommandLine;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Server.Cli.Conditions;
using GatewayLsp.Server.Cli.Input;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp conditions</c>: what a controller would write into status.</summary>
internal static class ConditionsCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders (searched for *.yaml, *.yml and *.json) or - for stdin.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        Option<string> channel = CliOptions.Channel();
        Option<string> version = CliOptions.GatewayApiVersion();
        Option<string[]> cluster = CliOptions.Cluster();
        Option<string> color = CliOptions.Color();
        var command = new Command("conditions",
            """
            Tell what a conformant controller would write into the status of GatewayClasses, Gateways, ListenerSets, routes and
            BackendTLSPolicies.

            What is read is taken for all there is. A GatewayClass that is not among it counts as accepted, a namespace as
            existing; certificates and settings are asked for only in namespaces where some are given.
            Exit code: 0, also with conditions that are False; 2 wrong usage or a path that can't be read.
            """)
        {
            paths, format, channel, version, cluster, color,
        };
        command.SetAction(parsed =>
        {
            var loader = new WorkspaceLoader(terminal);
            WorkspaceSettings settings = WorkspaceSettings.Default with { Channel = CliOptions.ChannelOf(parsed.GetValue(channel)), IsComplete = true, AreParametersElsewhere = true, Clusters = CliOptions.ClustersOf(parsed.GetValue(cluster), terminal.Folder) };
            (Workspace workspace, _) = loader.Load(parsed.GetValue(paths)!, "<stdin>", settings, withNamed: true);
            loader.TellProblems();
            IReadOnlyList<string> notes = loader.TellNotes(workspace, "conditions");
            ImmutableArray<ObjectConditions> objects = new Analysis(workspace).Conditions();
            if (parsed.GetValue(format) == "json")
            {
                ConditionsJson.Write(objects, notes, terminal.Out);
            }
            else
            {
                using TextWriter output = terminal.OpenWriter();
                ConditionsText.Write(objects, output, CliOptions.UseColor(parsed.GetValue(color), terminal));
            }
            return loader.HasFailed ? ExitCode.Usage : ExitCode.Fine;
        });
        return command;
    }
}
