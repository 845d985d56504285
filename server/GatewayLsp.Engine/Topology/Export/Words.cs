namespace GatewayLsp.Engine.Topology.Export;

/// <summary>How drawings call things.</summary>
internal static class Words
{
    public static string Of(TopologyNode node) => node.Kind switch
    {
        TopologyNodeKind.Client => "Client",
        TopologyNodeKind.ExternalHost => "Host",
        TopologyNodeKind.Cluster => "Cluster",
        TopologyNodeKind.Listener => "Listener",
        TopologyNodeKind.Rule => "Rule",
        TopologyNodeKind.Frontend => "Service (mesh)",
        _ => node.Object?.Kind ?? node.Kind.ToString(),
    };

    public static string Of(TopologyState state) => state switch
    {
        TopologyState.Error => "error",
        TopologyState.Warning => "warning",
        TopologyState.Unknown => "unknown",
        _ => "ok",
    };

    /// <summary>Everything about a node in lines, for a tooltip and for those who do not see the drawing.</summary>
    public static string Tell(TopologyNode node)
    {
        var lines = new List<string> { node.Namespace.Length == 0 ? $"{Of(node)} {node.Label}" : $"{Of(node)} {node.Label} in namespace {node.Namespace}" };
        if (node.Mark != TopologyMark.None)
        {
            lines.Add(node.Mark.ToString().ToLowerInvariant());
        }
        if (node.Presence != Resolution.Presence.Present)
        {
            lines.Add(node.Presence == Resolution.Presence.Absent ? "does not exist" : node.Kind == TopologyNodeKind.ServiceImport ? "created by a controller for what other clusters export" : "not in these manifests");
        }
        lines.AddRange(node.Facts.Where(fact => fact.Value.Length > 0).Select(fact => $"{fact.Name}: {fact.Value}"));
        lines.AddRange(node.Reasons.Select(reason => $"{reason.Code}: {reason.Message}"));
        return string.Join("\n", lines);
    }
}
