using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Workspace;

/// <summary><c>workspace/symbol</c>.</summary>
internal sealed class SymbolHandler : IReadHandler<WorkspaceSymbolParams, IReadOnlyList<SymbolInformation>>
{
    public IReadOnlyList<SymbolInformation> Handle(WorkspaceSymbolParams parameters, Snapshot snapshot, CancellationToken token)
        => [.. snapshot.Analysis.FindSymbols(parameters.Query, token).Select(item => ConvertSymbols.ToLsp(item, snapshot))];
}
