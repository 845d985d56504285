using System.CommandLine;

namespace GatewayLsp.Server.Cli;

internal static class RulesCommand
{
    public static Command Create(Terminal terminal) => new("rules", "List the codes of all findings.");
}
