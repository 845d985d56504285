using System.Text.RegularExpressions;
using GatewayLsp.Sandbox.Cli;
using GatewayLsp.Testing;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>The commands of the walkthrough in samples/multi-cluster, one after the other as they stand there.</summary>
public sealed partial class WalkthroughTests
{
    [Fact]
    public async Task EveryCommandOfTheSandboxDoesWhatItIsThereFor()
    {
        string page = File.ReadAllText(Path.Combine(SharedFiles.Root, "samples", "multi-cluster", "README.md"));
        string[] commands = [.. Commands.Matches(page).Select(match => match.Groups[1].Value.Trim())];
        Assert.True(commands.Count(one => one.StartsWith("traffic ", StringComparison.Ordinal)) >= 6 && commands.Length >= 12, string.Join('\n', commands));
        await using RunningCommands running = await RunningCommands.Start();
        foreach (string command in commands)
        {
            string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int length = Array.IndexOf(words, "--for");
            string[] shorter = words[0] != "traffic" ? words : [.. length < 0 ? words : [.. words[..length], .. words[(length + 2)..]], "--for", "300ms"];
            CommandResult result = await running.Run(shorter);
            Assert.True(result.Exit == ExitCode.Fine && result.Out.Length > 0 && !result.Out.Contains("no pods run", StringComparison.Ordinal), $"{command}: {result}");
        }
    }

    [GeneratedRegex("gateway-sandbox ((?:traffic|fail|heal|status)(?: [^`|\n]*)?)")]
    private static partial Regex Commands { get; }
}
