using System.CommandLine;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>The commands <c>fail</c> and <c>heal</c>.</summary>
internal static class FaultCommands
{
    public static Command Fail(CommandOutput output)
    {
        Argument<string> target = Target();
        Option<string?> latency = CommandOptions.Time("--latency", "Answer that much later, up to 1m; 0 for no delay.", PodFault.LongestLatency, mayBeZero: true);
        Option<string?> errors = CommandOptions.Whole("--errors", "Percent of requests that are answered with 503, from 0 to 100.", "PERCENT", 0, 100);
        var down = new Option<bool>("--down") { Description = "Refuse connections; so it is without any of these options." };
        var command = new Command("fail", "Break a cluster, a Service's pods or a pod. In place of the fault that it has, not on top of it.") { target, latency, errors, down };
        command.SetAction((parsed, _) => output.With(parsed, async client =>
        {
            bool isDown = parsed.GetValue(down) || (parsed.GetValue(latency) is null && parsed.GetValue(errors) is null);
            return output.Tell(await client.Ask("/fail", new JsonObject
            {
                ["target"] = parsed.GetValue(target), ["latencyMs"] = (long)(Durations.ParseOrZero(parsed.GetValue(latency))?.TotalMilliseconds ?? 0),
                ["errorPercent"] = CommandOptions.Number(parsed.GetValue(errors)) ?? 0, ["down"] = isDown,
            }), FaultText.Failed);
        }));
        return command;
    }

    public static Command Heal(CommandOutput output)
    {
        Argument<string> target = Target();
        target.Arity = ArgumentArity.ZeroOrOne;
        target.DefaultValueFactory = _ => "";
        var command = new Command("heal", "Take the faults of a target away; all of them without a target.") { target };
        command.SetAction((parsed, _) => output.With(parsed, async client =>
            output.Tell(await client.Ask("/heal", new JsonObject { ["target"] = parsed.GetValue(target) }), FaultText.Healed)));
        return command;
    }

    private static Argument<string> Target() => new("TARGET")
    {
        Description = "sandbox-eks, sandbox-gke, service/NAMESPACE/NAME or pod/NAMESPACE/NAME; @CLUSTER behind the last two for one cluster only.",
    };
}
