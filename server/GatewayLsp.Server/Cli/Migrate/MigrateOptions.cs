namespace GatewayLsp.Server.Cli.Migrate;

/// <summary>What the user asked of <c>migrate</c>.</summary>
internal sealed record MigrateOptions
{
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>How stdin is called in reports.</summary>
    public string StdinName { get; init; } = "<stdin>";

    public bool Writes { get; init; }

    public bool ShowsDiff { get; init; }

    public bool IsJson { get; init; }
}
