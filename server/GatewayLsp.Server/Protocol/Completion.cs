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

internal sealed record CompletionItemDefaults(LspRange? EditRange = null);

internal sealed record CompletionItem(
    string Label,
    CompletionItemKind? Kind = null,
    IReadOnlyList<int>? Tags = null,
    string? Detail = null,
    MarkupContent? Documentation = null,
    bool? Preselect = null,
    string? SortText = null,
    string? FilterText = null,
    InsertTextFormat? InsertTextFormat = null,
    InsertTextMode? InsertTextMode = null,
    LspTextEdit? TextEdit = null,
    string? TextEditText = null,
    IReadOnlyList<LspTextEdit>? AdditionalTextEdits = null,
    LspCommand? Command = null,
    CompletionItemData? Data = null);

/// <summary>A command of the client's editor, run once the item is put in.</summary>
internal sealed record LspCommand(string Title, string Command, IReadOnlyList<PlaceArgument>? Arguments = null);

/// <summary>Where <c>completionItem/resolve</c> finds the item again.</summary>
internal sealed record CompletionItemData(int List, int Index);
