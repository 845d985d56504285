using System.Text;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.InlayHints;

/// <summary>The fields that the API server adds where they are left out, behind the first field of what they are added to.</summary>
internal static class DefaultHints
{
    private const int MaxLabel = 100;
    private const int MaxNodes = 20_000;

    public static void Add(Workspace workspace, string path, ManifestObject one, HintList list)
    {
        if (workspace.CatalogOf(path, one.Document).Find(one.Gvk, workspace.Settings.Channel) is { } schema)
        {
            int budget = MaxNodes;
            Walk(one.Node, schema, list, ref budget);
        }
    }

    private static void Walk(YamlNode node, SchemaNode schema, HintList list, ref int budget)
    {
        if (--budget < 0 || !list.IsWanted(node.Span))
        {
            return;
        }
        if (node is YamlMapping mapping)
        {
            AddMissing(mapping, schema, list);
            foreach (YamlEntry entry in mapping.Entries)
            {
                if (schema.Child(entry.Name) is { } child)
                {
                    Walk(entry.Value, child, list, ref budget);
                }
            }
        }
        else if (node is YamlSequence sequence && schema.Items is { } items)
        {
            foreach (YamlNode item in sequence.Items)
            {
                Walk(item, items, list, ref budget);
            }
        }
    }

    private static void AddMissing(YamlMapping mapping, SchemaNode schema, HintList list)
    {
        if (mapping.Entries.IsEmpty || schema.Properties.IsEmpty || list.IsTemplated(mapping))
        {
            return;
        }
        var label = new StringBuilder();
        foreach (SchemaProperty property in schema.Properties)
        {
            if (property.Schema.Default is { } value && mapping.Get(property.Name).IsNull())
            {
                label.Append(label.Length == 0 ? "" : ", ").Append(property.Name).Append(": ").Append(YamlText.Flow(value));
            }
        }
        if (label.Length == 0 || mapping.Entries.Any(entry => entry.IsMerge))
        {
            return;
        }
        YamlEntry first = mapping.Entries[0];
        int line = list.Document.Lines.LineOf(first.Key.Span.Start);
        int place = first.Value is YamlScalar { IsMissing: false } scalar && list.Document.Lines.LineOf(scalar.Span.End) == line
            ? scalar.Span.End
            : Math.Min(first.Key.Span.End + 1, list.Document.Lines.LineEnd(line));
        list.Add(place, label.Length <= MaxLabel ? label.ToString() : label.ToString(0, MaxLabel - 1) + "…", "Added by the API server when left out.");
    }
}
