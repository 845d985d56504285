using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>Whether what stands below a key that is being written could be that key's value.</summary>
internal static class ContentFit
{
    /// <summary>By shape, and for mappings by knowing at least half of the keys: the rest may be misspelt or of another version.</summary>
    public static bool Fits(SchemaNode schema, YamlNode content) => content.Resolved() switch
    {
        YamlMapping mapping => Skeleton.IsMapping(schema) && (schema.Properties.IsEmpty || mapping.Entries.IsEmpty || KnowsKeys(schema, mapping)),
        YamlSequence list => Skeleton.IsList(schema) && (list.Items.IsEmpty || schema.Items is null || Fits(schema.Items, list.Items[0])),
        YamlScalar { IsMissing: false } => !Skeleton.IsList(schema) && !Skeleton.IsMapping(schema),
        _ => true,
    };

    private static bool KnowsKeys(SchemaNode schema, YamlMapping mapping)
    {
        int known = 0;
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (schema.Child(entry.Name) is { } child && (entry.Value is YamlScalar || Fits(child, entry.Value)))
            {
                known++;
            }
        }
        return known * 2 >= mapping.Entries.Length;
    }
}
