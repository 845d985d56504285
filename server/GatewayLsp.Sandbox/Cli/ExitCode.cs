namespace GatewayLsp.Sandbox.Cli;

/// <summary>Exit codes, the same as those of <c>gateway-lsp</c>.</summary>
internal static class ExitCode
{
    public const int Fine = 0;
    public const int Failed = 1;
    public const int Usage = 2;
}
