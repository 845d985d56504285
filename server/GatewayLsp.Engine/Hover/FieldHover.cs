using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Hover;

/// <summary>A field and its value.</summary>
internal static class FieldHover
{
    /// <summary>Between two parts of a hover.</summary>
    public const string Rule = "\n\n---\n\n";

    /// <summary>A key, or an item's dash.</summary>
    public static string OfKey(YamlNode node, Field field)
    {
        if (node.Entry is { IsMerge: true })
        {
            return "**<<** : merge\n\nTakes over the entries of the mapping that the alias stands for, except those written here. Clients resolve it before they send the object.";
        }
        return field.Status switch
        {
            FieldStatus.Known when field.IsMapKey => OfMapKey(node, field),
            FieldStatus.Known => field.Markdown,
            FieldStatus.FreeForm => $"**{FieldDocumentation.Escape(field.Path)}** : free-form\n\nThe schema does not restrict this value.",
            _ => $"**{FieldDocumentation.Escape(field.Path)}** : unknown\n\n{Unknown(node, field)}",
        };
    }

    /// <summary>A value that is written out: what it means, then its field.</summary>
    public static string OfValue(Workspace workspace, ManifestObject one, YamlScalar value, Field field)
    {
        if (SecretHover.Describe(one, value) is { } secret)
        {
            return secret + Rule + OfKey(value, field);
        }
        if (value.IsOpaque)
        {
            return "Filled in by another tool: the value is not known here." + Rule + OfKey(value, field);
        }
        string? meaning = Meaning(value, field);
        string about = meaning is not null && field is { Status: FieldStatus.Known, IsMapKey: false }
            ? meaning + Rule + FieldDocumentation.Of(field.Path, field.Schema, field.IsRequired, field.IsExperimental, withValues: false)
            : OfKey(value, field);
        return ReferenceHover.Describe(workspace, one, value) is { } target ? target + Rule + about : about;
    }

    private static string? Meaning(YamlScalar value, Field field)
    {
        foreach (KnownValue known in field.Schema.Values)
        {
            if (known.Value.Text == value.Value && known.Value.Kind is JsonKind.String or JsonKind.Number or JsonKind.Boolean
                && known.Description is { Length: > 0 })
            {
                return FieldDocumentation.OfValue(known);
            }
        }
        return null;
    }

    /// <summary>An entry of a map: its own meaning if it is a well-known one, and that of the map.</summary>
    private static string OfMapKey(YamlNode node, Field field)
    {
        var text = new StringBuilder(field.Markdown);
        if (node.Entry is { } entry && WellKnownKeys.Describe(entry.Name) is { } known)
        {
            text.Append("\n\n").Append(known);
        }
        if (field.Parent.Description is { Length: > 0 } description)
        {
            text.Append("\n\nEntry of `").Append(field.ParentPath).Append("`: ").Append(description);
        }
        if (field.Schema.Link is null)
        {
            FieldDocumentation.AppendLink(text, field.Parent.Link);
        }
        return text.ToString();
    }

    private static string Unknown(YamlNode node, Field field)
    {
        string text = field.ParentPath.Length == 0 ? "The kind has no such field." : $"`{field.ParentPath}` has no such field.";
        return node.Entry is { } entry && OldFields.Successor(entry.Name) is { } successor ? text + " " + successor : text;
    }
}
