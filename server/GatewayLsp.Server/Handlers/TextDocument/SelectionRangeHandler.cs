using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/selectionRange</c>: one chain for each position, in their order.</summary>
internal sealed class SelectionRangeHandler : IReadHandler<SelectionRangeParams, IReadOnlyList<SelectionRange>>
{
    public IReadOnlyList<SelectionRange> Handle(SelectionRangeParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var key = DocumentKey.Of(parameters.TextDocument.Uri);
        var chains = new List<SelectionRange>(parameters.Positions.Count);
        foreach (var position in parameters.Positions)
        {
            token.ThrowIfCancellationRequested();
            SelectionRange? chain = null;
            foreach (var range in snapshot.Analysis.SelectionRanges(key, Convert.ToEngine(position)).Reverse())
            {
                chain = new SelectionRange(Convert.ToLsp(range), chain);
            }

            // The answer must have an entry for each position, even for one that we know nothing about.
            chains.Add(chain ?? new SelectionRange(new LspRange(position, position)));
        }

        return chains;
    }
}
