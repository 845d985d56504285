using System.Collections.Immutable;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>An open document: how the client writes its URI, its version, and when that version is history.</summary>
internal sealed record OpenDocument(string Key, string Uri, int Version, CancellationToken Changed);

/// <summary>What a read handler sees: one moment of the server, which never changes.</summary>
internal sealed record Snapshot(ImmutableDictionary<string, OpenDocument> Open, ClientFeatures Client)
{
    /// <summary>Fires when the document of that URI changes or closes; never, if it is not open.</summary>
    public CancellationToken ChangeToken(string uri)
        => Open.TryGetValue(DocumentKey.Of(uri), out var document) ? document.Changed : CancellationToken.None;
}
