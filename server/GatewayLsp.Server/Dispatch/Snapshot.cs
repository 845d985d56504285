using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Localization;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>An open document: how the client writes its URI, its version, and when that version is history.</summary>
internal sealed record OpenDocument(string Key, string Uri, int? Version, CancellationToken Changed);

/// <summary>What a read handler sees: one moment of the server, which never changes.</summary>
internal sealed record Snapshot(
    Analysis Analysis,
    ImmutableDictionary<string, OpenDocument> Open,
    ClientFeatures Client,
    ServerSettings Settings)
{
    /// <summary>Number of changes before this moment: of two snapshots of a session, the later one has the higher.</summary>
    public int Version { get; init; }

    /// <summary>True while a folder is being read: what is not there may yet come.</summary>
    public bool IsLoading { get; init; }

    /// <summary>The language that the user reads, where it is not English.</summary>
    public PhraseBook? Phrases => PhraseBook.For(Settings.Language ?? Client.Locale);

    /// <summary>A text of ours in the user's language.</summary>
    public string Say(string text) => Phrases?.Translate(text) ?? text;

    /// <summary>True when a document's own findings are all that can be told at once.</summary>
    public bool IsEarly(string key) => IsLoading || Analysis.IsBehind(key);

    /// <summary>Fires when the document of that URI changes or closes; never, if it is not open.</summary>
    public CancellationToken ChangeToken(string uri)
        => Open.TryGetValue(DocumentKey.Of(uri), out var document) ? document.Changed : CancellationToken.None;

    /// <summary>The version of an open document; null for one that is not open.</summary>
    public int? VersionOf(string uri) => Open.TryGetValue(DocumentKey.Of(uri), out var document) ? document.Version : null;

    /// <summary>The URI for a key, spelt as the client does where it has told us.</summary>
    public string UriOf(string key) => Open.TryGetValue(key, out var document) ? document.Uri : key;
}
