using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>callHierarchy/outgoingCalls</c>.</summary>
internal sealed class OutgoingCallsHandler : IReadHandler<CallHierarchyCallsParams, IReadOnlyList<CallHierarchyOutgoingCall>>
{
    public IReadOnlyList<CallHierarchyOutgoingCall> Handle(CallHierarchyCallsParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var edges = snapshot.Analysis.OutgoingCalls(ConvertNavigation.ToKey(parameters.Item.Data), DocumentKey.Of(parameters.Item.Uri));
        return [.. edges.Select(edge => new CallHierarchyOutgoingCall(ConvertNavigation.ToLsp(edge.Other, snapshot), ConvertNavigation.ToLsp(edge.Ranges)))];
    }
}
