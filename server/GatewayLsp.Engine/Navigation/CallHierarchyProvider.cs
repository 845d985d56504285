using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>
/// The call hierarchy of traffic: class, Gateway, set of listeners, route, Service, workload. A request is "called" along that
/// way, whichever of two objects names the other. Incoming of anything else (a Secret, say) are the objects that name it.
/// </summary>
internal static class CallHierarchyProvider
{
    private const int MaxEdges = 2_000;

    public static ImmutableArray<CallItem> Prepare(Workspace workspace, string path, LinePosition position)
    {
        ObjectKey? key = SymbolFinder.At(workspace, path, position)?.Symbol switch
        {
            ObjectSymbol named => named.Key,
            SectionSymbol section => section.Owner,
            PortSymbol port => port.Owner,
            KindSymbol => HeadAt(workspace, path, position),
            _ => null,
        };
        if (key is not { } found)
        {
            return [];
        }
        var places = new PlaceList(workspace);
        return [.. workspace.Index.Find(found).Select(one => Item(workspace, places, one)).OfType<CallItem>()
            .OrderBy(item => item.Place.Path != path).ThenBy(item => item.Place.Path, StringComparer.Ordinal).ThenBy(item => item.Place.Range.Start)];
    }

    public static ImmutableArray<CallEdge> Incoming(Workspace workspace, ObjectKey key)
    {
        var edges = new Edges(workspace);
        foreach (IndexedObject one in workspace.Index.Find(key))
        {
            foreach (ObjectReference reference in ReferencesOf(one.Object))
            {
                if (IsReversed(reference.Role))
                {
                    foreach (IndexedObject from in workspace.Index.Find(reference.Target(workspace.Catalog)))
                    {
                        edges.Add(from, from, Called(from.Object, reference));
                    }
                }
            }
            foreach (IndexedObject service in Workloads.Selecting(workspace, one.Object))
            {
                edges.Add(service, service, [service.Object.At("spec", "selector")]);
            }
        }
        foreach (Referrer referrer in workspace.References.To(key))
        {
            if (!IsReversed(referrer.Reference.Role) && Self(referrer) is { } from)
            {
                edges.Add(from, from, [referrer.Reference.NameNode]);
            }
        }
        return edges.Sorted();
    }

    public static ImmutableArray<CallEdge> Outgoing(Workspace workspace, ObjectKey key)
    {
        var edges = new Edges(workspace);
        foreach (IndexedObject one in workspace.Index.Find(key))
        {
            foreach (ObjectReference reference in ReferencesOf(one.Object))
            {
                if (reference.Role is ReferenceRole.Backend or ReferenceRole.Mirror or ReferenceRole.Authorization)
                {
                    foreach (IndexedObject to in workspace.Index.Find(reference.Target(workspace.Catalog)))
                    {
                        edges.Add(to, one, [reference.NameNode]);
                    }
                }
            }
            foreach (IndexedObject workload in one.Object is { Kind: "Service", Gvk.Group: "" } ? Workloads.SelectedBy(workspace, one.Object) : [])
            {
                edges.Add(workload, one, [one.Object.At("spec", "selector")]);
            }
            foreach (Referrer referrer in workspace.References.To(key))
            {
                if (IsReversed(referrer.Reference.Role) && Self(referrer) is { } to)
                {
                    edges.Add(to, one, Called(one.Object, referrer.Reference));
                }
            }
        }
        return edges.Sorted();
    }

    /// <summary>True where traffic comes from the one that is named to the one that names it.</summary>
    private static bool IsReversed(ReferenceRole role) => role is ReferenceRole.Parent or ReferenceRole.Class;

    private static IEnumerable<ObjectReference> ReferencesOf(ManifestObject one) =>
        ReferenceFinder.Of(one.Document).Where(reference => ReferenceEquals(reference.From.Node, one.Node));

    private static IndexedObject? Self(Referrer referrer) => new(referrer.Path, referrer.Reference.From);

