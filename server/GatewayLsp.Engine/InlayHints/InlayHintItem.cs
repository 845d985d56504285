using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.InlayHints;

/// <summary>A few words that an editor shows behind a position without their being in the text.</summary>
public sealed record InlayHintItem(LinePosition Position, string Label, string? Tooltip);

/// <summary>What is shown: shares of traffic, hostnames after intersection with listeners, values that the API server fills in.</summary>
public sealed record InlayHintOptions(bool Shares, bool Hostnames, bool Defaults);
