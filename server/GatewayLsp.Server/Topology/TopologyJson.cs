using System.Text.Json;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Topology;

/// <summary>
/// The stable machine form of a graph and its patches (docs/topology.md), for command line and LSP alike. Fields are written one
/// by one, since a patch has some of them only.
/// </summary>
/// <param name="fileField">How the file of a location is called: <c>path</c> or <c>uri</c>.</param>
/// <param name="nameOf">The name of a file for its key in the workspace.</param>
/// <param name="say">Texts in the user's language; null for English.</param>
internal sealed class TopologyJson(Utf8JsonWriter json, string fileField, Func<string, string> nameOf, Func<string, string>? say = null)
{
    private const NodeFields AllOfNode = (NodeFields)~0;
    private const EdgeFields AllOfEdge = (EdgeFields)~0;

    private readonly TopologyWords _words = new(say);

    /// <summary>The fields <c>nodes</c> and <c>edges</c> of an object under way.</summary>
    public void Write(TopologyGraph graph)
    {
        json.WriteStartArray("nodes");
        foreach (TopologyNode node in graph.Nodes)
        {
            json.WriteStartObject();
            Text("id", node.Id);
            Fields(node, AllOfNode, isWhole: true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (TopologyEdge edge in graph.Edges)
        {
            Whole(edge);
        }
        json.WriteEndArray();
    }

    public void Write(IEnumerable<TopologyPatch> patches)
    {
        json.WriteStartArray("patches");
        foreach (TopologyPatch patch in patches)
        {
            json.WriteStartObject();
            Write(patch);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Write(TopologyPatch patch)
    {
        switch (patch)
        {
            case TopologyPatch.LinesShifted shifted:
                json.WriteString("op", "linesShifted");
                Text(fileField, nameOf(shifted.Path));
                json.WriteNumber("fromLine", shifted.FromLine);
                json.WriteNumber("delta", shifted.Delta);
                break;
            case TopologyPatch.NodeRemoved removed:
                json.WriteString("op", "nodeRemoved");
                Text("id", removed.Id);
                break;
            case TopologyPatch.EdgeRemoved removed:
                json.WriteString("op", "edgeRemoved");
                Text("id", removed.Id);
                break;
            case TopologyPatch.NodeAdded added:
                json.WriteString("op", "nodeAdded");
                json.WriteStartObject("node");
                Text("id", added.Node.Id);
                Fields(added.Node, AllOfNode, isWhole: true);
                json.WriteEndObject();
                break;
            case TopologyPatch.EdgeAdded added:
                json.WriteString("op", "edgeAdded");
                json.WritePropertyName("edge");
                Whole(added.Edge);
                break;
            case TopologyPatch.NodeChanged changed:
                json.WriteString("op", "nodeChanged");
                Text("id", changed.After.Id);
                json.WriteStartObject("set");
                Fields(changed.After, changed.Fields, isWhole: false);
                json.WriteEndObject();
                break;
            case TopologyPatch.EdgeChanged changed:
                json.WriteString("op", "edgeChanged");
                Text("id", changed.After.Id);
                json.WriteStartObject("set");
                Fields(changed.After, changed.Fields, isWhole: false);
                json.WriteEndObject();
                break;
        }
    }

    private void Whole(TopologyEdge edge)
    {
        json.WriteStartObject();
        Text("id", edge.Id);
        Text("from", edge.From);
        Text("to", edge.To);
        json.WriteString("kind", Camel(edge.Kind.ToString()));
        Fields(edge, AllOfEdge, isWhole: true);
        json.WriteEndObject();
    }

    /// <param name="isWhole">Leave out what is null; in a patch, null says that it is gone.</param>
    private void Fields(TopologyNode node, NodeFields fields, bool isWhole)
    {
        if (fields.HasFlag(NodeFields.Kind))
        {
            json.WriteString("kind", Camel(node.Kind.ToString()));
        }
        if (fields.HasFlag(NodeFields.Object) && node.Object is { } key)
        {
            json.WriteStartObject("object");
            Text("group", key.Group);
            Text("kind", key.Kind);
            Text("namespace", key.Namespace);
            Text("name", key.Name);
            json.WriteEndObject();
        }
        if (fields.HasFlag(NodeFields.Parent))
        {
            Optional("parent", node.Parent, isWhole);
        }
        if (fields.HasFlag(NodeFields.Index))
        {
            json.WriteNumber("index", node.Index);
        }
        If(fields, NodeFields.Label, "label", _words.LabelOf(node));
        If(fields, NodeFields.Detail, "detail", _words.DetailOf(node));
        If(fields, NodeFields.Cluster, "cluster", node.Cluster);
        If(fields, NodeFields.Namespace, "namespace", node.Namespace);
        If(fields, NodeFields.Network, "network", node.Network);
        If(fields, NodeFields.Presence, "presence", Camel(node.Presence.ToString()));
        If(fields, NodeFields.State, "state", Camel(node.State.ToString()));
        if (fields.HasFlag(NodeFields.Reasons))
        {
            Write(node.Reasons);
        }
        if (fields.HasFlag(NodeFields.Facts))
        {
            Write(node.Facts, node.Kind);
        }
        if (fields.HasFlag(NodeFields.Place))
        {
            Write(node.Place, isWhole);
        }
        if (fields.HasFlag(NodeFields.Mark))
        {
            Optional("mark", MarkOf(node.Mark), isWhole);
        }
    }

    private void Fields(TopologyEdge edge, EdgeFields fields, bool isWhole)
    {
        if (fields.HasFlag(EdgeFields.Index))
        {
            json.WriteNumber("index", edge.Index);
        }
        if (fields.HasFlag(EdgeFields.Label))
        {
            Text("label", _words.LabelOf(edge));
        }
        if (fields.HasFlag(EdgeFields.Share))
        {
            Write(edge.Share, isWhole);
        }
        if (fields.HasFlag(EdgeFields.Port) && edge.Port is { } port)
        {
            json.WriteNumber("port", port);
        }
        else if (fields.HasFlag(EdgeFields.Port) && !isWhole)
        {
            json.WriteNull("port");
        }
        if (fields.HasFlag(EdgeFields.Tls))
        {
            Optional("tls", edge.Tls, isWhole);
        }
        if (fields.HasFlag(EdgeFields.State))
        {
            json.WriteString("state", Camel(edge.State.ToString()));
        }
        if (fields.HasFlag(EdgeFields.Reasons))
        {
            Write(edge.Reasons);
        }
        if (fields.HasFlag(EdgeFields.Facts))
        {
            Write(edge.Facts, null);
        }
        if (fields.HasFlag(EdgeFields.Place))
        {
            Write(edge.Place, isWhole);
        }
        if (fields.HasFlag(EdgeFields.Mark))
        {
            Optional("mark", MarkOf(edge.Mark), isWhole);
        }
        if (fields.HasFlag(EdgeFields.LabelBefore))
        {
            Optional("labelBefore", _words.LabelBeforeOf(edge), isWhole);
        }
    }

    private void Write(EquatableArray<TopologyReason> reasons)
    {
        json.WriteStartArray("reasons");
        foreach (TopologyReason reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString("state", Camel(reason.State.ToString()));
            Text("code", reason.Code);
            Text("message", _words.Message(reason.Message));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Write(EquatableArray<TopologyFact> facts, TopologyNodeKind? of)
    {
        json.WriteStartArray("facts");
        foreach (TopologyFact fact in facts)
        {
            json.WriteStartObject();
            Text("name", fact.Name);
            Text("value", _words.ValueOf(fact, of));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Write(Share? share, bool isWhole)
    {
        if (share is { } known)
        {
            json.WriteStartObject("share");
            json.WriteNumber("part", known.Part);
            json.WriteNumber("whole", known.Whole);
            json.WriteEndObject();
        }
        else if (!isWhole)
        {
            json.WriteNull("share");
        }
    }

    private void Write(TopologyPlace? place, bool isWhole)
    {
        if (place is { } known)
        {
            json.WriteStartObject("location");
            Text(fileField, nameOf(known.Path));
            json.WriteStartObject("range");
            Write("start", known.Range.Start);
            Write("end", known.Range.End);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else if (!isWhole)
        {
            json.WriteNull("location");
        }
    }

    private void Write(string name, LinePosition position)
    {
        json.WriteStartObject(name);
        json.WriteNumber("line", position.Line);
        json.WriteNumber("character", position.Character);
        json.WriteEndObject();
    }

    private void If(NodeFields fields, NodeFields field, string name, string value)
    {
        if (fields.HasFlag(field))
        {
            Text(name, value);
        }
    }

    private void Optional(string name, string? value, bool isWhole)
    {
        if (value is not null)
        {
            Text(name, value);
        }
        else if (!isWhole)
        {
            json.WriteNull(name);
        }
    }

    private void Text(string name, string value) => json.WriteString(name, Printable.WellFormed(value));

    private static string? MarkOf(TopologyMark mark) => mark == TopologyMark.None ? null : Camel(mark.ToString());

    private static string Camel(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
