using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Migration;

/// <summary>Markdown beside manifests: YAML in fenced blocks is migrated as manifests are, commands around it get today's paths.</summary>
internal static class MarkdownMigrator
{
    public static FileMigration Run(string path, string text, MigrationFacts facts)
    {
        var notes = new List<FileMigrationNote>();
        var placeholders = new List<TextSpan>();
        var result = new StringBuilder();
        var lines = new LineIndex(text);
        int at = 0;
        foreach ((int start, int end) in Fences(text, lines))
        {
            Commands(text, at, start, lines, notes, result);
            int startLine = lines.LineOf(start);
            foreach (DocumentSlot slot in ManifestFile.Parse(path, text[start..end]).Documents)
            {
                DocumentMigration one = DocumentMigrator.Run(slot.Document, facts);
                var place = new DocumentSlot(slot.Document, start + slot.Start, startLine + slot.StartLine);
                if (one.Refusal is null)
                {
                    notes.AddRange(one.Notes.Select(note => new FileMigrationNote(note, place)));
                    placeholders.AddRange(one.Placeholders.Select(span => span with { Start = span.Start + result.Length }));
                }
                result.Append(one.Text);
            }
            at = end;
        }
        Commands(text, at, text.Length, lines, notes, result);
        string newText = result.ToString();
        var newLines = new LineIndex(newText);
        return new FileMigration(path, text, newText, [.. LineDiff.Edits(text, newText)], [.. notes],
            [.. placeholders.Select(span => new LineRange(newLines.PositionOf(span.Start), newLines.PositionOf(span.End)))]);
    }

    private static void Commands(string text, int from, int to, LineIndex lines, List<FileMigrationNote> notes, StringBuilder result)
    {
        string part = text[from..to];
        int startLine = lines.LineOf(from);
        int lineStart = lines.LineStart(startLine);
        // Offsets of the part's document have to count from the start of a line.
        var slot = new DocumentSlot(new ManifestDocument(text[lineStart..to]), lineStart, startLine);
        int at = 0;
        foreach ((TextSpan span, string newText, string message) in ShellSnippets.Find(part))
        {
            result.Append(part, at, span.Start - at).Append(newText);
            at = span.End;
            TextSpan place = span with { Start = span.Start + from - lineStart };
            notes.Add(new FileMigrationNote(new MigrationNote { Kind = MigrationNoteKind.Changed, Span = place, Unit = place, Field = "", Message = message, IsValue = true }, slot));
        }
        result.Append(part, at, part.Length - at);
    }

    /// <summary>The insides of fenced blocks of YAML that begin in the first column.</summary>
    private static IEnumerable<(int Start, int End)> Fences(string text, LineIndex lines)
    {
        string? fence = null;
        int start = -1;
        for (int line = 0; line < lines.LineCount; line++)
        {
            string content = lines.Line(line).ToString().TrimEnd();
            if (fence is null)
            {
                int marks = content.Length - content.TrimStart('`').Length;
                if (marks >= 3)
                {
                    fence = new string('`', marks);
                    start = content[marks..].Trim().Split(' ')[0].ToLowerInvariant() is "yaml" or "yml" && line + 1 < lines.LineCount ? lines.LineStart(line + 1) : -1;
                }
            }
            else if (content == fence)
            {
                if (start >= 0)
                {
                    yield return (start, lines.LineStart(line));
                }
                fence = null;
            }
        }
    }
}
