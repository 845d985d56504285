using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Protocol;

internal static class ConvertCodeActions
{
    /// <summary>An action whose edits the client asks for if it is chosen.</summary>
    public static CodeAction Deferred(CodeActionItem item, CodeActionParams asked, Snapshot snapshot) => new(
        snapshot.Say(item.Title),
        item.Kind,
        Data: new CodeActionData(asked.TextDocument.Uri, asked.Range, snapshot.VersionOf(asked.TextDocument.Uri), item.Title));

    public static CodeAction ToLsp(CodeActionItem item, Snapshot snapshot) => new(
        snapshot.Say(item.Title),
        item.Kind,
        item.Fixes.IsDefaultOrEmpty ? null : ConvertDiagnostics.ToLsp(item.Fixes, snapshot),
        item.IsPreferred ? true : null,
        item.Edits.IsEmpty ? null : ToEdit(item.Edits, snapshot),
        ToCommand(item, snapshot));

    /// <summary>Runs after the edits: selects what was guessed, or makes the edits that are too many to send along.</summary>
    private static LspCommand? ToCommand(CodeActionItem item, Snapshot snapshot)
    {
        if (item.Command is { } command)
        {
            return new LspCommand(snapshot.Say(item.Title), command);
        }

        return item is { Selection: { } selection, Edits: [var first, ..] } && snapshot.Client.ShowsDocuments && !TakesTabStops(item, snapshot.Client)
            ? new LspCommand(snapshot.Say("Select what was guessed"), MigrationCommands.Select, [new PlaceArgument(snapshot.UriOf(first.Path), Convert.ToLsp(selection))])
            : null;
    }

    private static bool TakesTabStops(CodeActionItem item, ClientFeatures client)
        => client.SnippetEdits && client.VersionedEdits && item.Edits.Any(file => file.Edits.Any(edit => !edit.Guessed.IsEmpty));

    /// <summary>Whether a kind was asked for: <c>source</c> stands for <c>source.fixAll.gatewayLsp</c>, too.</summary>
    public static bool IsWanted(string kind, IReadOnlyList<string>? only)
    {
        if (only is not { Count: > 0 })
        {
            return true;
        }

        foreach (var wanted in only)
        {
            if (wanted.Length == 0 || kind == wanted || (kind.StartsWith(wanted, StringComparison.Ordinal) && kind[wanted.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>With versions where the client knows them, so that an edit of an older text is refused, not misapplied.</summary>
    public static WorkspaceEdit ToEdit(IReadOnlyList<FileEdit> files, Snapshot snapshot)
    {
        if (!snapshot.Client.VersionedEdits)
        {
            return new WorkspaceEdit(files.ToDictionary(f => snapshot.UriOf(f.Path), f => Convert.ToLsp(f.Edits), StringComparer.Ordinal));
        }

        var changes = new List<DocumentChange>();
        foreach (var file in files)
        {
            var uri = snapshot.UriOf(file.Path);
            if (file.CreatesFile)
            {
                changes.Add(new DocumentChange(Kind: "create", Uri: uri));
            }

            var version = snapshot.Open.TryGetValue(file.Path, out var document) ? document.Version : null;
            changes.Add(new DocumentChange(new EditedDocument(uri, version), snapshot.Client.SnippetEdits ? TabStops.In(file.Edits) : Convert.ToLsp(file.Edits)));
        }

        return new WorkspaceEdit(DocumentChanges: changes);
    }
}
