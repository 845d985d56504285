using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Hover;

/// <summary>A value that names another object: whether the workspace has it, where, and what it offers.</summary>
internal static class ReferenceHover
{
    private const int MaxPlaces = 5;

    /// <summary>Null when the value names nothing.</summary>
    public static string? Describe(Workspace workspace, ManifestObject one, YamlScalar value)
    {
        foreach (ObjectReference reference in ReferenceFinder.Of(one.Document))
        {
            if (ReferenceEquals(reference.From, one) && Part(reference, value) is { } part)
            {
                return part switch
                {
                    "name" => Target(workspace, reference),
                    "sectionName" => Section(workspace, reference),
                    "port" => Port(workspace, reference),
                    "kind" => Kind(workspace, reference),
                    "namespace" => Namespace(workspace, reference.Namespace),
                    _ => null,
                };
            }
        }
        return value.Entry is { Name: "namespace" } entry && entry.Mapping.Entry is { Name: "metadata" } metadata && ReferenceEquals(metadata.Mapping, one.Node)
            ? Namespace(workspace, value.Value)
            : null;
    }

    /// <summary>Which part of the reference the value is; null when it is none of it.</summary>
    private static string? Part(ObjectReference reference, YamlScalar value)
    {
        if (ReferenceEquals(reference.NameNode, value))
        {
            return "name";
        }
        if (value.Entry is not { } entry || reference.Node is not YamlMapping)
        {
            return null;
        }
        if (ReferenceEquals(entry.Mapping, reference.Node))
        {
            return entry.Name;
        }
        return entry.Mapping.Entry is { Name: "port" } port && ReferenceEquals(port.Mapping, reference.Node) ? "port" : null;
    }

    private static string Target(Workspace workspace, ObjectReference reference)
    {
        ObjectKey key = reference.Target(workspace.Catalog);
        var found = workspace.IndexAtHand.Find(key);
        if (found.IsEmpty)
        {
            return Absent(workspace, key);
        }
        var text = new StringBuilder();
        foreach (IndexedObject target in found.Take(MaxPlaces))
        {
            text.Append(text.Length == 0 ? "" : "\n\n").Append(Found(workspace, key, target));
            if (ObjectSummary.Of(target.Object) is { Length: > 0 } summary)
            {
                text.Append("\n\n").Append(summary);
            }
        }
        return found.Count > MaxPlaces ? text.Append("\n\nand ").Append(found.Count - MaxPlaces).Append(" more of that name").ToString() : text.ToString();
    }

    private static string? Section(Workspace workspace, ObjectReference reference)
    {
        string? name = reference.SectionName;
        ObjectKey key = reference.Target(workspace.Catalog);
        return name is null ? null : Parts(workspace, key, part => part.Get("name").Text() == name, FieldDocumentation.Code(name));
    }

    private static string? Port(Workspace workspace, ObjectReference reference)
    {
        ObjectKey key = reference.Target(workspace.Catalog);
        if (reference.PortName is { } portName)
        {
            return Parts(workspace, key, part => part.Get("name").Text() == portName, FieldDocumentation.Code(portName));
        }
        string? number = reference.Port?.ToString(CultureInfo.InvariantCulture);
        return number is null ? null : Parts(workspace, key, part => part.Get("port").Text() == number, number);
    }

    /// <summary>The listener or port of the target that is meant.</summary>
    private static string? Parts(Workspace workspace, ObjectKey key, Func<YamlMapping, bool> isMeant, string wanted)
    {
        bool ofService = key.Kind is "Service" or "ServiceImport";
        var found = workspace.IndexAtHand.Find(key);
        if (found.IsEmpty)
        {
            return Absent(workspace, key);
        }
        var text = new StringBuilder();
        foreach (IndexedObject target in found.Take(MaxPlaces))
        {
            if (target.Object.At("spec", ofService ? "ports" : "listeners") is not YamlSequence parts)
            {
                continue;
            }
            text.Append(text.Length == 0 ? "" : "\n\n").Append(Found(workspace, key, target));
            int before = text.Length;
            foreach (YamlNode item in parts.Items)
            {
                if (item.Resolved() is YamlMapping part && isMeant(part))
                {
                    text.Append("\n- ").Append(FieldDocumentation.Escape(ofService ? ObjectLabels.Port(part) : ObjectLabels.Listener(part)));
                }
            }
            if (text.Length == before)
            {
                text.Append("\n\nIt has no ").Append(ofService ? "port " : "listener ").Append(wanted).Append(". ").Append(ObjectSummary.Of(target.Object));
            }
        }
        return text.Length == 0 ? null : text.ToString();
    }

    private static string? Kind(Workspace workspace, ObjectReference reference)
    {
        SchemaCatalog catalog = workspace.Catalog;
        if (catalog.Preferred(reference.Group, reference.Kind, Channel.Experimental) is not { } kind)
        {
            return ForeignKinds.Find(reference.Group, reference.Kind)?.Note;
        }
        var text = new StringBuilder();
        text.Append("**").Append(kind.Kind).Append("** : ").Append(FieldDocumentation.Code(kind.Gvk.ApiVersion));
        HeadHover.AppendKind(text, catalog, kind);
        return text.ToString();
    }

    private static string? Namespace(Workspace workspace, string name)
    {
        var key = new ObjectKey("", "Namespace", "", name);
        var found = workspace.IndexAtHand.Find(key);
        return found.IsEmpty ? null : Found(workspace, key, found[0]);
    }

    private static string Found(Workspace workspace, ObjectKey key, IndexedObject target) =>
        $"**{FieldDocumentation.Escape(Show(key))}** in {ObjectPlace.Link(workspace, target.Path, target.Object.Document, ObjectPlace.HeadOf(target.Object).Start)}";

    /// <summary>Not to be found is no fault: much lives only in the cluster.</summary>
    private static string Absent(Workspace workspace, ObjectKey key)
    {
        if (LiveHover.Found(workspace, key) is { } live)
        {
            return live;
        }
        string where = AbsentHere(workspace, key);
        IReadOnlyList<string> clusters = FleetSymbols.ClustersWith(workspace, FleetSymbols.IsImport(key) ? ClusterBackends.ExportOf(key) : key);
        return clusters.Count == 0 ? where
            : FleetSymbols.IsImport(key) ? $"**{FieldDocumentation.Escape(Show(key))}** stands for the Services that {Clusters(clusters, "exports", "export")}."
            : $"**{FieldDocumentation.Escape(Show(key))}** is not in cluster {FieldDocumentation.Code(workspace.Cluster!)}; {Clusters(clusters, "has", "have")} it.";
    }

    private static string Clusters(IReadOnlyList<string> names, string one, string many) =>
        (names.Count == 1 ? "cluster " : "clusters ") + Naming.List([.. names.Select(FieldDocumentation.Code)]) + " " + (names.Count == 1 ? one : many);

    private static string AbsentHere(Workspace workspace, ObjectKey key) => workspace.Settings.IsComplete
        ? $"**{FieldDocumentation.Escape(Show(key))}** is not in this workspace."
        : $"**{FieldDocumentation.Escape(Show(key))}** is not in this workspace; it may be in the cluster.";

    private static string Show(ObjectKey key) => key.Namespace.Length == 0 ? $"{key.Kind} {key.Name}" : $"{key.Kind} {key.Namespace}/{key.Name}";
}
