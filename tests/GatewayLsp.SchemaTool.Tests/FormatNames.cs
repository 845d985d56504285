extern alias tool;

namespace GatewayLsp.SchemaTool.Tests;

/// <summary>The layout's names. Engine and tool both have the file compiled in, so it must be said whose is meant.</summary>
internal static class FormatNames
{
    public static string[] Types => tool::GatewayLsp.Engine.Schemas.PackFormat.Types;

    public static string[] CompletionSources => tool::GatewayLsp.Engine.Schemas.PackFormat.CompletionSources;

    public static string[] SupportLevels => tool::GatewayLsp.Engine.Schemas.PackFormat.SupportLevels;

    public static string[] ListTypes => tool::GatewayLsp.Engine.Schemas.PackFormat.ListTypes;

    public static string[] MapTypes => tool::GatewayLsp.Engine.Schemas.PackFormat.MapTypes;
}
