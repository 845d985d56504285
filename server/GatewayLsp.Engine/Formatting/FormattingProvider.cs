using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Formatting;

/// <summary>Columns per level; lists are indented under their key or not as most of the document has it.</summary>
public sealed record FormattingOptions(int IndentSize = 2);

/// <summary>
/// textDocument/formatting and rangeFormatting. Never changes what the YAML means: each result is read again and compared,
/// and dropped if anything but blanks differs. Documents with syntax errors and templates are left alone.
/// </summary>
/// <remarks>
/// Indentation, the blanks around <c>:</c>, <c>-</c>, <c>,</c> and brackets, blanks at line ends, one line break at the end
/// of the file; of several blank lines one stays, none at the end. Key order, quotes, line breaks and the text of block
/// scalars are the author's.
/// </remarks>
internal static class FormattingProvider
{
    private const int UsualIndent = 2;
    private const int MaxIndent = 16;

    /// <summary>Parts of a document that are tried, from the selected one outwards, before the whole is formatted.</summary>
    private const int MaxWindows = 3;

    public static ImmutableArray<TextEdit> Format(Workspace workspace, string path, LineRange? range, FormattingOptions options, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file)
        {
            return [];
        }
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        ImmutableArray<DocumentSlot> documents = file.Manifest.Documents;
        int first = range is { } from ? file.Manifest.IndexAt(from.Start.Line) : 0;
        int last = range is { } to ? file.Manifest.IndexAt(to.End.Line) : documents.Length - 1;
        for (int i = first; i <= last; i++)
        {
            cancel.ThrowIfCancellationRequested();
            LineRange? within = range is { } selected ? new LineRange(documents[i].ToDocument(selected.Start), documents[i].ToDocument(selected.End)) : null;
            foreach (TextEdit edit in FormatDocument(documents[i].Document, within, options, i == documents.Length - 1))
            {
                edits.Add(edit with { Range = documents[i].ToFile(edit.Range) });
            }
        }
        return edits.DrainToImmutable();
    }

    private static List<TextEdit> FormatDocument(ManifestDocument document, LineRange? range, FormattingOptions options, bool endsFile)
    {
        if (document.IsTemplate || document.Errors.Length > 0
            || DocumentFormatter.Format(document, options.IndentSize is >= 1 and <= MaxIndent ? options.IndentSize : UsualIndent, endsFile) is not { } lines)
        {
            return [];
        }
        foreach ((int from, int to) in Windows(document, range))
        {
            bool wantsBreak = endsFile && to == lines.Length - 1 && document.Lines.Line(to).Trim(" \t\uFEFF").Length > 0 && !DocumentFormatter.EndsInBlockScalar(document);
            List<TextEdit> edits = LineEdits.Between(document, lines, from, to, wantsBreak);
            if (edits.Count == 0 || SameMeaning.Of(document, new ManifestDocument(LineEdits.Apply(document, lines, from, to, wantsBreak))))
            {
                return edits;
            }
        }
        return [];
    }

    /// <summary>Lines to format: those of the smallest entry or item that holds the selection, of those around it, of the whole document.</summary>
    private static IEnumerable<(int From, int To)> Windows(ManifestDocument document, LineRange? range)
    {
        if (range is { } selected && document.Root is { } root)
        {
            var windows = new List<(int From, int To)>();
            Collect(windows, document, root, Math.Max(0, selected.Start.Line), LastLineOf(selected));
            for (int i = windows.Count - 1; i >= Math.Max(0, windows.Count - MaxWindows); i--)
            {
                yield return windows[i];
            }
        }
        yield return (0, document.Lines.LineCount - 1);
    }

    /// <summary>A selection of whole lines ends at the start of the next.</summary>
    private static int LastLineOf(LineRange range) =>
        range.End.Character == 0 && range.End.Line > range.Start.Line ? range.End.Line - 1 : range.End.Line;

    private static void Collect(List<(int From, int To)> windows, ManifestDocument document, YamlNode node, int from, int to)
    {
        for (YamlNode? at = node; at is not null;)
        {
            YamlNode? next = null;
            switch (at)
            {
                case YamlMapping { IsFlow: false } mapping:
                    foreach (YamlEntry entry in mapping.Entries)
                    {
                        next ??= Holds(windows, document, entry.Key.Span.Start, entry.Span.End, from, to) ? entry.Value : null;
                    }
                    break;
                case YamlSequence { IsFlow: false } sequence:
                    for (int i = 0; i < sequence.Items.Length && next is null; i++)
                    {
                        next = Holds(windows, document, sequence.Dashes[i], sequence.Items[i].Span.End, from, to) ? sequence.Items[i] : null;
                    }
                    break;
            }
            at = next;
        }
    }

    private static bool Holds(List<(int From, int To)> windows, ManifestDocument document, int start, int end, int from, int to)
    {
        int first = document.Lines.LineOf(start);
        int last = document.Lines.LineOf(Math.Max(start, end));
        if (first > from || last < to)
        {
            return false;
        }
        windows.Add((first, last));
        return true;
    }
}
