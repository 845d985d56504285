using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>
/// Where a field belongs that its object does not have: into the value of the entry before it, or into an object around.
/// </summary>
/// <param name="Owner">The value that should hold the field; missing when nothing stands behind its key yet.</param>
/// <param name="Column">Where the key has to begin.</param>
/// <param name="IsDeeper">It has to move to the right.</param>
internal sealed record Reindentation(YamlNode Owner, int Column, bool IsDeeper)
{
    private const int MaxLevels = 4;

    /// <summary>The nearest such place; null when there is none, or the field can't be moved by its indentation alone.</summary>
    public static Reindentation? Of(YamlEntry entry, ManifestObject one, SchemaNode root, ManifestDocument document)
    {
        if (entry.Mapping.IsFlow || document.IsTemplate || entry.IsUnfinished || entry.Key.Properties is not null || !IsFirstOfLine(entry, document))
        {
            return null;
        }
        int index = entry.Mapping.Entries.IndexOf(entry);
        Reindentation? found = (index > 0 ? Deeper(entry, entry.Mapping.Entries[index - 1], one, root, document) : null) ?? Shallower(entry, index, one, root, document);
        // In a damaged text the place may be where the field is already.
        return found?.Column == document.Lines.PositionOf(entry.Key.Span.Start).Character ? null : found;
    }

    /// <summary>The field on its lines, begun at the right column.</summary>
    public Fix Fix(YamlEntry entry, ManifestDocument document)
    {
        int delta = Column - document.Lines.PositionOf(entry.Key.Span.Start).Character;
        int last = document.Lines.LineOf(Math.Max(entry.Key.Span.End, entry.Span.End - 1));
        var edits = ImmutableArray.CreateBuilder<SpanEdit>();
        for (int line = document.Lines.LineOf(entry.Key.Span.Start); line <= last; line++)
        {
            if (!document.Lines.Line(line).IsWhiteSpace())
            {
                int start = document.Lines.LineStart(line);
                edits.Add(delta > 0 ? new SpanEdit(new TextSpan(start, 0), new string(' ', delta)) : new SpanEdit(new TextSpan(start, -delta), ""));
            }
        }
        return new Fix($"Indent by {Words.Count(Column, "space")}{Under}", edits.DrainToImmutable(), IsPreferred: false);
    }

    /// <summary>How a message calls the place.</summary>
    public string Place => KeyOf(Owner) is { } key ? $"in {Words.Shown(key)}" : "at the top of the object";

    private string Under => KeyOf(Owner) is { } key ? $", into {Words.Shown(key)}" : "";

    private static string? KeyOf(YamlNode owner) => owner.Owner switch
    {
        YamlEntry entry => entry.Name,
        YamlSequence { Owner: YamlEntry list } => list.Name,
        _ => null,
    };

    private static Reindentation? Deeper(YamlEntry entry, YamlEntry before, ManifestObject one, SchemaNode root, ManifestDocument document)
    {
        SchemaNode? schema = SchemaOf(before.Value, one, root);
        YamlNode value = before.Value;
        for (int level = 0; level < MaxLevels && schema is not null; level++)
        {
            if (value is YamlSequence { IsFlow: false, Items: [.., var last] })
            {
                (value, schema) = (last, schema.Items);
            }
            switch (value)
            {
                case YamlMapping { IsFlow: false, Entries: [var first, ..] } mapping when schema is not null:
                    if (mapping.Find(entry.Name) is null && Fits(entry, schema))
                    {
                        return new Reindentation(mapping, document.Lines.PositionOf(first.Key.Span.Start).Character, IsDeeper: true);
                    }
                    value = mapping.Entries[^1].Value;
                    schema = schema.Child(mapping.Entries[^1].Name);
                    break;
                case YamlScalar { IsMissing: true, Properties: null, Owner: YamlEntry owner } when schema is not null && Fits(entry, schema):
                    return new Reindentation(value, document.Lines.PositionOf(owner.Key.Span.Start).Character + 2, IsDeeper: true);
                default:
                    return null;
            }
        }
        return null;
    }

    /// <summary>Out of its object, when nothing comes behind it there: what follows would come along.</summary>
    private static Reindentation? Shallower(YamlEntry entry, int index, ManifestObject one, SchemaNode root, ManifestDocument document)
    {
        // The only field of an object leaves an empty one behind, whose lines would read otherwise.
        if (index == 0 || index != entry.Mapping.Entries.Length - 1)
        {
            return null;
        }
        YamlNode at = entry.Mapping;
        while (!ReferenceEquals(at, one.Node) && at.Parent is { } parent)
        {
            if (at.Owner is YamlEntry holder)
            {
                var mapping = (YamlMapping)parent;
                if (mapping.IsFlow || ReferenceEquals(holder.Key, at))
                {
                    return null;
                }
                if (mapping.Find(entry.Name) is null && SchemaOf(mapping, one, root) is { } schema && Fits(entry, schema))
                {
                    return new Reindentation(mapping, document.Lines.PositionOf(mapping.Entries[0].Key.Span.Start).Character, IsDeeper: false);
                }
                if (!ReferenceEquals(mapping.Entries[^1], holder))
                {
                    return null;
                }
            }
            else if (parent is YamlSequence list && (list.IsFlow || !ReferenceEquals(list.Items[^1], at)))
            {
                return null;
            }
            at = parent;
        }
        return null;
    }

    private static bool Fits(YamlEntry entry, SchemaNode owner) => owner.Find(entry.Name)?.Schema is { } schema && entry.Value switch
    {
        YamlMapping => schema.Allows(SchemaTypes.Object),
        YamlSequence => schema.Allows(SchemaTypes.Array),
        YamlScalar { IsMissing: true } or YamlScalar { IsOpaque: true } => true,
        YamlScalar scalar => SchemaValidator.TakesScalar(scalar, ScalarResolver.KindOf(scalar), schema),
        _ => false,
    };

    private static SchemaNode? SchemaOf(YamlNode node, ManifestObject one, SchemaNode root)
    {
        SchemaNode? schema = root;
        if (ReferenceEquals(node, one.Node))
        {
            return root;
        }
        IReadOnlyList<YamlNode> path = node.PathFrom(one.Node);
        foreach (YamlNode step in path)
        {
            schema = step.Owner is YamlEntry entry ? schema?.Child(entry.Name) : schema?.Items;
        }
        return path.Count == 0 ? null : schema;
    }

    private static bool IsFirstOfLine(YamlEntry entry, ManifestDocument document)
    {
        int start = document.Lines.LineStart(document.Lines.LineOf(entry.Key.Span.Start));
        return document.Text.AsSpan(start, entry.Key.Span.Start - start).Trim(' ').IsEmpty;
    }
}
