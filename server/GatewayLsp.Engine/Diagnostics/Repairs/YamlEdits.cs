using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>
/// Edits that keep a document YAML: entries and items taken out with their lines, fields put in at the right column.
/// Null where the text around is too unusual to be sure.
/// </summary>
internal sealed class YamlEdits(ManifestDocument document)
{
    private string Text => document.Text;

    private string NewLine => Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>Takes out an entry with its key, value and lines. What is left of a mapping that had but this is <c>{}</c>.</summary>
    public SpanEdit? Remove(YamlEntry entry)
    {
        YamlMapping mapping = entry.Mapping;
        int index = mapping.Entries.IndexOf(entry);
        if (IsOdd(entry) || (index > 0 && IsOdd(mapping.Entries[index - 1])) || (index + 1 < mapping.Entries.Length && IsOdd(mapping.Entries[index + 1])))
        {
            return null;
        }
        TextSpan? gone = Gone(Start(entry.Key), entry.Span.End, index, mapping.Entries.Length, mapping.IsFlow,
            i => Start(mapping.Entries[i].Key), i => mapping.Entries[i].Span.End);
        return gone is { } span ? Checked(span, "") : mapping.Parent is null ? null : Checked(mapping.Span, "{}");
    }

    /// <summary>Takes out an item with its dash and lines. What is left of a list that had but this is <c>[]</c>.</summary>
    public SpanEdit? Remove(YamlSequence sequence, int index)
    {
        if (!sequence.IsFlow && sequence.Dashes.Length != sequence.Items.Length)
        {
            return null;
        }
        TextSpan? gone = Gone(ItemStart(index), ItemEnd(index), index, sequence.Items.Length, sequence.IsFlow, ItemStart, ItemEnd);
        return gone is { } span ? Checked(span, "") : Checked(sequence.Span, "[]");

        int ItemStart(int i) => sequence.IsFlow ? Start(sequence.Items[i]) : sequence.Dashes[i];
        int ItemEnd(int i) => sequence.IsFlow ? sequence.Items[i].Span.End : Math.Max(sequence.Items[i].Span.End, sequence.Dashes[i] + 1);
    }

    /// <summary>
    /// Adds a field to an object, behind the fields that come before it in the schema; or gives a value to one that stands
    /// there without.
    /// </summary>
    public SpanEdit? Insert(YamlMapping mapping, YamlEntry? existing, string name, JsonValue value, SchemaNode? owner)
    {
        if (existing is not null)
        {
            return Fill(existing, value);
        }
        if (mapping.IsFlow)
        {
            return InsertFlow(mapping, name, value);
        }
        if (mapping.Entries.Length == 0 || mapping.Entries[0].Key.Properties is not null || mapping.Entries.Any(IsOdd) || document.IsTemplate)
        {
            return null;
        }
        int column = Column(mapping.Entries[0].Key.Span.Start);
        if (document.Lines.Line(document.Lines.LineOf(mapping.Entries[0].Key.Span.Start))[..column].IndexOfAny("\t\u0085\u2028\u2029") >= 0)
        {
            // How wide a tab is meant nobody knows; the others are line breaks to the parser alone.
            return null;
        }
        string pad = new(' ', column);
        string field = YamlText.Of(name) + ":" + YamlText.Behind(value, value.Kind == JsonKind.Array ? column : column + 2, NewLine);
        int before = Predecessor(mapping, name, owner);
        if (before < 0)
        {
            return new SpanEdit(new TextSpan(mapping.Entries[0].Key.Span.Start, 0), field + NewLine + pad);
        }
        int end = document.Lines.LineEnd(document.Lines.LineOf(mapping.Entries[before].Span.End));
        return new SpanEdit(new TextSpan(end, 0), NewLine + pad + field);
    }

    /// <summary>Makes a block mapping or a scalar the only item of a list.</summary>
    public ImmutableArray<SpanEdit> WrapInList(YamlNode node)
    {
        if (node.Entry is not { } entry || ReferenceEquals(entry.Key, node) || node.Properties is not null || document.IsTemplate)
        {
            return [];
        }
        if (node is YamlScalar { Style: ScalarStyle.Literal or ScalarStyle.Folded })
        {
            return [];
        }
        if (node is YamlScalar { Style: ScalarStyle.Plain } scalar && scalar.Value.AsSpan().IndexOfAny(",[]{}:") >= 0)
        {
            return [new SpanEdit(node.Span, "[" + YamlText.Quoted(scalar.Value) + "]")];
        }
        if (node is not YamlMapping { IsFlow: false } mapping)
        {
            return [new SpanEdit(new TextSpan(node.Span.Start, 0), "["), new SpanEdit(new TextSpan(node.Span.End, 0), "]")];
        }
        int first = document.Lines.LineOf(mapping.Span.Start);
        if (mapping.Entries.Any(e => e.Key.Properties is not null || IsOdd(e)) || first == document.Lines.LineOf(entry.Key.Span.Start))
        {
            return [];
        }
        ImmutableArray<SpanEdit>.Builder edits = ImmutableArray.CreateBuilder<SpanEdit>();
        edits.Add(new SpanEdit(new TextSpan(mapping.Span.Start, 0), "- "));
        for (int line = first + 1; line <= document.Lines.LineOf(mapping.Span.End); line++)
        {
            if (!document.Lines.Line(line).IsWhiteSpace())
            {
                edits.Add(new SpanEdit(new TextSpan(document.Lines.LineStart(line), 0), "  "));
            }
        }
        return edits.DrainToImmutable();
    }

