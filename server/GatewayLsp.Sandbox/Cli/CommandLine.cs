using System.CommandLine;
using System.Globalization;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Demo;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.State;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>The command line of <c>gateway-sandbox</c>.</summary>
internal static class CommandLine
{
    private static readonly Option<string> StateDir = new("--state-dir")
    {
        Description = "Folder for the kubeconfig and the traces of the running sandbox.", DefaultValueFactory = _ => StateDirectory.Default, Recursive = true, HelpName = "DIR",
    };

    public static Task<int> Run(string[] args) => Run(args, Console.Out, Console.Error);

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors)
    {
        var written = new InvocationConfiguration { Output = output, Error = errors };
        RootCommand root = Build(output, errors);
        if (args.Length == 0)
        {
            await root.Parse(["--help"]).InvokeAsync(written);
            return ExitCode.Usage;
        }
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && !args.Any(one => one is "--help" or "-h" or "-?"))
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
            {
                errors.WriteLine("error: " + error.Message);
            }
            return ExitCode.Usage;
        }
        return await parsed.InvokeAsync(written);
    }

    private static RootCommand Build(TextWriter output, TextWriter errors)
    {
        var to = new CommandOutput(output, errors, StateDir);
        return new RootCommand("Two small Kubernetes clusters on this machine, with a Gateway API controller and real traffic.")
        {
            StateDir, Up(), Down(), Status(to), FaultCommands.Fail(to), FaultCommands.Heal(to), TrafficCommand.Build(to), DemoOf(),
        };
    }

    private static Command Up()
    {
        var channel = new Option<string?>("--channel") { Description = "Release channel of the Gateway API kinds; standard by default.", HelpName = "standard|experimental" };
        channel.AcceptOnlyFromAmong("standard", "experimental");
        var foreground = new Option<bool>("--foreground") { Description = "Stay here until stopped, instead of in a process of its own." };
        var detached = new Option<bool>("--detached") { Hidden = true };
        Option<string?> length = CommandOptions.Time("--for", "End by itself after this time.", TimeSpan.FromHours(999));
        Option<string?> parent = CommandOptions.Whole("--parent", "End when this process does.", "PID", 1, int.MaxValue);
        var snapshot = new Option<string?>("--snapshot") { Description = "Keep the objects in this file: read at the start when it is there, written when they change.", HelpName = "FILE" };
        var users = new Option<string?>("--users") { Description = "JSON file with further users, their tokens and what they may do.", HelpName = "FILE" };
        var bare = new Option<bool>("--bare") { Description = "API servers alone: no controllers, pods or traffic." };
        var command = new Command("up", "Start the clusters sandbox-eks and sandbox-gke, or leave them as they are when they run. Prints the path of the kubeconfig.") { channel, snapshot, users, bare, foreground, detached, length, parent };
        command.SetAction((parsed, _) => UpCommand.Run(
            new UpOptions(State(parsed), parsed.GetValue(channel) switch { "experimental" => Channel.Experimental, "standard" => Channel.Standard, _ => null }, parsed.GetValue(foreground), parsed.GetValue(detached),
                Durations.Parse(parsed.GetValue(length)), CommandOptions.Number(parsed.GetValue(parent)), parsed.GetValue(snapshot), parsed.GetValue(users), parsed.GetValue(bare)),
            Console.Out, Console.Error));
        return command;
    }

    private static Command Down()
    {
        var command = new Command("down", "Stop the clusters. What was in them is gone, unless they keep a snapshot.");
        command.SetAction(async (parsed, _) =>
        {
            StateDirectory state = State(parsed);
            if (state.Read() is not { } running)
            {
                return ExitCode.Fine;
            }
            using var client = new ControlClient(running);
            await client.Ask("/stop", []);
            for (int i = 0; i < 100 && state.Read() is not null; i++)
            {
                await Task.Delay(50);
            }
            return state.Read() is null ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static Command Status(CommandOutput to)
    {
        var format = new Option<string>("--format") { Description = "Form of the output.", DefaultValueFactory = _ => "text", HelpName = "text|json" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("status", "Show clusters, Gateways with their addresses, pods and faults.") { format };
        command.SetAction((parsed, _) => to.With(parsed, async client =>
            to.Tell(await client.Ask("/status"), status =>
            {
                status["notices"] = JsonPaths.TextsOf(State(parsed).Notices());
                return parsed.GetValue(format) == "json" ? Json.Text(status) + "\n" : StatusText.Of(status);
            })));
        return command;
    }

    private static Command DemoOf()
    {
        var samples = new Option<string?>("--samples") { Description = "Folder of the sample's manifests; samples/multi-cluster of the repository by default.", HelpName = "DIR" };
        var command = new Command("demo", "Tell the whole story on clusters of its own and check each step; exit code 0 only if all held.") { samples };
        command.SetAction((parsed, cancel) => DemoRun.Run(parsed.GetValue(samples), Console.Out, cancel));
        return command;
    }

    private static StateDirectory State(ParseResult parsed) => new(parsed.GetValue(StateDir)!);

    internal static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
