using System.Text.Json.Serialization;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Protocol;

// The records of LSP 3.17 that this server reads or writes, by hand: of every union the one branch that is used.
// Absent values are null and left out. Positions are UTF-16, as in the engine.

/// <summary>A 0-based line and a 0-based UTF-16 column.</summary>
internal readonly record struct Position(int Line, int Character);

internal readonly record struct LspRange(Position Start, Position End);

internal sealed record Location(string Uri, LspRange Range);

/// <summary>
/// With an <c>AnnotationId</c> an <c>AnnotatedTextEdit</c>, with a <c>Snippet</c> in place of the text a <c>SnippetTextEdit</c> (LSP 3.18), for clients
/// that have these.
/// </summary>
internal sealed record LspTextEdit(LspRange Range, string? NewText, string? AnnotationId = null, SnippetValue? Snippet = null);

/// <summary>LSP <c>StringValue</c>.</summary>
internal sealed record SnippetValue(string Value)
{
    public string Kind => "snippet";
}

internal sealed record TextDocumentIdentifier(string Uri);

internal sealed record VersionedTextDocumentIdentifier(string Uri, int? Version);

/// <summary>The document of an edit. The version may be null, and is written even then, as LSP wants it.</summary>
internal sealed record EditedDocument(string Uri, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Version);

/// <summary>Edits of a document, or (with a <c>Kind</c>) an operation on a file.</summary>
internal sealed record DocumentChange(
    EditedDocument? TextDocument = null, IReadOnlyList<LspTextEdit>? Edits = null, string? Kind = null, string? Uri = null);

/// <summary>Either <c>changes</c> or, for clients that know versions, <c>documentChanges</c>.</summary>
internal sealed record WorkspaceEdit(
    IReadOnlyDictionary<string, IReadOnlyList<LspTextEdit>>? Changes = null,
    IReadOnlyList<DocumentChange>? DocumentChanges = null,
    IReadOnlyDictionary<string, ChangeAnnotation>? ChangeAnnotations = null);

internal sealed record MarkupContent(string Kind, string Value);

/// <summary>Params of requests that are about a document as a whole.</summary>
internal sealed record DocumentParams(TextDocumentIdentifier TextDocument) : IDocumentParams
{
    string IDocumentParams.DocumentUri => TextDocument.Uri;
}

internal sealed record DocumentPositionParams(TextDocumentIdentifier TextDocument, Position Position) : IDocumentParams
{
    string IDocumentParams.DocumentUri => TextDocument.Uri;
}

/// <summary>LSP <c>TraceValue</c> as sent by <c>$/setTrace</c>.</summary>
internal sealed record SetTraceParams(string Value);

internal sealed record LogTraceParams(string Message);

internal sealed record LogMessageParams(MessageType Type, string Message);

internal enum MessageType
{
    Error = 1,
    Warning = 2,
    Info = 3,
    Log = 4,
}
