namespace GatewayLsp.Server.Protocol;

// What our own methods send and get, beside the JSON form of traces (docs/cli.md).

internal sealed record NamedObject(string Namespace, string Name);

/// <summary>The pod that sends a request within a mesh.</summary>
internal sealed record TraceClient(string Namespace);

/// <summary>Parts of the params of <c>gatewayLsp/trace</c>, to be changed by a person and sent.</summary>
internal sealed record RequestAtResult(string Text, NamedObject? Gateway = null, TraceClient? Client = null);

/// <summary>Params of <c>gatewayLsp/expectations</c>; without a <c>uri</c> all files of the workspace.</summary>
internal sealed record ExpectationsParams(string? Uri = null);

internal sealed record ExpectationsResult(IReadOnlyList<ExpectationFile> Files);

internal sealed record ExpectationFile(string Uri, IReadOnlyList<ExpectationEntry> Expectations);

/// <param name="Passed">Absent when the files do not say enough to tell.</param>
/// <param name="Message">What becomes of the request instead, where it did not pass.</param>
internal sealed record ExpectationEntry(LspRange Range, string Text, bool? Passed = null, string? Message = null);

/// <summary>Result of <c>gatewayLsp/expectationOf</c>.</summary>
internal sealed record ExpectationOfResult(string Text, WorkspaceEdit Edit);
