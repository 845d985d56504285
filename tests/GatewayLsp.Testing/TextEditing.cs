using System.Text;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Testing;

/// <summary>Applies edits as an editor does: all refer to the text before, none may overlap.</summary>
public static class TextEditing
{
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var lines = new LineIndex(text);
        var result = new StringBuilder();
        int at = 0;
        foreach (TextEdit edit in edits.OrderBy(e => e.Range.Start).ThenBy(e => e.Range.End))
        {
            int start = lines.OffsetOf(edit.Range.Start);
            if (start < at)
            {
                throw new ArgumentException($"Edits overlap at line {edit.Range.Start.Line}.", nameof(edits));
            }
            result.Append(text, at, start - at).Append(edit.NewText);
            at = lines.OffsetOf(edit.Range.End);
        }
        return result.Append(text, at, text.Length - at).ToString();
    }
}
