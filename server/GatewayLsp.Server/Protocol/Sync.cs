using System.Text.Json.Serialization;

namespace GatewayLsp.Server.Protocol;

internal sealed record TextDocumentItem(
    string Uri,
    [property: JsonConverter(typeof(LenientTextConverter))] string Text,
    string LanguageId = "",
    int? Version = null);

internal sealed record DidOpenParams(TextDocumentItem TextDocument);

/// <summary>Without a range <c>text</c> is the whole new text.</summary>
internal sealed record ContentChange(
    [property: JsonConverter(typeof(LenientTextConverter))] string Text,
    LspRange? Range = null);

internal sealed record DidChangeParams(VersionedTextDocumentIdentifier TextDocument, IReadOnlyList<ContentChange> ContentChanges);

internal sealed record DidCloseParams(TextDocumentIdentifier TextDocument);

internal sealed record DidSaveParams(TextDocumentIdentifier TextDocument);