    /// <summary>A key behind a <c>?</c> or none at all: where such an entry begins and ends is another matter.</summary>
    private bool IsOdd(YamlEntry entry)
    {
        ReadOnlySpan<char> before = Text.AsSpan(0, Start(entry.Key)).TrimEnd();
        return entry.Key.Span.IsEmpty || (before.EndsWith("?") && (before.Length == 1 || !char.IsAsciiLetterOrDigit(before[^2])));
    }

    private SpanEdit? Fill(YamlEntry entry, JsonValue value)
    {
        if (entry.Value is not YamlScalar { Properties: null } scalar || entry.Mapping.Entries.Any(IsOdd) || document.IsTemplate)
        {
            return null;
        }
        bool isJson = entry.Key is YamlScalar { Style: ScalarStyle.DoubleQuoted };
        if (!scalar.IsMissing)
        {
            return new SpanEdit(scalar.Span, YamlText.Flow(value, isJson));
        }
        int colon = Text.IndexOf(':', entry.Key.Span.End);
        if (colon < 0 || !Text.AsSpan(entry.Key.Span.End, colon - entry.Key.Span.End).IsWhiteSpace())
        {
            return null;
        }
        bool isBlock = value.Kind == JsonKind.Object ? value.Members.Length > 0 : value.Kind == JsonKind.Array && value.Items.Length > 0;
        if (entry.Mapping.IsFlow || !isBlock)
        {
            return new SpanEdit(new TextSpan(colon + 1, 0), " " + YamlText.Flow(value, isJson));
        }
        int end = document.Lines.LineEnd(document.Lines.LineOf(colon));
        int column = Column(entry.Key.Span.Start);
        return new SpanEdit(new TextSpan(end, 0), YamlText.Behind(value, value.Kind == JsonKind.Array ? column : column + 2, NewLine));
    }

    private SpanEdit? InsertFlow(YamlMapping mapping, string name, JsonValue value)
    {
        int open = mapping.Span.Start;
        if (mapping.Span.Length < 2 || Text[open] != '{' || Text[mapping.Span.End - 1] != '}')
        {
            return null;
        }
        YamlNode? style = mapping.Entries.Length > 0 ? mapping.Entries[0].Key : mapping.Entry?.Key;
        bool isJson = style is YamlScalar { Style: ScalarStyle.DoubleQuoted };
        string field = (isJson ? YamlText.Quoted(name) : YamlText.Of(name)) + ": " + YamlText.Flow(value, isJson);
        return mapping.Entries.Length == 0
            ? new SpanEdit(new TextSpan(open + 1, 0), field)
            : new SpanEdit(new TextSpan(Start(mapping.Entries[0].Key), 0), field + ", ");
    }

    /// <summary>Index of the entry behind which the schema would have the field; -1 when it comes first.</summary>
    private static int Predecessor(YamlMapping mapping, string name, SchemaNode? owner)
    {
        int order = owner is null ? int.MaxValue : Order(owner, name);
        int best = -1;
        int bestOrder = -1;
        for (int i = 0; i < mapping.Entries.Length; i++)
        {
            int its = owner is null ? i : Order(owner, mapping.Entries[i].Name);
            if (its < order && its > bestOrder && !mapping.Entries[i].IsUnfinished)
            {
                best = i;
                bestOrder = its;
            }
        }
        return best;
    }

    private static int Order(SchemaNode owner, string name)
    {
        for (int i = 0; i < owner.Properties.Length; i++)
        {
            if (owner.Properties[i].Name == name)
            {
                return i;
            }
        }
        return int.MaxValue;
    }

    /// <summary>
    /// The text to take out for one of several parts of a collection; null when it is the only one. A block part that is
    /// not the first goes with its lines; the first one may share its line with a dash, so the next moves up to its place.
    /// </summary>
    private TextSpan? Gone(int start, int end, int index, int count, bool isFlow, Func<int, int> startOf, Func<int, int> endOf)
    {
        if (index + 1 < count && (isFlow || index == 0))
        {
            return TextSpan.FromBounds(start, startOf(index + 1));
        }
        if (index == 0)
        {
            return null;
        }
        if (isFlow)
        {
            return TextSpan.FromBounds(endOf(index - 1), end);
        }
        int first = document.Lines.LineOf(start);
        int last = document.Lines.LineOf(end);
        // The line break before goes, not the one behind: the last line of a file may have none.
        return TextSpan.FromBounds(document.Lines.LineEnd(first - 1), document.Lines.LineEnd(last));
    }

    private SpanEdit? Checked(TextSpan span, string newText)
    {
        ReadOnlySpan<char> gone = Text.AsSpan(span.Start, span.Length);
        // An anchor may be used further down; a template's lines may belong together.
        return gone.Contains('&') || gone.Contains("{{", StringComparison.Ordinal) || gone.Contains("{%", StringComparison.Ordinal)
            ? null
            : new SpanEdit(span, newText);
    }

    private int Column(int offset) => document.Lines.PositionOf(offset).Character;

    /// <summary>Where a node starts, its anchor and tag included.</summary>
    private static int Start(YamlNode node)
    {
        int start = node.Span.Start;
        if (node.Properties is { } properties)
        {
            start = properties.Anchor is null ? start : Math.Min(start, properties.AnchorSpan.Start);
            start = properties.Tag is null ? start : Math.Min(start, properties.TagSpan.Start);
        }
        return start;
    }
}
