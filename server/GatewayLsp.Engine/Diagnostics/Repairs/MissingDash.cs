using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>
/// Fields of an item right below the key of their list, at its column: the dash is missing, or the space behind it, and so
/// they look like fields of the object that has the list.
/// </summary>
/// <param name="List">The entry that should have the item; nothing stands behind its key.</param>
/// <param name="Fields">What belongs to the items, without a gap.</param>
internal sealed record MissingDash(YamlEntry List, ImmutableArray<YamlEntry> Fields)
{
    /// <summary>Null when the field is not of that sort.</summary>
    public static MissingDash? Of(YamlEntry entry, SchemaNode owner, ManifestDocument document)
    {
        YamlMapping mapping = entry.Mapping;
        if (mapping.IsFlow || document.IsTemplate)
        {
            return null;
        }
        int list = mapping.Entries.IndexOf(entry) - 1;
        while (list >= 0 && owner.Child(mapping.Entries[list].Name) is null)
        {
            list--;
        }
        if (list < 0 || mapping.Entries[list].Value is not YamlScalar { IsMissing: true, Properties: null }
            || owner.Child(mapping.Entries[list].Name) is not { Types: SchemaTypes.Array, Items: { Properties.Length: > 0 } items })
        {
            return null;
        }
        ImmutableArray<YamlEntry>.Builder fields = ImmutableArray.CreateBuilder<YamlEntry>();
        for (int i = list + 1; i < mapping.Entries.Length && IsOfItem(mapping.Entries[i], items, owner, document); i++)
        {
            fields.Add(mapping.Entries[i]);
        }
        return fields.Contains(entry) ? new MissingDash(mapping.Entries[list], fields.DrainToImmutable()) : null;
    }

    public static bool IsGlued(YamlEntry entry) => entry.Key is YamlScalar { Style: ScalarStyle.Plain } && entry.Name is ['-', not ' ', ..];

    /// <summary>The fields made items, with their lines moved behind the dash.</summary>
    public static Fix Fix(ImmutableArray<YamlEntry> fields, ManifestDocument document)
    {
        ImmutableArray<SpanEdit>.Builder edits = ImmutableArray.CreateBuilder<SpanEdit>();
        for (int i = 0; i < fields.Length; i++)
        {
            YamlEntry field = fields[i];
            int start = field.Key.Span.Start;
            if (IsGlued(field))
            {
                edits.Add(new SpanEdit(new TextSpan(start + 1, 0), " "));
            }
            else
            {
                edits.Add(new SpanEdit(new TextSpan(start, 0), i == 0 ? "- " : "  "));
            }
            int last = document.Lines.LineOf(Math.Max(field.Key.Span.End, field.Span.End - 1));
            for (int line = document.Lines.LineOf(start) + 1; line <= last; line++)
            {
                if (!document.Lines.Line(line).IsWhiteSpace())
                {
                    edits.Add(new SpanEdit(new TextSpan(document.Lines.LineStart(line), 0), "  "));
                }
            }
        }
        return new Fix(IsGlued(fields[0]) ? "Add a space" : "Add `- `", edits.DrainToImmutable(), IsPreferred: IsGlued(fields[0]));
    }

    /// <summary>True for a field, with a dash glued to it or not, that an item may have and the object around it may not.</summary>
    public static bool IsOfItem(YamlEntry entry, SchemaNode items, SchemaNode? owner, ManifestDocument document)
    {
        string name = IsGlued(entry) ? entry.Name[1..] : entry.Name;
        int start = document.Lines.LineStart(document.Lines.LineOf(entry.Key.Span.Start));
        return items.Find(name) is not null && owner?.Child(entry.Name) is null && entry.Key.Properties is null && !entry.IsUnfinished
            && document.Text.AsSpan(start, entry.Key.Span.Start - start).Trim(' ').IsEmpty;
    }
}
