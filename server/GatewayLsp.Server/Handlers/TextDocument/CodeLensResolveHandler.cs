using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>codeLens/resolve</c>: what the lens says now; empty words for something that is gone.</summary>
internal sealed class CodeLensResolveHandler : IReadHandler<CodeLens, CodeLens>
{
    public CodeLens Handle(CodeLens lens, Snapshot snapshot, CancellationToken token)
        => lens.Data is { } data
            ? ConvertLenses.WithText(lens, snapshot.Analysis.ResolveLens((LensKind)data.Kind, ConvertNavigation.ToKey(data.Object), data.Section, DocumentKey.Of(data.Uri)), data.Uri, snapshot)
            : lens;
}
