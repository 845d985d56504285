using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
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

    public static Task<int> Run(string[] args)
    {
        ParseResult parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0 && !args.Any(one => one is "--help" or "-h" or "-?"))
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
            {
                Console.Error.WriteLine("error: " + error.Message);
            }
            return Task.FromResult(ExitCode.Usage);
        }
        return parsed.InvokeAsync();
    }

    internal static RootCommand Build() => new("Two small Kubernetes clusters on this machine, with a Gateway API controller and real traffic.")
    {
        StateDir, Up(), Down(), Status(), Fail(), Heal(), Traffic(), DemoOf(),
    };

    private static Command Up()
    {
        var channel = new Option<string?>("--channel") { Description = "Release channel of the Gateway API kinds; standard by default.", HelpName = "standard|experimental" };
        channel.AcceptOnlyFromAmong("standard", "experimental");
        var foreground = new Option<bool>("--foreground") { Description = "Stay here until stopped, instead of in a process of its own." };
        var detached = new Option<bool>("--detached") { Hidden = true };
        Option<string?> length = Time("--for", "End by itself after this time.");
        var parent = new Option<int?>("--parent") { Description = "End when this process does.", HelpName = "PID" };
        var snapshot = new Option<string?>("--snapshot") { Description = "Keep the objects in this file: read at the start when it is there, written when they change.", HelpName = "FILE" };
        var users = new Option<string?>("--users") { Description = "JSON file with further users, their tokens and what they may do.", HelpName = "FILE" };
        var bare = new Option<bool>("--bare") { Description = "API servers alone: no controllers, pods or traffic." };
        var command = new Command("up", "Start the clusters sandbox-eks and sandbox-gke, or leave them as they are when they run. Prints the path of the kubeconfig.") { channel, snapshot, users, bare, foreground, detached, length, parent };
        command.SetAction((parsed, _) => UpCommand.Run(
            new UpOptions(State(parsed), parsed.GetValue(channel) switch { "experimental" => Channel.Experimental, "standard" => Channel.Standard, _ => null }, parsed.GetValue(foreground), parsed.GetValue(detached),
                Durations.Parse(parsed.GetValue(length)), parsed.GetValue(parent), parsed.GetValue(snapshot), parsed.GetValue(users), parsed.GetValue(bare)),
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

    private static Command Status()
    {
        var format = new Option<string>("--format") { Description = "Form of the output.", DefaultValueFactory = _ => "text", HelpName = "text|json" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("status", "Show clusters, Gateways with their addresses, pods and faults.") { format };
        command.SetAction((parsed, _) => With(parsed, async client =>
        {
            if (await client.Ask("/status") is not { } status)
            {
                return ExitCode.Failed;
            }
            status["notices"] = JsonPaths.TextsOf(State(parsed).Notices());
            Console.Out.Write(parsed.GetValue(format) == "json" ? Json.Text(status) + "\n" : StatusText.Of(status));
            return ExitCode.Fine;
        }));
        return command;
    }

    private static Command Fail()
    {
        Argument<string> target = Target();
        Option<string?> latency = Time("--latency", "Answer that much later.");
        var errors = new Option<int>("--errors") { Description = "Percent of requests that are answered with 503.", HelpName = "PERCENT" };
        var down = new Option<bool>("--down") { Description = "Refuse connections; the default." };
        var command = new Command("fail", "Break a cluster, a Service's pods or a pod.") { target, latency, errors, down };
        command.SetAction((parsed, _) => With(parsed, async client =>
        {
            long wait = (long)(Durations.Parse(parsed.GetValue(latency))?.TotalMilliseconds ?? 0);
            int percent = parsed.GetValue(errors);
            return Report(await client.Ask("/fail", new JsonObject
            {
                ["target"] = parsed.GetValue(target), ["latencyMs"] = wait, ["errorPercent"] = percent, ["down"] = parsed.GetValue(down) || (wait == 0 && percent == 0),
            }));
        }));
        return command;
    }

    private static Command Heal()
    {
        Argument<string> target = Target();
        target.Arity = ArgumentArity.ZeroOrOne;
        target.DefaultValueFactory = _ => "";
        var command = new Command("heal", "Take a fault away; all of them without a target.") { target };
        command.SetAction((parsed, _) => With(parsed, async client => Report(await client.Ask("/heal", new JsonObject { ["target"] = parsed.GetValue(target) }))));
        return command;
    }

    private static Command Traffic()
    {
        var url = new Argument<string>("URL") { Description = "What to ask for: http://GATEWAY/PATH, where GATEWAY is NAMESPACE/NAME of a Gateway; see --gateway.", DefaultValueFactory = _ => "/" };
        var gateway = new Option<string>("--gateway") { Description = "Gateway to send to, in both clusters.", HelpName = "NAMESPACE/NAME", Required = true };
        url.Description = "Path to ask for.";
        url.HelpName = "PATH";
        var host = new Option<string>("--host") { Description = "Host header.", DefaultValueFactory = _ => "", HelpName = "NAME" };
        var rps = new Option<int>("--rps") { Description = "Requests a second.", DefaultValueFactory = _ => 50, HelpName = "N" };
        Option<string?> length = Time("--for", "How long; 10 s by default.");
        var header = new Option<string[]>("--header") { Description = "Header to send; may be repeated.", HelpName = "NAME:VALUE", DefaultValueFactory = _ => [] };
        var cluster = new Option<string>("--cluster") { Description = "Cluster to begin with; the other one is taken when it does not answer.", DefaultValueFactory = _ => "sandbox-eks", HelpName = "NAME" };
        cluster.AcceptOnlyFromAmong("sandbox-eks", "sandbox-gke");
        var command = new Command("traffic", "Send requests and show who answers.") { url, gateway, host, rps, length, header, cluster };
        command.SetAction((parsed, cancel) => With(parsed, async client => await TrafficCommand.Run(client, new TrafficOptions(
            parsed.GetValue(gateway)!, parsed.GetValue(cluster)!, parsed.GetValue(url)!, parsed.GetValue(host)!, Math.Clamp(parsed.GetValue(rps), 1, 5_000),
            Durations.Parse(parsed.GetValue(length)) ?? TimeSpan.FromSeconds(10), parsed.GetValue(header) ?? []), Console.Out, cancel)));
        return command;
    }

    private static Command DemoOf()
    {
        var samples = new Option<string?>("--samples") { Description = "Folder of the sample's manifests; samples/multi-cluster of the repository by default.", HelpName = "DIR" };
        var command = new Command("demo", "Tell the whole story on clusters of its own and check each step; exit code 0 only if all held.") { samples };
        command.SetAction((parsed, cancel) => DemoRun.Run(parsed.GetValue(samples), Console.Out, cancel));
        return command;
    }

    private static Option<string?> Time(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "DURATION" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && Durations.Parse(token.Value) is null)
            {
                result.AddError($"{name}: '{token.Value}' is no duration; write 500ms, 10s or 5m");
            }
        });
        return option;
    }

    private static Argument<string> Target() => new("TARGET") { Description = "sandbox-eks, sandbox-gke, service/NAMESPACE/NAME or pod/NAMESPACE/NAME; @CLUSTER behind the last two for one cluster only." };

    private static StateDirectory State(ParseResult parsed) => new(parsed.GetValue(StateDir)!);

    private static async Task<int> With(ParseResult parsed, Func<ControlClient, Task<int>> action)
    {
        if (State(parsed).Read() is not { } running)
        {
            Console.Error.WriteLine("error: no sandbox is running; start one with 'gateway-sandbox up'");
            return ExitCode.Failed;
        }
        using var client = new ControlClient(running);
        return await action(client);
    }

    private static int Report(JsonObject? answer)
    {
        if (answer is null || answer["error"].Text() is { })
        {
            Console.Error.WriteLine("error: " + (answer?["error"].Text() ?? "the sandbox does not answer"));
            return ExitCode.Failed;
        }
        return ExitCode.Fine;
    }

    internal static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
