using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Deploying;

/// <summary>
/// Actions and lenses that lead to a cluster, for the connected contexts. All of them only start something that shows a
/// difference and asks; the client carries them out with commands of its own.
/// </summary>
internal static class DeployActions
{
    /// <summary>No kind of LSP: what goes out of the editor is neither a fix nor a refactoring.</summary>
    public const string Kind = "gatewayLsp.deploy";

    /// <summary>Scope of what a kustomization makes.</summary>
    private const string Kustomization = "kustomize";

    /// <summary>Lenses for so many clusters.</summary>
    private const int MaxLenses = 4;

    private const string Apply = "gatewayLsp.apply";
    private const string Diff = "gatewayLsp.diff";
    private const string RollBack = "gatewayLsp.rollback";
    private const string SendRequest = "gatewayLsp.sendRequest";

    /// <summary>Nothing where the client looks for actions by itself: a light bulb on every line would say nothing.</summary>
    public static IEnumerable<CodeAction> At(CodeActionParams asked, Snapshot snapshot, ClusterSession clusters, DeploySession session)
    {
        bool isAskedFor = asked.Context?.Only is { Count: > 0 } only ? ConvertCodeActions.IsWanted(Kind, only) : asked.Context is { TriggerKind: not null, IsInvoked: true };
        string key = DocumentKey.Of(asked.TextDocument.Uri);
        if (!isAskedFor || clusters.Connected.IsEmpty || snapshot.Client.Commands.Count == 0)
        {
            yield break;
        }
        bool isKustomization = snapshot.Analysis.Workspace.IsKustomization(key);
        if (!isKustomization && snapshot.Analysis.ObjectAt(key, Protocol.Convert.ToEngine(asked.Range.Start)) is null)
        {
            yield break;
        }
        string uri = asked.TextDocument.Uri;
        bool isOne = asked.Range.Start.Line == asked.Range.End.Line;
        DeployScopeParams scope = isKustomization ? new DeployScopeParams(Kustomization, uri) : isOne ? new DeployScopeParams("object", uri, asked.Range.Start) : new DeployScopeParams("selection", uri, Range: asked.Range);
        ClusterTarget[] targets = Targets(clusters);
        foreach (ClusterTarget target in targets)
        {
            if (Has(snapshot, Apply))
            {
                yield return Action(snapshot, $"Apply to {target.Label}", Apply, new PlaceArgument(uri, asked.Range, Contexts: [target.Context], Scope: scope));
            }
            if (Has(snapshot, Diff))
            {
                yield return Action(snapshot, $"Show diff against {target.Label}", Diff, new PlaceArgument(uri, asked.Range, Contexts: [target.Context], Scope: scope));
            }
        }
        if (targets.Length > 1 && Has(snapshot, Apply))
        {
            yield return Action(snapshot, "Apply to all targets", Apply, new PlaceArgument(uri, asked.Range, Contexts: [.. targets.Select(one => one.Context)], Scope: scope));
        }
        foreach (ClusterTarget target in targets)
        {
            if (Has(snapshot, RollBack) && session.Journal.Has(target.Context))
            {
                yield return Action(snapshot, $"Roll back last apply to {target.Label}", RollBack, new PlaceArgument(uri, Contexts: [target.Context]));
            }
        }
    }

    /// <summary>The lens beside the one that traces a request; null where no cluster is connected.</summary>
    public static CodeLens? Lens(CodeLens trace, string uri, Snapshot snapshot, ClusterSession clusters) =>
        Has(snapshot, SendRequest) && !clusters.Connected.IsEmpty
            ? trace with { Command = new ClientCommand(snapshot.Say("Send a test request"), SendRequest, [new CommandArgument(uri, trace.Range.Start)]) }
            : null;

    /// <summary>Above a kustomization: where what it makes can go.</summary>
    public static IEnumerable<CodeLens> LensesOf(string uri, Snapshot snapshot, ClusterSession clusters)
    {
        if (!Has(snapshot, Apply) || clusters.Connected.IsEmpty || !snapshot.Analysis.Workspace.IsKustomization(DocumentKey.Of(uri)))
        {
            yield break;
        }
        ClusterTarget[] targets = Targets(clusters);
        foreach (ClusterTarget target in targets.Take(MaxLenses))
        {
            yield return At(snapshot, uri, $"Apply to {target.Label}", [target.Context]);
        }
        if (targets.Length > 1)
        {
            yield return At(snapshot, uri, "Apply to all targets", [.. targets.Select(one => one.Context)]);
        }
    }

    private static CodeLens At(Snapshot snapshot, string uri, string title, string[] contexts)
    {
        var top = new Position(0, 0);
        return new CodeLens(new LspRange(top, top),
            new ClientCommand(snapshot.Say(title), Apply, [new CommandArgument(uri, top, Contexts: contexts, Scope: new DeployScopeParams(Kustomization, uri))]));
    }

    private static ClusterTarget[] Targets(ClusterSession clusters) => [.. clusters.Observed.Values.Select(one => one.Target).OrderBy(one => one.Context, StringComparer.Ordinal)];

    private static bool Has(Snapshot snapshot, string command) => snapshot.Client.Commands.Contains(command);

    private static CodeAction Action(Snapshot snapshot, string title, string command, PlaceArgument argument) =>
        new(snapshot.Say(title), Kind, Command: new LspCommand(snapshot.Say(title), command, [argument]));
}
