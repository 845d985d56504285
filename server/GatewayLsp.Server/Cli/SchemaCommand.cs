using System.CommandLine;

namespace GatewayLsp.Server.Cli;

internal static class SchemaCommand
{
    public static Command Create(Terminal terminal) => new("schema", "JSON Schema for other editors.");
}
