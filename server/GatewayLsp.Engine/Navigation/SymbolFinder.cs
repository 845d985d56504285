using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>What the cursor is on. Keys, blanks and values that a template fills in are nothing.</summary>
internal static class SymbolFinder
{
    public static SymbolPlace? At(Workspace workspace, string path, LinePosition position)
    {
        if (workspace.File(path) is not { } file)
        {
            return null;
        }
        DocumentSlot slot = file.Manifest.At(position);
        ManifestDocument document = slot.Document;
        int offset = slot.OffsetOf(position);
        List<YamlNode> chain = NodeFinder.Chain(document.Root, offset);
        if (chain.Count == 0)
        {
            return Anchor(path, slot, document.Root, offset);
        }
        switch (chain[^1])
        {
            case YamlAlias { Target: { } target } alias when IsWritten(document, target):
                return new SymbolPlace(new AnchorSymbol(document, target), path, slot, SymbolSpans.OfAlias(alias));
            case YamlScalar { IsMissing: false, IsOpaque: false } scalar when !IsKey(scalar):
                return Of(workspace, document, scalar) is { } symbol ? new SymbolPlace(symbol, path, slot, SymbolSpans.Of(document, scalar)) : null;
            case YamlMapping or YamlSequence:
                return Anchor(path, slot, chain[^1], offset);
            default:
                return null;
        }
    }

    /// <summary>The symbol that a value names.</summary>
    public static Symbol? Of(Workspace workspace, ManifestDocument document, YamlScalar scalar)
    {
        if (ObjectParts.ObjectOf(document, scalar) is not { } one)
        {
            return null;
        }
        foreach (ObjectReference reference in ReferenceFinder.Of(document))
        {
            if (ReferenceEquals(reference.From, one) && PartOf(workspace, reference, scalar) is { } part)
            {
                return part;
            }
        }
        return Own(workspace, one, scalar) ?? (NamespaceUses.IsUse(one, scalar) ? NamespaceUses.Symbol(scalar.Value) : null);
    }

    private static bool IsKey(YamlNode node) => node.Entry is { } entry && ReferenceEquals(entry.Key, node);

    private static Symbol? PartOf(Workspace workspace, ObjectReference reference, YamlScalar scalar)
    {
        if (ReferenceEquals(reference.NameNode, scalar))
        {
            return reference.Name.Length == 0 ? null : new ObjectSymbol(reference.Target(workspace.Catalog));
        }
        if (reference.Node is not YamlMapping mapping || scalar.Entry is not { } entry)
        {
            return null;
        }
        if (!ReferenceEquals(entry.Mapping, mapping))
        {
            // An Ingress has the port's name or number one level down.
            return entry.Mapping.Entry is { Name: "port" } port && ReferenceEquals(port.Mapping, mapping) ? PortOf(workspace, reference) : null;
        }
        return entry.Name switch
        {
            "sectionName" => new SectionSymbol(reference.Target(workspace.Catalog), scalar.Value),
            "port" => PortOf(workspace, reference),
            "kind" or "group" or "apiGroup" => new KindSymbol(reference.Group, reference.Kind),
            "namespace" => NamespaceUses.Symbol(scalar.Value),
            _ => null,
        };
    }

    private static Symbol? PortOf(Workspace workspace, ObjectReference reference)
    {
        ObjectKey owner = reference.Target(workspace.Catalog);
        return reference.PortName is { } name ? new SectionSymbol(owner, name) : reference.Port is { } number ? new PortSymbol(owner, number) : null;
    }

    /// <summary>What the object says of itself: its kind, its name, the names of its parts.</summary>
    private static Symbol? Own(Workspace workspace, ManifestObject one, YamlScalar scalar)
    {
        List<string> path = ObjectParts.PathOf(one, scalar);
        switch (path)
        {
            case ["apiVersion" or "kind"]:
                return new KindSymbol(one.Gvk.Group, one.Kind);
            case ["metadata", "name"]:
                return one.Kind.Length == 0 ? null : new ObjectSymbol(ResourceIndex.KeyOf(one, workspace.Catalog));
            case ["spec", "selector", ..] when one is { Kind: "Service", Gvk.Group: "" }:
                return new SelectionSymbol(one, null);
            case ["spec", "ports", "", "targetPort"] when one is { Kind: "Service", Gvk.Group: "" }:
                return new SelectionSymbol(one, scalar.Value);
            case ["spec", var list, "", "name"] when list == ObjectParts.ListOf(one.Gvk.Group, one.Kind) && one.Name.Length > 0:
                return new SectionSymbol(ResourceIndex.KeyOf(one, workspace.Catalog), scalar.Value);
            case ["spec", "ports" or "listeners", "", "port"] when ObjectParts.ListOf(one.Gvk.Group, one.Kind) == path[1] && one.Name.Length > 0:
                return int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? new PortSymbol(ResourceIndex.KeyOf(one, workspace.Catalog), number)
                    : null;
            case ["spec", "from", "", "kind" or "group"] when one.Kind == "ReferenceGrant" && scalar.Entry is { } entry:
                return entry.Mapping.Get("kind").Text() is { } kind ? new KindSymbol(entry.Mapping.Get("group").Text() ?? "", kind) : null;
            default:
                return null;
        }
    }

    /// <summary>An anchor stands in front of its node, outside of the node's span.</summary>
    private static SymbolPlace? Anchor(string path, DocumentSlot slot, YamlNode? around, int offset)
    {
        IEnumerable<YamlNode> inside = around switch
        {
            YamlMapping mapping => mapping.Entries.SelectMany(entry => (YamlNode[])[entry.Key, entry.Value]),
            YamlSequence sequence => sequence.Items,
            _ => [],
        };
        foreach (YamlNode node in around is null ? inside : inside.Prepend(around))
        {
            if (node.Properties is { Anchor: not null } properties && properties.AnchorSpan.Touches(offset) && IsWritten(slot.Document, node))
            {
                return new SymbolPlace(new AnchorSymbol(slot.Document, node), path, slot, SymbolSpans.OfAnchor(node));
            }
        }
        return null;
    }

    /// <summary>False for an anchor whose name a template makes: what stands there is an expression.</summary>
    private static bool IsWritten(ManifestDocument document, YamlNode anchored)
    {
        TextSpan span = SymbolSpans.OfAnchor(anchored);
        return document.Text.AsSpan(span.Start, span.Length).SequenceEqual(anchored.Properties!.Anchor);
    }
}
