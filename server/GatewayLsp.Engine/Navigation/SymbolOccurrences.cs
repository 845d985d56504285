using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>The places that define a symbol and those that use it, in no particular order; a place may come twice.</summary>
internal static class SymbolOccurrences
{
    public static IEnumerable<Occurrence> DefinitionsOf(Workspace workspace, string path, Symbol symbol)
    {
        switch (symbol)
        {
            case ObjectSymbol { Key: var key }:
                return workspace.Index.Find(key).Select(found => OfObject(found));
            case SectionSymbol section:
                return Parts(workspace, section.Owner, part => ObjectParts.HasName(part, section.Name), "name");
            case PortSymbol port:
                return Parts(workspace, port.Owner, part => ObjectParts.HasNumber(part, port.Number), "port");
            case KindSymbol kind:
                return Definitions(workspace, kind).Select(found => OfObject(found));
            case AnchorSymbol anchor:
                return [new Occurrence(path, anchor.Document, anchor.Target, SymbolSpans.OfAnchor(anchor.Target), SymbolSpans.OfAnchor(anchor.Target), IsDefinition: true)];
            case SelectionSymbol { TargetPort: { } port } selection:
                return ContainerPorts(workspace, selection.Service, port);
            case SelectionSymbol selection:
                return Workloads.SelectedBy(workspace, selection.Service).Select(found => OfObject(found));
            default:
                return [];
        }
    }

    public static IEnumerable<Occurrence> UsesOf(Workspace workspace, string path, Symbol symbol, CancellationToken cancel = default)
    {
        switch (symbol)
        {
            case ObjectSymbol { Key: { Kind: "Namespace", Group: "" } key }:
                return References(workspace, key, NameOf).Concat(OfNamespace(workspace, key.Name, cancel));
            case ObjectSymbol { Key: var key }:
                return References(workspace, key, NameOf).Concat(KustomizeTargets.Of(workspace, key)).Concat(ExpectationNames.Of(workspace, key));
            case SectionSymbol section:
                return References(workspace, section.Owner, reference => SectionOf(reference, section.Name)).Concat(EndpointPorts(workspace, section));
            case PortSymbol port:
                return References(workspace, port.Owner, reference => PortOf(reference, port.Number));
            case KindSymbol kind:
                return workspace.Index.OfKind(kind.Group, kind.Kind).Select(found => OfObject(found) with { IsDefinition = false });
            case AnchorSymbol anchor:
                return anchor.Document.Root?.DescendantsAndSelf().OfType<YamlAlias>().Where(alias => ReferenceEquals(alias.Target, anchor.Target))
                    .Select(alias => new Occurrence(path, anchor.Document, alias, SymbolSpans.OfAlias(alias), alias.Span, IsDefinition: false)) ?? [];
            default:
                return [];
        }
    }

    /// <summary>The definition of an object: its name stands for it, else its kind.</summary>
    public static Occurrence OfObject(IndexedObject found)
    {
        ManifestObject one = found.Object;
        YamlNode name = (one.At("metadata") as YamlMapping)?.Find("name")?.Value ?? one.Node.Get("kind") ?? one.Node;
        return Occurrence.Definition(found.Path, one.Document, name, one.Node.Span);
    }

    private static IEnumerable<Occurrence> References(Workspace workspace, ObjectKey target, Func<ObjectReference, YamlNode?> place)
    {
        foreach (Referrer referrer in workspace.References.To(target))
        {
            if (place(referrer.Reference) is { } node)
            {
                yield return Occurrence.Use(referrer.Path, referrer.Reference.From.Document, node);
            }
        }
    }

    private static YamlNode? NameOf(ObjectReference reference) =>
        (reference.Node as YamlMapping)?.Find("name")?.Value ?? reference.NameNode;

    private static YamlNode? SectionOf(ObjectReference reference, string name)
    {
        if (reference.Node is not YamlMapping mapping)
        {
            return null;
        }
        return reference.SectionName == name ? mapping.Find("sectionName")?.Value
            : reference.PortName == name ? (mapping.Get("port") as YamlMapping)?.Find("name")?.Value
            : null;
    }

    private static YamlNode? PortOf(ObjectReference reference, int number)
    {
        if (reference.Port != number || (reference.Node as YamlMapping)?.Find("port") is not { } entry)
        {
            return null;
        }
        return entry.Value.Resolved() is YamlMapping port ? port.Find("number")?.Value : entry.Value;
    }

    /// <summary>EndpointSlices name their ports as the Service does.</summary>
    private static IEnumerable<Occurrence> EndpointPorts(Workspace workspace, SectionSymbol section)
    {
        foreach (Referrer referrer in workspace.References.To(section.Owner))
        {
            if (referrer.Reference.Role == ReferenceRole.Endpoints)
            {
                foreach (YamlMapping port in RouteLabels.Items(referrer.Reference.From.At("ports")))
                {
                    if (ObjectParts.HasName(port, section.Name))
                    {
                        yield return Occurrence.Use(referrer.Path, referrer.Reference.From.Document, port.Find("name")!.Value);
                    }
                }
            }
        }
    }

    private static IEnumerable<Occurrence> OfNamespace(Workspace workspace, string name, CancellationToken cancel)
    {
        foreach ((string path, WorkspaceFile file) in workspace.Files)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (DocumentSlot slot in file.Manifest.Documents)
            {
                // Most documents do not even have the word.
                if (!NameText.Has(slot.Document.Text, name))
                {
                    continue;
                }
                foreach (YamlNode node in NamespaceUses.In(slot.Document, name))
                {
                    yield return Occurrence.Use(path, slot.Document, node);
                }
            }
        }
    }

    private static IEnumerable<Occurrence> Parts(Workspace workspace, ObjectKey owner, Func<YamlMapping, bool> isMeant, string field)
    {
        foreach (IndexedObject found in workspace.Index.Find(owner))
        {
            foreach (YamlMapping part in ObjectParts.Of(found.Object))
            {
                if (isMeant(part))
                {
                    yield return Occurrence.Definition(found.Path, found.Object.Document, part.Find(field)!.Value, part.Span);
                }
            }
        }
    }

    /// <summary>A CustomResourceDefinition is called after the plural of its kind and its group.</summary>
    private static IEnumerable<IndexedObject> Definitions(Workspace workspace, KindSymbol kind)
    {
        foreach (string plural in workspace.Catalog.KindsNamed(kind.Kind).Where(known => known.Group == kind.Group).Select(known => known.Plural).Distinct())
        {
            foreach (IndexedObject found in workspace.Index.Find(new ObjectKey("apiextensions.k8s.io", "CustomResourceDefinition", "", $"{plural}.{kind.Group}")))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<Occurrence> ContainerPorts(Workspace workspace, ManifestObject service, string port)
    {
        foreach (IndexedObject workload in Workloads.SelectedBy(workspace, service))
        {
            foreach (YamlMapping one in Workloads.PortsOf(workload.Object))
            {
                string field = ObjectParts.HasName(one, port) ? "name" : one.Get("containerPort").Text() == port ? "containerPort" : "";
                if (field.Length > 0)
                {
                    yield return Occurrence.Definition(workload.Path, workload.Object.Document, one.Find(field)!.Value, one.Span);
                }
            }
        }
    }
}
