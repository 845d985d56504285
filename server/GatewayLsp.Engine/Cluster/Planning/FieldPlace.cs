using System.Globalization;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>Where a field that an API server names stands in a manifest.</summary>
public static class FieldPlace
{
    private const int MaxSegments = 100;

    /// <summary>The place of the field, else of the nearest one above it that is written; at worst that of the object's first line.</summary>
    /// <param name="field"><c>spec.rules[0].name</c>, as in field errors, or <c>.spec.listeners[name="web"].port</c>, as in field conflicts; null: the object.</param>
    public static LineRange Of(ScopedObject source, string? field) => source.Slot.RangeOf(SpanOf(source, field));

    /// <summary>The same as a span in the object's document.</summary>
    public static TextSpan SpanOf(ScopedObject source, string? field)
    {
        YamlNode at = source.Object.Node;
        TextSpan span = FirstLine(source);
        foreach (string segment in Segments(field ?? ""))
        {
            YamlNode? next = segment[0] == '[' ? Item(at, segment[1..^1]) : at.At(segment);
            if (next is null)
            {
                break;
            }
            at = next;
            span = at.HeadSpan();
        }
        return span;
    }

    private static IEnumerable<string> Segments(string field)
    {
        int start = 0;
        for (int count = 0; start < field.Length && count < MaxSegments; count++)
        {
            if (field[start] == '.')
            {
                start++;
                continue;
            }
            int end;
            if (field[start] == '[')
            {
                end = ItemKeys.End(field, start) + 1;
                if (end == 0)
                {
                    yield break;
                }
            }
            else
            {
                end = field.AsSpan(start).IndexOfAny('.', '[') is >= 0 and var length ? start + length : field.Length;
            }
            yield return field[start..end];
            start = end;
        }
    }

    private static YamlNode? Item(YamlNode at, string inner)
    {
        switch (at.Resolved())
        {
            case YamlSequence sequence when int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out int index):
                return index < sequence.Items.Length ? sequence.Items[index] : null;
            case YamlSequence sequence:
                return ItemKeys.Find<YamlNode>(sequence.Items, inner, (item, key) => (key.Length == 0 ? item : item?.At(key)) is YamlScalar scalar ? scalar.Value : null);
            case YamlMapping:
                return at.At(inner.Trim('"'));
            default:
                return null;
        }
    }

    private static TextSpan FirstLine(ScopedObject source)
    {
        TextSpan span = source.Object.Node.Span;
        LineIndex lines = source.Slot.Document.Lines;
        return TextSpan.FromBounds(span.Start, Math.Min(span.End, Math.Max(span.Start, lines.LineEnd(lines.LineOf(span.Start)))));
    }
}
