namespace GatewayLsp.Server.Cli.ConvertIngress;

/// <summary>What the user asked of <c>convert ingress</c>.</summary>
internal sealed record ConvertOptions
{
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>How stdin is called in reports.</summary>
    public string StdinName { get; init; } = "<stdin>";

    public string? GatewayClass { get; init; }

    public bool IsJson { get; init; }
}
