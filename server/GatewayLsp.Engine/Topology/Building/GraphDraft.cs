using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>A graph in the making: nodes and edges by identifier, what is not well with them, and where they are written.</summary>
internal sealed class GraphDraft(Workspace workspace)
{
    private readonly Dictionary<string, TopologyNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TopologyEdge> _edges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TopologyReason>> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, TopologyEdgeKind), int> _places = [];
    private readonly Dictionary<ManifestDocument, (string Path, DocumentSlot Slot)> _slots = Slots(workspace);
    private readonly Dictionary<ManifestDocument, List<(TextSpan Span, string Id)>> _spans = new(ReferenceEqualityComparer.Instance);
    private Dependencies? _presence;

    public Workspace Workspace => workspace;

    public Resolver Resolver => workspace.Resolver;

    public IEnumerable<TopologyNode> Nodes => _nodes.Values;

    public bool Has(string id) => _nodes.ContainsKey(id);

    public TopologyNode? Find(string id) => _nodes.GetValueOrDefault(id);

    /// <summary>The first one of an identifier stays, except that what is there takes the place of what was only referred to.</summary>
    public void Add(TopologyNode node)
    {
        if (!_nodes.TryGetValue(node.Id, out TopologyNode? known) || (known.Presence != Presence.Present && node.Presence == Presence.Present))
        {
            _nodes[node.Id] = node;
        }
    }

    /// <summary>An identifier that no node has yet: of two parts with one name, the second one gets a number.</summary>
    public string Unused(string id)
    {
        string free = id;
        for (int i = 2; _nodes.ContainsKey(free); i++)
        {
            free = $"{id}~{i}";
        }
        return free;
    }

    /// <summary>Adds an edge; a second one of the same identifier gets a number. The answer is its identifier.</summary>
    public string Add(TopologyEdge edge)
    {
        string id = edge.Id;
        for (int i = 2; _edges.ContainsKey(id); i++)
        {
            id = $"{edge.Id}~{i}";
        }
        int index = _places.GetValueOrDefault((edge.From, edge.Kind));
        _places[(edge.From, edge.Kind)] = index + 1;
        _edges[id] = edge with { Id = id, Index = index };
        return id;
    }

    public bool HasEdge(string id) => _edges.ContainsKey(id);

    public void Mark(string id, TopologyState state, string code, string message)
    {
        if (!_reasons.TryGetValue(id, out List<TopologyReason>? reasons))
        {
            _reasons[id] = reasons = [];
        }
        reasons.Add(new TopologyReason(state, code, message));
    }

    /// <summary>Whether an object that something refers to is there.</summary>
    public Presence PresenceOf(ObjectKey key) => (_presence ??= new Dependencies(workspace.Resolver)).PresenceOf(key);

    /// <summary>The name of an object: what to show for it.</summary>
    public TopologyPlace? PlaceOf(ManifestObject one) => PlaceOf(one.Document, Navigation.ObjectPlace.HeadOf(one));

    public TopologyPlace? PlaceOf(ManifestDocument document, TextSpan span) =>
        _slots.TryGetValue(document, out (string Path, DocumentSlot Slot) found) && workspace.SourceOf(found.Path, found.Slot, span) is { } source
            ? new TopologyPlace(source.Path, source.Range) : null;

    /// <summary>Findings inside of the node's text are about this element, unless a smaller one claims them.</summary>
    public void Claim(ManifestDocument document, YamlNode node, string id)
    {
        if (!_spans.TryGetValue(document, out List<(TextSpan, string)>? spans))
        {
            _spans[document] = spans = [];
        }
        spans.Add((node.Span, id));
    }

    /// <summary>The element with the smallest claim on a span; null when none has one.</summary>
    public string? OwnerOf(ManifestDocument document, TextSpan span)
    {
        string? best = null;
        int length = int.MaxValue;
        foreach ((TextSpan claimed, string id) in _spans.GetValueOrDefault(document) ?? [])
        {
            if (claimed.Contains(span) && claimed.Length < length)
            {
                best = id;
                length = claimed.Length;
            }
        }
        return best;
    }

    /// <summary>The files that the elements are written in, in order.</summary>
    public IEnumerable<string> Files() => _spans.Keys.Select(document => _slots.TryGetValue(document, out var found) ? found.Path : null)
        .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public TopologyGraph Complete() => TopologyGraph.Of(
        _nodes.Values.Select(node => Reasons(node.Id) is { Count: > 0 } reasons ? node with { Reasons = reasons, State = Heaviest(node.State, reasons) } : node),
        _edges.Values.Where(edge => _nodes.ContainsKey(edge.From) && _nodes.ContainsKey(edge.To))
            .Select(edge => Reasons(edge.Id) is { Count: > 0 } reasons ? edge with { Reasons = reasons, State = Heaviest(edge.State, reasons) } : edge));

    /// <summary>The heaviest first; what a condition and a diagnostic both say is said once.</summary>
    private EquatableArray<TopologyReason> Reasons(string id)
    {
        if (!_reasons.TryGetValue(id, out List<TopologyReason>? reasons))
        {
            return [];
        }
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. reasons
            .Where(reason => seen.Add(reason.Code.Replace("-", "", StringComparison.Ordinal)))
            .OrderByDescending(reason => reason.State).ThenBy(reason => reason.Code, StringComparer.Ordinal).ThenBy(reason => reason.Message, StringComparer.Ordinal)];
    }

    private static TopologyState Heaviest(TopologyState state, EquatableArray<TopologyReason> reasons) =>
        reasons[0].State > state ? reasons[0].State : state;

    private static Dictionary<ManifestDocument, (string, DocumentSlot)> Slots(Workspace workspace)
    {
        var slots = new Dictionary<ManifestDocument, (string, DocumentSlot)>(ReferenceEqualityComparer.Instance);
        foreach ((string path, WorkspaceFile file) in workspace.Files)
        {
            foreach (DocumentSlot slot in file.Manifest.Documents)
            {
                slots[slot.Document] = (path, slot);
            }
        }
        return slots;
    }
}