    /// <summary>The listeners or ports that a parent reference means, else the object's name.</summary>
    private static IEnumerable<YamlNode?> Called(ManifestObject parent, ObjectReference reference)
    {
        List<YamlMapping> meant = reference.SectionName is null && reference.Port is null ? [] : ObjectParts.Of(parent).FindAll(part =>
            (reference.SectionName is not { } name || ObjectParts.HasName(part, name)) && (reference.Port is not { } port || ObjectParts.HasNumber(part, port)));
        return meant.Count == 0 ? [parent.At("metadata", "name")] : meant.Select(part => part.Get("name") ?? part.Get("port"));
    }

    private static ObjectKey? HeadAt(Workspace workspace, string path, LinePosition position)
    {
        DocumentSlot slot = workspace.File(path)!.Manifest.At(position);
        return NodeFinder.At(slot.Document.Root, slot.OffsetOf(position)) is { } node && ObjectParts.ObjectOf(slot.Document, node) is { Name.Length: > 0 } one
            && node.Parent is { } parent && ReferenceEquals(parent, one.Node)
            ? ResourceIndex.KeyOf(one, workspace.Catalog)
            : null;
    }

    private static CallItem? Item(Workspace workspace, PlaceList places, IndexedObject found)
    {
        ManifestObject one = found.Object;
        string detail = one.Namespace.Length == 0 ? one.Kind : $"{one.Kind} · {one.Namespace}";
        return places.Of(SymbolOccurrences.OfObject(found)) is { } place
            ? new CallItem(ResourceIndex.KeyOf(one, workspace.Catalog), one.Name, $"{detail} · {ObjectPlace.FileName(found.Path)}", OutlineParts.KindOf(one), place)
            : null;
    }

    /// <summary>One edge an object, with every place that makes it.</summary>
    private sealed class Edges(Workspace workspace)
    {
        private readonly PlaceList _places = new(workspace);
        private readonly Dictionary<YamlNode, (IndexedObject Other, SortedDictionary<LinePosition, LineRange> Ranges)> _byObject = new(ReferenceEqualityComparer.Instance);

        /// <param name="from">The object that the nodes stand in.</param>
        public void Add(IndexedObject other, IndexedObject from, IEnumerable<YamlNode?> nodes)
        {
            if (!_byObject.TryGetValue(other.Object.Node, out var edge))
            {
                if (_byObject.Count == MaxEdges)
                {
                    return;
                }
                _byObject[other.Object.Node] = edge = (other, []);
            }
            if (_places.SlotOf(from.Path, from.Object.Document) is not { } slot)
            {
                return;
            }
            foreach (YamlNode? node in nodes)
            {
                if (node is not null)
                {
                    LineRange range = slot.RangeOf(SymbolSpans.Of(from.Object.Document, node));
                    edge.Ranges[range.Start] = range;
                }
            }
        }

        public ImmutableArray<CallEdge> Sorted()
        {
            var edges = new List<CallEdge>(_byObject.Count);
            foreach ((IndexedObject other, SortedDictionary<LinePosition, LineRange> ranges) in _byObject.Values)
            {
                if (Item(workspace, _places, other) is { } item)
                {
                    edges.Add(new CallEdge(item, [.. ranges.Values]));
                }
            }
            edges.Sort(static (a, b) => Compare(a.Other, b.Other));
            return [.. edges];
        }

        private static int Compare(CallItem a, CallItem b)
        {
            int order = string.CompareOrdinal(a.Key.Kind, b.Key.Kind);
            order = order != 0 ? order : string.CompareOrdinal(a.Key.Namespace, b.Key.Namespace);
            order = order != 0 ? order : string.CompareOrdinal(a.Key.Name, b.Key.Name);
            order = order != 0 ? order : string.CompareOrdinal(a.Place.Path, b.Place.Path);
            return order != 0 ? order : a.Place.Range.Start.CompareTo(b.Place.Range.Start);
        }
    }
}
