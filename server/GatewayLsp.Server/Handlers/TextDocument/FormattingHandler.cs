using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;
using EngineOptions = GatewayLsp.Engine.Formatting.FormattingOptions;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/formatting</c>.</summary>
internal sealed class FormattingHandler : IReadHandler<FormattingParams, IReadOnlyList<LspTextEdit>>
{
    private const int MaxIndent = 16;

    public IReadOnlyList<LspTextEdit> Handle(FormattingParams parameters, Snapshot snapshot, CancellationToken token)
        => Format(parameters.TextDocument, null, parameters.Options, snapshot, token);

    internal static IReadOnlyList<LspTextEdit> Format(
        TextDocumentIdentifier document, LineRange? range, FormattingOptions? options, Snapshot snapshot, CancellationToken token)
    {
        if (!snapshot.Settings.Format)
        {
            return [];
        }

        var indent = Math.Clamp(options?.TabSize ?? 2, 1, MaxIndent);
        return Convert.ToLsp(snapshot.Analysis.Format(DocumentKey.Of(document.Uri), range, new EngineOptions(indent), token));
    }
}
