using System.Text.Json;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.Workspace;

/// <summary><c>workspace/executeCommand</c>: migrates a file or the workspace by edits that the client applies; selects a place.</summary>
internal sealed class ExecuteCommandHandler(IClient client) : IReadHandler<ExecuteCommandParams, JsonElement>
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("null").RootElement.Clone();

    public JsonElement Handle(ExecuteCommandParams parameters, Snapshot snapshot, CancellationToken token)
    {
        PlaceArgument? argument = parameters.Arguments is [var first, ..] ? first : null;
        switch (parameters.Command)
        {
            case MigrationCommands.File when argument is not null && snapshot.Analysis.Migrate(DocumentKey.Of(argument.Uri), token) is { IsChanged: true } one:
                _ = ApplyAsync([one], snapshot);
                break;
            case MigrationCommands.Workspace:
                _ = ApplyAsync([.. snapshot.Analysis.MigrateAll(token).Where(file => file.IsChanged)], snapshot);
                break;
            case MigrationCommands.Select when argument is not null:
                Select(argument.Uri, argument.Range);
                break;
        }

        return Nothing;
    }

    private async Task ApplyAsync(IReadOnlyList<FileMigration> files, Snapshot snapshot)
    {
        if (files.Count == 0)
        {
            return;
        }

        var edit = ConvertCodeActions.ToEdit([.. files.Select(file => new FileEdit(file.Path, file.Edits))], snapshot);
        var request = Payload.Of(new ApplyEditParams("Migrate to gateway.networking.k8s.io/v1", edit), LspJson.Default.ApplyEditParams);
        var answer = await client.RequestAsync("workspace/applyEdit", request, LspJson.Default.JsonElement).ConfigureAwait(false);
        var applied = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("applied"u8, out var flag) && flag.ValueKind == JsonValueKind.True;
        if (applied && snapshot.Client.ShowsDocuments && files.FirstOrDefault(file => !file.Placeholders.IsEmpty) is { } guessed)
        {
            Select(snapshot.UriOf(guessed.Path), Convert.ToLsp(guessed.Placeholders[0]));
        }
    }

    private void Select(string uri, LspRange? range)
        => _ = client.RequestAsync("window/showDocument", Payload.Of(new ShowDocumentParams(uri, TakeFocus: true, range), LspJson.Default.ShowDocumentParams), LspJson.Default.JsonElement);
}
