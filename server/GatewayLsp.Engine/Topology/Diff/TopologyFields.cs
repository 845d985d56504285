namespace GatewayLsp.Engine.Topology.Diff;

/// <summary>Which fields of two nodes or edges differ, and how some are taken over.</summary>
internal static class TopologyFields
{
    public static NodeFields Of(TopologyNode a, TopologyNode b) =>
        If(a.Kind != b.Kind, NodeFields.Kind) | If(a.Object != b.Object, NodeFields.Object) | If(a.Parent != b.Parent, NodeFields.Parent)
        | If(a.Index != b.Index, NodeFields.Index) | If(a.Label != b.Label, NodeFields.Label) | If(a.Detail != b.Detail, NodeFields.Detail)
        | If(a.Cluster != b.Cluster, NodeFields.Cluster) | If(a.Namespace != b.Namespace, NodeFields.Namespace) | If(a.Network != b.Network, NodeFields.Network)
        | If(a.Presence != b.Presence, NodeFields.Presence) | If(a.State != b.State, NodeFields.State) | If(a.Reasons != b.Reasons, NodeFields.Reasons)
        | If(a.Facts != b.Facts, NodeFields.Facts) | If(a.Place != b.Place, NodeFields.Place) | If(a.Mark != b.Mark, NodeFields.Mark);

    public static EdgeFields Of(TopologyEdge a, TopologyEdge b) =>
        If(a.Index != b.Index, EdgeFields.Index) | If(a.Label != b.Label, EdgeFields.Label) | If(a.Share != b.Share, EdgeFields.Share)
        | If(a.Port != b.Port, EdgeFields.Port) | If(a.Tls != b.Tls, EdgeFields.Tls) | If(a.State != b.State, EdgeFields.State)
        | If(a.Reasons != b.Reasons, EdgeFields.Reasons) | If(a.Facts != b.Facts, EdgeFields.Facts) | If(a.Place != b.Place, EdgeFields.Place)
        | If(a.Mark != b.Mark, EdgeFields.Mark) | If(a.LabelBefore != b.LabelBefore, EdgeFields.LabelBefore);

    public static TopologyNode With(this TopologyNode node, TopologyNode after, NodeFields fields) => node with
    {
        Kind = fields.HasFlag(NodeFields.Kind) ? after.Kind : node.Kind,
        Object = fields.HasFlag(NodeFields.Object) ? after.Object : node.Object,
        Parent = fields.HasFlag(NodeFields.Parent) ? after.Parent : node.Parent,
        Index = fields.HasFlag(NodeFields.Index) ? after.Index : node.Index,
        Label = fields.HasFlag(NodeFields.Label) ? after.Label : node.Label,
        Detail = fields.HasFlag(NodeFields.Detail) ? after.Detail : node.Detail,
        Cluster = fields.HasFlag(NodeFields.Cluster) ? after.Cluster : node.Cluster,
        Namespace = fields.HasFlag(NodeFields.Namespace) ? after.Namespace : node.Namespace,
        Network = fields.HasFlag(NodeFields.Network) ? after.Network : node.Network,
        Presence = fields.HasFlag(NodeFields.Presence) ? after.Presence : node.Presence,
        State = fields.HasFlag(NodeFields.State) ? after.State : node.State,
        Reasons = fields.HasFlag(NodeFields.Reasons) ? after.Reasons : node.Reasons,
        Facts = fields.HasFlag(NodeFields.Facts) ? after.Facts : node.Facts,
        Place = fields.HasFlag(NodeFields.Place) ? after.Place : node.Place,
        Mark = fields.HasFlag(NodeFields.Mark) ? after.Mark : node.Mark,
    };

    public static TopologyEdge With(this TopologyEdge edge, TopologyEdge after, EdgeFields fields) => edge with
    {
        Index = fields.HasFlag(EdgeFields.Index) ? after.Index : edge.Index,
        Label = fields.HasFlag(EdgeFields.Label) ? after.Label : edge.Label,
        Share = fields.HasFlag(EdgeFields.Share) ? after.Share : edge.Share,
        Port = fields.HasFlag(EdgeFields.Port) ? after.Port : edge.Port,
        Tls = fields.HasFlag(EdgeFields.Tls) ? after.Tls : edge.Tls,
        State = fields.HasFlag(EdgeFields.State) ? after.State : edge.State,
        Reasons = fields.HasFlag(EdgeFields.Reasons) ? after.Reasons : edge.Reasons,
        Facts = fields.HasFlag(EdgeFields.Facts) ? after.Facts : edge.Facts,
        Place = fields.HasFlag(EdgeFields.Place) ? after.Place : edge.Place,
        Mark = fields.HasFlag(EdgeFields.Mark) ? after.Mark : edge.Mark,
        LabelBefore = fields.HasFlag(EdgeFields.LabelBefore) ? after.LabelBefore : edge.LabelBefore,
    };

    private static T If<T>(bool differs, T field) where T : struct => differs ? field : default;
}
