namespace GatewayLsp.Engine.CodeActions;

/// <summary>Names of the server's commands (workspace/executeCommand) that migrate.</summary>
public static class MigrationCommands
{
    /// <summary>Argument: the URI of a document.</summary>
    public const string File = "gatewayLsp.migrateFile";

    public const string Workspace = "gatewayLsp.migrateWorkspace";

    /// <summary>Arguments: a URI and a range. Shows and selects it.</summary>
    public const string Select = "gatewayLsp.select";
}
