using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Hover;

/// <summary>Why there is or is not a schema for a field.</summary>
internal enum FieldStatus : byte
{
    Known,

    /// <summary>Below something whose content the schema leaves open.</summary>
    FreeForm,

    /// <summary>The schema has no such field.</summary>
    Unknown,
}

/// <summary>A field of an object as its schema sees it.</summary>
internal sealed record Field
{
    /// <summary>Path without indexes (<c>spec.rules[].matches[]</c>), free keys in brackets.</summary>
    public required string Path { get; init; }

    public required FieldStatus Status { get; init; }

    /// <summary>Schema of the value; of no meaning unless the status is known.</summary>
    public SchemaNode Schema { get; init; } = SchemaNode.Any;

    /// <summary>Schema of what holds the field.</summary>
    public SchemaNode Parent { get; init; } = SchemaNode.Any;

    public string ParentPath { get; init; } = "";

    /// <summary>The name is chosen by the user: an entry of a map.</summary>
    public bool IsMapKey { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Not in the channel that the workspace is for.</summary>
    public bool IsExperimental { get; init; }

    public string Markdown => FieldDocumentation.Of(Path, Schema, IsRequired, IsExperimental);
}

/// <summary>Follows a node's path down the schema of its object.</summary>
internal static class FieldLookup
{
    /// <summary>
    /// The field whose value the node is (for a key: of its entry). What the chosen channel does not serve is looked up among
    /// all there is; a version that is gone, or never was, is explained by the one to use. Null when nothing is known of the kind.
    /// </summary>
    public static Field? Of(ManifestObject one, YamlNode node, SchemaCatalog catalog, Channel channel)
    {
        List<YamlNode> steps = StepsTo(node, one.Node);
        if (HeadHover.IsTemplated(one))
        {
            return KindGuess.Of(catalog, one.Kind, channel) is { } guess && catalog.FindAny(guess.Gvk) is { } meant ? Follow(meant, steps) : null;
        }
        SchemaNode? served = catalog.Find(one.Gvk, channel);
        Field? field = served is null ? null : Follow(served, steps);
        if (field is { Status: FieldStatus.Known or FieldStatus.FreeForm })
        {
            return field;
        }
        Field? unserved = catalog.FindAny(one.Gvk) is { } all ? Follow(all, steps) : null;
        if (unserved is { Status: FieldStatus.Known })
        {
            return unserved with { IsExperimental = unserved.IsExperimental || served is not null };
        }
        Field? successor = served is null && Successor(catalog, one.Gvk, channel) is { } newer ? Follow(newer, steps) : null;
        return successor is { Status: FieldStatus.Known } ? successor : field ?? unserved ?? successor;
    }

    private static SchemaNode? Successor(SchemaCatalog catalog, Gvk gvk, Channel channel) =>
        catalog.Explain(gvk, channel) is { Availability: KindAvailability.NoLongerServed or KindAvailability.UnknownVersion, Use: { } use } ? catalog.FindAny(use.Gvk) : null;

    /// <summary>The nodes below the object on the way to the node, each an entry's value or a list's item.</summary>
    private static List<YamlNode> StepsTo(YamlNode node, YamlMapping root)
    {
        var steps = new List<YamlNode>();
        for (YamlNode? at = node; at is not null && !ReferenceEquals(at, root); at = at.Parent)
        {
            steps.Add(at);
        }
        steps.Reverse();
        return steps;
    }

    private static Field Follow(SchemaNode root, List<YamlNode> steps)
    {
        var path = new StringBuilder();
        var field = new Field { Path = "", Status = FieldStatus.Known, Schema = root };
        foreach (YamlNode step in steps)
        {
            field = step.Owner is YamlEntry entry ? Named(field, entry.Name, path) : Item(field, path);
        }
        return field;
    }

    private static Field Named(Field holder, string name, StringBuilder path)
    {
        SchemaProperty? property = holder.Status == FieldStatus.Known ? holder.Schema.Find(name) : null;
        bool isMapKey = property is null && holder.Status == FieldStatus.Known && holder.Schema.AdditionalProperties is not null;
        if (isMapKey)
        {
            path.Append('[').Append(name).Append(']');
        }
        else
        {
            path.Append(path.Length == 0 ? "" : ".").Append(name);
        }
        return new Field
        {
            Path = path.ToString(),
            Status = property is not null || isMapKey ? FieldStatus.Known : Below(holder),
            Schema = property?.Schema ?? holder.Schema.AdditionalProperties ?? SchemaNode.Any,
            Parent = holder.Schema,
            ParentPath = holder.Path,
            IsMapKey = isMapKey,
            IsRequired = property?.IsRequired ?? false,
            IsExperimental = holder.IsExperimental || (property?.IsExperimental ?? false),
        };
    }

    private static Field Item(Field holder, StringBuilder path)
    {
        path.Append("[]");
        SchemaNode? items = holder.Status == FieldStatus.Known ? holder.Schema.Items : null;
        return new Field
        {
            Path = path.ToString(),
            Status = items is not null ? FieldStatus.Known : Below(holder),
            Schema = items ?? SchemaNode.Any,
            Parent = holder.Schema,
            ParentPath = holder.Path,
            IsExperimental = holder.IsExperimental,
        };
    }

    private static FieldStatus Below(Field holder) =>
        holder.Status != FieldStatus.Known ? holder.Status
        : holder.Schema.PreserveUnknownFields ? FieldStatus.FreeForm
        : FieldStatus.Unknown;
}
