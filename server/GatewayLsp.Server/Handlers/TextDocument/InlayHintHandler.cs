using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/inlayHint</c>.</summary>
internal sealed class InlayHintHandler : IReadHandler<InlayHintParams, IReadOnlyList<InlayHint>>
{
    public IReadOnlyList<InlayHint> Handle(InlayHintParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var hints = snapshot.Analysis.InlayHints(
            DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Range), snapshot.Settings.InlayHints, token);
        return [.. hints.Select(hint => new InlayHint(Convert.ToLsp(hint.Position), hint.Label, hint.Tooltip is { } tooltip ? snapshot.Say(tooltip) : null))];
    }
}
