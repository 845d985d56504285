using System.Text.Json;

namespace GatewayLsp.Server.Protocol;

internal enum CompletionItemKind
{
    Text = 1,
    Method = 2,
    Function = 3,
    Constructor = 4,
    Field = 5,
    Variable = 6,
    Class = 7,
    Interface = 8,
    Module = 9,
    Property = 10,
    Unit = 11,
    Value = 12,
    Enum = 13,
    Keyword = 14,
    Snippet = 15,
    Color = 16,
    File = 17,
    Reference = 18,
    Folder = 19,
    EnumMember = 20,
    Constant = 21,
    Struct = 22,
    Event = 23,
    Operator = 24,
    TypeParameter = 25,
}

internal enum InsertTextFormat
{
    PlainText = 1,
    Snippet = 2,
}

internal enum InsertTextMode
{
    AsIs = 1,
    AdjustIndentation = 2,
}

internal sealed record CompletionList(bool IsIncomplete, IReadOnlyList<CompletionItem> Items, CompletionItemDefaults? ItemDefaults = null);

internal sealed record CompletionItemDefaults(
    LspRange? EditRange = null, InsertTextFormat? InsertTextFormat = null, InsertTextMode? InsertTextMode = null);

internal sealed record CompletionItem(
    string Label,
    CompletionItemKind? Kind = null,
    IReadOnlyList<int>? Tags = null,
    string? Detail = null,
    MarkupContent? Documentation = null,
    bool? Preselect = null,
    string? SortText = null,
    string? FilterText = null,
    string? InsertText = null,
    InsertTextFormat? InsertTextFormat = null,
    InsertTextMode? InsertTextMode = null,
    LspTextEdit? TextEdit = null,
    string? TextEditText = null,
    IReadOnlyList<LspTextEdit>? AdditionalTextEdits = null,
    CompletionItemData? Data = null);

/// <summary>What <c>completionItem/resolve</c> needs to find the item again.</summary>
internal sealed record CompletionItemData(string Uri, int Line, int Character, string Key);
