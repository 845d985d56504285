using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/rangeFormatting</c>.</summary>
internal sealed class RangeFormattingHandler : IReadHandler<RangeFormattingParams, IReadOnlyList<LspTextEdit>>
{
    public IReadOnlyList<LspTextEdit> Handle(RangeFormattingParams parameters, Snapshot snapshot, CancellationToken token)
        => FormattingHandler.Format(parameters.TextDocument, Convert.ToEngine(parameters.Range), parameters.Options, snapshot, token);
}
