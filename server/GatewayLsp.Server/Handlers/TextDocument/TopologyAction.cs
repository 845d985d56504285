using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary>The code action that shows the topology around an object, for clients that can.</summary>
internal static class TopologyAction
{
    /// <summary>
    /// Null where no object of traffic is. Only when a person asks for actions: otherwise every line of a manifest would have a light
    /// bulb.
    /// </summary>
    public static CodeAction? Of(CodeActionParams parameters, Snapshot snapshot)
    {
        if (parameters.Context is not { IsInvoked: true, Only: not { Count: > 0 } } || !snapshot.Client.Commands.Contains(ConvertLenses.ShowTopology))
        {
            return null;
        }

        var start = Convert.ToEngine(parameters.Range.Start);
        return snapshot.Analysis.HasTraffic(DocumentKey.Of(parameters.TextDocument.Uri), start)
            ? new CodeAction(
                snapshot.Say("Show traffic topology"),
                CodeActionKind.Empty,
                Command: new LspCommand(snapshot.Say("Show traffic topology"), ConvertLenses.ShowTopology, [new PlaceArgument(parameters.TextDocument.Uri, Position: parameters.Range.Start)]))
            : null;
    }
}
