using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>
/// Items that stand too far to the left: the item before them ends in the key of a list without a value, and their fields are
/// those of its items. So they became items of the list around.
/// </summary>
/// <param name="Opener">The entry whose items they should be.</param>
/// <param name="Around">The list that has them by mistake.</param>
/// <param name="First">Index of the first of them there.</param>
/// <param name="End">Index behind the last of them.</param>
internal sealed record DedentedItems(YamlEntry Opener, YamlSequence Around, int First, int End)
{
    private const int MaxLevels = 6;

    /// <summary>More forgotten indentation than this is none.</summary>
    private const int MaxItems = 64;

    /// <summary>The group that an item belongs to; null when it is where it should be as far as that can be told.</summary>
    /// <param name="own">The schema of the items of the list that it stands in.</param>
    public static DedentedItems? Of(YamlMapping item, SchemaNode own, ManifestDocument document)
    {
        if (item.Owner is not YamlSequence { IsFlow: false } around || document.IsTemplate)
        {
            return null;
        }
        int index = around.Items.IndexOf(item);
        for (int before = index - 1; before >= 0 && index - before <= MaxItems; before--)
        {
            if (Opened(around.Items[before], own) is ({ } opener, { } inner))
            {
                return Group(opener, inner, around, before + 1, index, document);
            }
        }
        return null;
    }

    /// <summary>The field that shows it: the first that an item has no place for where it stands.</summary>
    public YamlEntry? Proof(SchemaNode own)
    {
        for (int i = First; i < End; i++)
        {
            foreach (YamlEntry entry in ((YamlMapping)Around.Items[i]).Entries)
            {
                if (own.Child(entry.Name) is null)
                {
                    return entry;
                }
            }
        }
        return null;
    }

    /// <summary>The column at which the items belong: as far from the key as the list around is from its own.</summary>
    public int Column(ManifestDocument document)
    {
        int dash = ColumnOf(Around.Dashes[First], document);
        int offset = Around.Owner is YamlEntry holder ? Math.Clamp(dash - ColumnOf(holder.Key.Span.Start, document), 0, 4) : 0;
        return ColumnOf(Opener.Key.Span.Start, document) + offset;
    }

    public Fix Fix(ManifestDocument document)
    {
        var indentation = new string(' ', Column(document) - ColumnOf(Around.Dashes[First], document));
        ImmutableArray<SpanEdit>.Builder edits = ImmutableArray.CreateBuilder<SpanEdit>();
        YamlNode last = Around.Items[End - 1];
        int lastLine = document.Lines.LineOf(Math.Max(last.Span.Start, last.Span.End - 1));
        for (int line = document.Lines.LineOf(Around.Dashes[First]); line <= lastLine; line++)
        {
            if (!document.Lines.Line(line).IsWhiteSpace())
            {
                edits.Add(new SpanEdit(new TextSpan(document.Lines.LineStart(line), 0), indentation));
            }
        }
        return new Fix($"Indent into {Words.Shown(Opener.Name)}", edits.DrainToImmutable(), IsPreferred: false);
    }

    /// <summary>For the end of a sentence about <see cref="Proof"/>.</summary>
    public string Advice(ManifestDocument document) =>
        string.Create(CultureInfo.InvariantCulture, $"; indented by {Column(document)} spaces, this is an item of {Words.Shown(Opener.Name)}, which has none.");

    /// <summary>Null unless all from the first to the one in question could be such items, and stand on lines of their own.</summary>
    private static DedentedItems? Group(YamlEntry opener, SchemaNode inner, YamlSequence around, int first, int asked, ManifestDocument document)
    {
        int end = first;
        while (end < around.Items.Length && end - first < MaxItems && IsItem(around.Items[end], inner) && IsFirstOfLine(around.Dashes[end], document))
        {
            end++;
        }
        return asked < end ? new DedentedItems(opener, around, first, end) : null;
    }

    /// <summary>The key of a list that an item ends in, at any depth, with the schema of what the list should hold.</summary>
    private static (YamlEntry? Opener, SchemaNode? Inner) Opened(YamlNode item, SchemaNode own)
    {
        SchemaNode? schema = own;
        for (int level = 0; level < MaxLevels && schema is not null; level++)
        {
            switch (item)
            {
                case YamlSequence { IsFlow: false, Items: [.., var last] }:
                    (item, schema) = (last, schema.Items);
                    break;
                case YamlMapping { IsFlow: false, Entries: [.., var last] }:
                    schema = schema.Child(last.Name);
                    if (last.Value is YamlScalar { IsMissing: true, Properties: null } && !last.IsUnfinished)
                    {
                        return schema is { Types: SchemaTypes.Array, Items: { Properties.Length: > 0 } inner } ? (last, inner) : default;
                    }
                    item = last.Value;
                    break;
                default:
                    return default;
            }
        }
        return default;
    }

    private static bool IsItem(YamlNode node, SchemaNode inner)
    {
        if (node is not YamlMapping { Entries.Length: > 0, Properties: null } mapping)
        {
            return false;
        }
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (entry.IsUnfinished || inner.Find(entry.Name) is null)
            {
                return false;
            }
        }
        return true;
    }

    private static int ColumnOf(int offset, ManifestDocument document) => document.Lines.PositionOf(offset).Character;

    private static bool IsFirstOfLine(int offset, ManifestDocument document)
    {
        int start = document.Lines.LineStart(document.Lines.LineOf(offset));
        return document.Text.AsSpan(start, offset - start).Trim(' ').IsEmpty;
    }
}
