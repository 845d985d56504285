namespace GatewayLsp.Server.Protocol;

// What our own methods send and get, beside the JSON form of traces (docs/cli.md).

internal sealed record NamedObject(string Namespace, string Name);

/// <summary>The pod that sends a request within a mesh.</summary>
internal sealed record TraceClient(string Namespace);

/// <summary>Parts of the params of <c>gatewayLsp/trace</c>, to be changed by a person and sent.</summary>
internal sealed record RequestAtResult(string Text, NamedObject? Gateway = null, TraceClient? Client = null);
