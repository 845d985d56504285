using System.Text.Json.Serialization;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Protocol;

/// <summary><c>LocationLink</c>, or (with <c>Uri</c> and <c>Range</c>) the <c>Location</c> of clients that know no links.</summary>
internal sealed record DefinitionTarget(
    LspRange? OriginSelectionRange = null,
    string? TargetUri = null,
    LspRange? TargetRange = null,
    LspRange? TargetSelectionRange = null,
    string? Uri = null,
    LspRange? Range = null);

internal sealed record ReferenceContext(bool IncludeDeclaration);

internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext? Context = null) : IDocumentParams
{
    string IDocumentParams.DocumentUri => TextDocument.Uri;
}

internal enum DocumentHighlightKind
{
    Text = 1,
    Read = 2,
    Write = 3,
}

internal sealed record DocumentHighlight(LspRange Range, DocumentHighlightKind Kind);

internal sealed record PrepareRenameResult(LspRange Range, string Placeholder);

internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName) : IDocumentParams
{
    string IDocumentParams.DocumentUri => TextDocument.Uri;
}

/// <summary>Identity of an object, as it travels through a client and back.</summary>
internal sealed record ObjectData(string Group, string Kind, string Namespace, string Name);

internal sealed record CallHierarchyItem(
    string Name, SymbolKind Kind, string Uri, LspRange Range, LspRange SelectionRange, string? Detail = null, ObjectData? Data = null);

internal sealed record CallHierarchyCallsParams(CallHierarchyItem Item);

internal sealed record CallHierarchyIncomingCall(CallHierarchyItem From, IReadOnlyList<LspRange> FromRanges);

internal sealed record CallHierarchyOutgoingCall(CallHierarchyItem To, IReadOnlyList<LspRange> FromRanges);

internal sealed record InlayHintParams(TextDocumentIdentifier TextDocument, LspRange Range) : IDocumentParams
{
    string IDocumentParams.DocumentUri => TextDocument.Uri;
}

internal sealed record InlayHint(Position Position, string Label, string? Tooltip = null)
{
    public bool PaddingLeft => true;
}

/// <summary>What a lens is for, so that it can be resolved against whatever the workspace is by then.</summary>
internal sealed record LensData(int Kind, string Uri, ObjectData Object, string? Section = null);

internal sealed record CodeLens(LspRange Range, ClientCommand? Command = null, LensData? Data = null);

/// <summary>A command of the client. One without an identifier is only words.</summary>
internal sealed record ClientCommand(string Title, string Command, IReadOnlyList<CommandArgument>? Arguments = null);

/// <summary>Arguments of the commands that lenses send: the place and its locations, an object, or contexts and what is to go there.</summary>
internal sealed record CommandArgument(
    string? Uri = null,
    Position? Position = null,
    IReadOnlyList<Location>? Locations = null,
    ObjectData? Object = null,
    IReadOnlyList<string>? Contexts = null,
    DeployScopeParams? Scope = null);

/// <summary>LSP <c>ChangeAnnotation</c>: why an edit is made, and whether the user is to look at it first.</summary>
internal sealed record ChangeAnnotation(string Label, bool NeedsConfirmation, string? Description = null);

internal sealed record ShowMessageParams([property: JsonPropertyName("type")] MessageType Type, string Message);
