using GatewayLsp.Engine.Text;
using Xunit;

namespace GatewayLsp.Testing;

/// <summary>Applies edits as an editor does: all refer to the text before, and none may overlap.</summary>
public static class TextEdits
{
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var lines = new LineIndex(text);
        var ordered = edits.Select(e => (Start: lines.OffsetOf(e.Range.Start), End: lines.OffsetOf(e.Range.End), e.NewText)).OrderBy(e => e.Start).ThenBy(e => e.End).ToList();
        for (int i = 1; i < ordered.Count; i++)
        {
            Assert.True(ordered[i - 1].End <= ordered[i].Start, "Edits overlap.");
        }
        for (int i = ordered.Count - 1; i >= 0; i--)
        {
            text = string.Concat(text.AsSpan(0, ordered[i].Start), ordered[i].NewText, text.AsSpan(ordered[i].End));
        }
        return text;
    }
}
