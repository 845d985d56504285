using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Text;
using EngineItem = GatewayLsp.Engine.Completion.CompletionItem;
using EngineList = GatewayLsp.Engine.Completion.CompletionList;

namespace GatewayLsp.Server.Protocol;

internal static class ConvertCompletion
{
    private static readonly IReadOnlyList<int> Deprecated = [1];

    private static readonly LspCommand AskAgain = new("", "editor.action.triggerSuggest");

    /// <param name="blanks">What the cursor's line begins with.</param>
    /// <param name="listId">Names the list in each item, for <c>completionItem/resolve</c>.</param>
    public static CompletionList ToLsp(EngineList list, ClientFeatures client, string blanks, int listId)
    {
        var items = new CompletionItem[list.Items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ToLsp(list.Items[i], list.Range, client, blanks, new CompletionItemData(listId, i));
        }

        return new CompletionList(
            list.IsIncomplete,
            items,
            client.EditRangeDefault ? new CompletionItemDefaults(Convert.ToLsp(list.Range)) : null);
    }

    private static CompletionItem ToLsp(EngineItem item, LineRange listRange, ClientFeatures client, string blanks, CompletionItemData data)
    {
        var snippet = item.IsSnippet && client.Snippets;
        var text = item.IsSnippet && !snippet ? SnippetText.Plain(item.NewText) : item.NewText;
        InsertTextMode? mode = text.Contains('\n', StringComparison.Ordinal) ? InsertTextMode.AdjustIndentation : null;
        if (mode is not null && !snippet && !client.AdjustsIndentation)
        {
            // Whatever expands snippets indents, too. A client that has neither puts in plain text as it comes.
            text = text.Replace("\n", "\n" + blanks, StringComparison.Ordinal);
            mode = InsertTextMode.AsIs;
        }

        var shared = client.EditRangeDefault && item.Range is null;
        return new CompletionItem(
            item.Label,
            Kind(item.Kind),
            item.IsDeprecated ? Deprecated : null,
            item.Detail,
            Preselect: item.IsPreselected ? true : null,
            SortText: item.SortText,
            FilterText: item.FilterText,
            InsertTextFormat: snippet ? InsertTextFormat.Snippet : null,
            InsertTextMode: mode,
            TextEdit: shared ? null : new LspTextEdit(Convert.ToLsp(item.Range ?? listRange), text),
            TextEditText: shared ? text : null,
            AdditionalTextEdits: item.AdditionalEdits.IsEmpty ? null : Convert.ToLsp(item.AdditionalEdits),
            Command: item.AsksAgain && client.TriggersSuggest ? AskAgain : null,
            Data: item.Documentation is null ? null : data);
    }

    private static CompletionItemKind Kind(CompletionKind kind) => kind switch
    {
        CompletionKind.Field => CompletionItemKind.Field,
        CompletionKind.Value => CompletionItemKind.Value,
        CompletionKind.EnumMember => CompletionItemKind.EnumMember,
        CompletionKind.Reference => CompletionItemKind.Reference,
        CompletionKind.Resource => CompletionItemKind.Class,
        CompletionKind.Keyword => CompletionItemKind.Keyword,
        _ => CompletionItemKind.Snippet,
    };
}
