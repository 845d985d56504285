using System.Text.Json.Serialization;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Protocol;

internal sealed record Hover(MarkupContent Contents, LspRange? Range = null);

/// <summary><c>DocumentSymbol</c> with ranges, or <c>SymbolInformation</c> with a location for clients that know no hierarchy.</summary>
internal sealed record DocumentSymbol(
    string Name,
    SymbolKind Kind,
    LspRange? Range = null,
    LspRange? SelectionRange = null,
    string? Detail = null,
    IReadOnlyList<DocumentSymbol>? Children = null,
    Location? Location = null,
    string? ContainerName = null);

internal sealed record SymbolInformation(string Name, SymbolKind Kind, Location Location, string? ContainerName = null);

internal enum SymbolKind
{
    File = 1,
    Module = 2,
    Namespace = 3,
    Package = 4,
    Class = 5,
    Method = 6,
    Property = 7,
    Field = 8,
    Constructor = 9,
    Enum = 10,
    Interface = 11,
    Function = 12,
    Variable = 13,
    Constant = 14,
    String = 15,
    Number = 16,
    Boolean = 17,
    Array = 18,
    Object = 19,
    Key = 20,
    Null = 21,
    EnumMember = 22,
    Struct = 23,
    Event = 24,
    Operator = 25,
    TypeParameter = 26,
}

internal sealed record WorkspaceSymbolParams(string Query = "");

internal sealed record FoldingRange(int StartLine, int EndLine, string? Kind = null);

internal sealed record SelectionRangeParams(TextDocumentIdentifier TextDocument, IReadOnlyList<Position> Positions) : IDocumentParams
{
    string IDocumentParams.DocumentUri => TextDocument.Uri;
}

internal sealed record SelectionRange(LspRange Range, SelectionRange? Parent = null);

internal sealed record DocumentLink(LspRange Range, string? Target = null, string? Tooltip = null);

internal sealed record FormattingOptions(int TabSize = 2, bool InsertSpaces = true);

internal sealed record FormattingParams(TextDocumentIdentifier TextDocument, FormattingOptions? Options = null) : IDocumentParams
{
    string IDocumentParams.DocumentUri => TextDocument.Uri;
}

internal sealed record RangeFormattingParams(TextDocumentIdentifier TextDocument, LspRange Range, FormattingOptions? Options = null) : IDocumentParams
{
    string IDocumentParams.DocumentUri => TextDocument.Uri;
}

internal static class CodeActionKind
{
    public const string Empty = "";
    public const string QuickFix = "quickfix";
    public const string FixAll = "source.fixAll.gatewayLsp";
    public const string Migrate = "refactor.rewrite.gatewayLsp.migrate";
    public const string Convert = "refactor.rewrite.gatewayLsp.convert";
}

/// <param name="TriggerKind">1: the user asked, 2: the editor looked by itself.</param>
internal sealed record CodeActionContext(IReadOnlyList<LspDiagnostic>? Diagnostics = null, IReadOnlyList<string>? Only = null, int? TriggerKind = null)
{
    private const int Invoked = 1;

    /// <summary>Asked for by a person, not by the cursor's coming by (LSP <c>CodeActionTriggerKind</c>).</summary>
    [JsonIgnore]
    public bool IsInvoked => TriggerKind is null or Invoked;
}

internal sealed record CodeActionParams(TextDocumentIdentifier TextDocument, LspRange Range, CodeActionContext? Context = null) : IDocumentParams
{
    string IDocumentParams.DocumentUri => TextDocument.Uri;
}

internal sealed record CodeAction(
    string Title,
    string Kind,
    IReadOnlyList<LspDiagnostic>? Diagnostics = null,
    bool? IsPreferred = null,
    WorkspaceEdit? Edit = null,
    LspCommand? Command = null,
    CodeActionData? Data = null);

/// <summary>Where an action was offered whose edits are made on <c>codeAction/resolve</c>, and for which text.</summary>
internal sealed record CodeActionData(string Uri, LspRange Range, int? Version, string Title);
