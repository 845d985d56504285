using System.CommandLine;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.State;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>Where commands find the running sandbox and say what became of an order.</summary>
internal sealed class CommandOutput(TextWriter output, TextWriter errors, Option<string> stateDir)
{
    public TextWriter Output => output;

    public TextWriter Errors => errors;

    public StateDirectory State(ParseResult parsed) => new(parsed.GetValue(stateDir)!);

    /// <summary>Runs an action on the sandbox that runs; fails when none does.</summary>
    public async Task<int> With(ParseResult parsed, Func<ControlClient, Task<int>> action)
    {
        if (State(parsed).Read() is not { } running)
        {
            errors.WriteLine("error: no sandbox is running; start one with 'gateway-sandbox up'");
            return ExitCode.Failed;
        }
        using var client = new ControlClient(running);
        return await action(client);
    }

    /// <summary>Prints what the sandbox did, or why it did not.</summary>
    public int Tell(JsonObject? answer, Func<JsonObject, string> text)
    {
        if (answer is null || answer["error"].Text() is { })
        {
            errors.WriteLine("error: " + (answer?["error"].Text() ?? "the sandbox does not answer"));
            return ExitCode.Failed;
        }
        output.Write(text(answer));
        return ExitCode.Fine;
    }
}
