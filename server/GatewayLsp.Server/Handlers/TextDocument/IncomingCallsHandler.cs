using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>callHierarchy/incomingCalls</c>.</summary>
internal sealed class IncomingCallsHandler : IReadHandler<CallHierarchyCallsParams, IReadOnlyList<CallHierarchyIncomingCall>>
{
    public IReadOnlyList<CallHierarchyIncomingCall> Handle(CallHierarchyCallsParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var edges = snapshot.Analysis.IncomingCalls(ConvertNavigation.ToKey(parameters.Item.Data), DocumentKey.Of(parameters.Item.Uri));
        return [.. edges.Select(edge => new CallHierarchyIncomingCall(ConvertNavigation.ToLsp(edge.Other, snapshot), ConvertNavigation.ToLsp(edge.Ranges)))];
    }
}
