using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// Conflicts that a merge of Git left in the text: said once each, and read as if our side had been taken. Of lines in column 0
/// nothing can be the text of a block scalar.
/// </summary>
internal static class MergeConflicts
{
    private const string Ours = "<<<<<<< ";
    private const string Base = "|||||||";
    private const string Theirs = "=======";
    private const string End = ">>>>>>> ";

    /// <returns>The text with blanks for the markers and for the other side; nothing moves.</returns>
    public static string Report(string text, List<SyntaxError> errors)
    {
        if (!text.Contains(Ours, StringComparison.Ordinal) && !text.Contains(End, StringComparison.Ordinal))
        {
            return text;
        }
        char[]? kept = null;
        bool isOpen = false;
        bool isTheirs = false;
        var lines = new LineIndex(text);
        for (int line = 0; line < lines.LineCount; line++)
        {
            int start = lines.LineStart(line);
            ReadOnlySpan<char> content = lines.Line(line);
            bool starts = content.StartsWith(Ours);
            bool ends = content.StartsWith(End);
            if (starts || (ends && !isOpen))
            {
                errors.Add(new SyntaxError("invalid-yaml", new TextSpan(start, content.TrimEnd().Length),
                    "A conflict marker of Git: decide for one of the two sides, and remove the other with all markers."));
            }
            isOpen = starts || (isOpen && !ends);
            isTheirs = !starts && isOpen && (isTheirs || content.StartsWith(Base) || content.TrimEnd() is Theirs);
            if (starts || ends || isTheirs)
            {
                kept ??= text.ToCharArray();
                kept.AsSpan(start, content.Length).Fill(' ');
            }
        }
        return kept is null ? text : new string(kept);
    }
}
