using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/codeLens</c>: only places; the words come with <c>codeLens/resolve</c>.</summary>
internal sealed class CodeLensHandler : IReadHandler<DocumentParams, IReadOnlyList<CodeLens>>
{
    public IReadOnlyList<CodeLens> Handle(DocumentParams parameters, Snapshot snapshot, CancellationToken token)
    {
        if (!snapshot.Settings.CodeLens)
        {
            return [];
        }

        var found = snapshot.Analysis.Lenses(DocumentKey.Of(parameters.TextDocument.Uri), token);
        return [.. found.Select(item => ConvertLenses.ToLsp(item, parameters.TextDocument.Uri, snapshot)).OfType<CodeLens>()];
    }
}
