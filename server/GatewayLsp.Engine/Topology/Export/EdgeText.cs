using System.Globalization;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Topology.Export;

/// <summary>What is written at edges in all drawings.</summary>
internal static class EdgeText
{
    public static string Of(TopologyEdge edge)
    {
        string label = edge.LabelBefore is { } before ? $"{Known(before)} → {Known(edge.Label)}" : edge.Label;
        return Navigation.ObjectLabels.Join(edge.Kind == TopologyEdgeKind.Redirects ? "redirect" : "", label, edge.Tls is null ? "" : "TLS", Problem(edge));
    }

    /// <summary>Everything about an edge in sentences, for a tooltip.</summary>
    public static string Tell(TopologyEdge edge)
    {
        var lines = new List<string>();
        if (edge.Share is { } share && edge.Kind == TopologyEdgeKind.Sends)
        {
            lines.Add($"{share.Percent} of the requests" + (edge.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $" to port {port}") : ""));
        }
        lines.AddRange(edge.Facts.Select(fact => $"{fact.Name}: {fact.Value}"));
        lines.AddRange(edge.Reasons.Select(reason => $"{reason.Code}: {reason.Message}"));
        return string.Join("\n", lines);
    }

    public static bool IsDashed(TopologyEdge edge) =>
        edge.Kind is TopologyEdgeKind.Mirrors or TopologyEdgeKind.Asks or TopologyEdgeKind.Redirects or TopologyEdgeKind.Implements || edge.Mark == TopologyMark.Removed;

    /// <summary>Why nothing gets through, save what the target shows itself.</summary>
    private static string Problem(TopologyEdge edge) =>
        edge is { Kind: TopologyEdgeKind.Sends or TopologyEdgeKind.Mirrors or TopologyEdgeKind.Asks, State: TopologyState.Error, Reasons: { Count: > 0 } reasons }
        && reasons[0].Code is not (ConditionReasons.BackendNotFound or "backend-not-found") ? reasons[0].Code : "";

    private static string Known(string label) => label.Length == 0 ? "100 %" : label;
}
