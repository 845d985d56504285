using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Carries the places of guessed values from a whole new text over to the edits that lead to it.</summary>
internal static class GuessedPlaces
{
    public static IEnumerable<TextEdit> Marked(string before, string after, ImmutableArray<TextSpan> guessed)
    {
        var lines = new LineIndex(before);
        int moved = 0;
        foreach (TextEdit edit in LineDiff.Edits(before, after))
        {
            int start = lines.OffsetOf(edit.Range.Start);
            var span = new TextSpan(start + moved, edit.NewText.Length);
            moved += edit.NewText.Length - (lines.OffsetOf(edit.Range.End) - start);
            ImmutableArray<TextSpan> inside = [.. guessed.Where(span.Contains).Select(one => new TextSpan(one.Start - span.Start, one.Length))];
            yield return inside.IsEmpty ? edit : edit with { Guessed = inside };
        }
    }
}
