using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Protocol;

internal static class ConvertLenses
{
    /// <summary>Shows a list of places beside the lens.</summary>
    public const string ShowReferences = "gatewayLsp.showReferences";

    /// <summary>Asks for a request and follows it.</summary>
    public const string Trace = "gatewayLsp.trace";

    /// <summary>Shows the topology around an object.</summary>
    public const string ShowTopology = "gatewayLsp.showTopology";

    /// <summary>Lenses without words yet; null for one that the client could do nothing with.</summary>
    public static CodeLens? ToLsp(LensItem item, string uri, Snapshot snapshot)
    {
        var range = Convert.ToLsp(item.Range);
        var target = ConvertNavigation.ToData(item.Object);
        (string Title, string Command)? offer = item.Kind switch
        {
            LensKind.Trace => ("Trace a request", Trace),
            LensKind.Topology => ("Show topology", ShowTopology),
            _ => null,
        };
        if (offer is not { } known)
        {
            return new CodeLens(range, Data: new LensData((int)item.Kind, uri, target, item.Section));
        }

        return snapshot.Client.Commands.Contains(known.Command)
            ? new CodeLens(range, new ClientCommand(snapshot.Say(known.Title), known.Command, [new CommandArgument(uri, range.Start, Object: target)]))
            : null;
    }

    /// <summary>The lens with its words, and with the places behind them where the client can show these.</summary>
    public static CodeLens WithText(CodeLens lens, LensText? text, string uri, Snapshot snapshot)
    {
        if (text is null || text.Places.IsEmpty || !snapshot.Client.Commands.Contains(ShowReferences))
        {
            return lens with { Command = new ClientCommand(snapshot.Say(text?.Title ?? ""), "") };
        }

        var argument = new CommandArgument(uri, lens.Range.Start, ConvertNavigation.ToLsp(text.Places, snapshot));
        return lens with { Command = new ClientCommand(snapshot.Say(text.Title), ShowReferences, [argument]) };
    }
}
