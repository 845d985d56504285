namespace GatewayLsp.Server;

/// <summary>The version of this build, as <c>--version</c> and <c>initialize</c> tell it.</summary>
internal static class ServerVersion
{
    public static string Text { get; } = typeof(ServerVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
