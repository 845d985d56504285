using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>Where a part of a scalar's value is written.</summary>
internal static class ScalarText
{
    /// <summary>The part itself where the text is the value, or a line of a literal block; else the head of the scalar.</summary>
    public static TextSpan SpanOf(YamlScalar scalar, TextSpan part, ManifestDocument document)
    {
        int quote = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        if (scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded))
        {
            bool isVerbatim = scalar.Span.Length - (2 * quote) == scalar.Value.Length
                && document.Text.AsSpan(scalar.Span.Start + quote, scalar.Value.Length).SequenceEqual(scalar.Value);
            return isVerbatim ? Within(scalar.Span.Start + quote + part.Start, part.Length, scalar.Span.End - quote) : Spans.OfValue(scalar, document);
        }
        if (scalar.Style == ScalarStyle.Literal)
        {
            int start = Math.Min(part.Start, scalar.Value.Length);
            int line = scalar.Value.AsSpan(0, start).Count('\n');
            int lineStart = start == 0 ? 0 : scalar.Value.LastIndexOf('\n', start - 1) + 1;
            int lineEnd = scalar.Value.IndexOf('\n', lineStart);
            string text = lineEnd < 0 ? scalar.Value[lineStart..] : scalar.Value[lineStart..lineEnd];
            int written = document.Lines.LineOf(scalar.Span.Start) + 1 + line;
            if (text.Length > 0 && written < document.Lines.LineCount && document.Lines.Line(written).IndexOf(text, StringComparison.Ordinal) is >= 0 and var column)
            {
                int from = document.Lines.LineStart(written) + column;
                return Within(from + start - lineStart, part.Length, from + text.Length);
            }
        }
        return Spans.OfValue(scalar, document);
    }

    private static TextSpan Within(int start, int length, int end)
    {
        start = Math.Min(start, Math.Max(0, end - 1));
        return new TextSpan(start, Math.Clamp(length, 1, Math.Max(1, end - start)));
    }
}
