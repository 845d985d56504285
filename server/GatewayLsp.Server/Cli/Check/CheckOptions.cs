using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Localization;

namespace GatewayLsp.Server.Cli.Check;

/// <summary>What the user asked of <c>check</c>.</summary>
internal sealed record CheckOptions
{
    public required IReadOnlyList<string> Paths { get; init; }

    public required WorkspaceSettings Settings { get; init; }

    /// <summary>How stdin is called in reports.</summary>
    public string StdinName { get; init; } = "<stdin>";

    /// <summary>Findings that weigh less are left out.</summary>
    public DiagnosticSeverity Least { get; init; } = DiagnosticSeverity.Hint;

    public bool WarningsAsErrors { get; init; }

    /// <summary>The language of messages; null: English.</summary>
    public PhraseBook? Phrases { get; init; }
}
