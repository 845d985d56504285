using System.Globalization;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Server.Cli.Report;
using Spectre.Console;

namespace GatewayLsp.Server.Cli.DryRuns;

/// <summary>A line an object, as kubectl writes them; below a refused one each cause with its field and its lines.</summary>
internal sealed class DryRunTextReport(TextWriter output, bool color) : IDryRunReport
{
    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Red = new(Color.Red, decoration: Decoration.Bold);

    private readonly int[] _counts = new int[Enum.GetValues<ObjectOutcome>().Length];
    private int _files;
    private readonly IAnsiConsole _console = Consoles.On(output, color);

    public void Begin()
    {
    }

    public void Add(FileReport file)
    {
        _files++;
        foreach (ObjectReport one in file.Objects)
        {
            _counts[(int)one.Outcome]++;
            var text = new Paragraph();
            switch (one.Outcome)
            {
                case ObjectOutcome.Accepted:
                    text.Append(Printable.Of(one.Name) + " created (dry run)\n");
                    break;
                case ObjectOutcome.Skipped:
                    text.Append($"{Printable.Of(one.Name)} skipped: {one.Why}\n", Faint);
                    break;
                default:
                    Refused(text, file.Shown, one);
                    break;
            }
            _console.Write(text);
        }
        output.Flush();
    }

    public void End(IReadOnlyList<string> notes)
    {
        if (_files == 0)
        {
            return; // What stood in the way was told.
        }
        int skipped = _counts[(int)ObjectOutcome.Skipped];
        string counts = $"{_counts[(int)ObjectOutcome.Accepted]} accepted, {_counts[(int)ObjectOutcome.Refused]} refused{(skipped > 0 ? $", {skipped} skipped" : "")}";
        _console.Write(new Paragraph().Append("\n").Append($"{counts} in {_files} {(_files == 1 ? "file" : "files")}\n", Strong));
        output.Flush();
    }

    private static void Refused(Paragraph text, string path, ObjectReport one)
    {
        text.Append("error", Red);
        text.Append($": {Printable.Of(one.Name)} refused (dry run)\n");
        foreach (VerdictCause cause in one.Result.Causes)
        {
            if (cause.Field == VerdictCause.NoField)
            {
                // It only says what follows from the others.
                text.Append("  " + Printable.Of(cause.Message) + "\n", Faint);
                continue;
            }
            text.Append("  ");
            text.Append(cause.Field.Length == 0 ? "" : Printable.Of(cause.Field) + ": ", Strong);
            text.Append(Printable.Of(cause.Message));
            text.Append($" ({cause.Reason})\n", Faint);
            if (cause.Span is { } span)
            {
                if (one.PlaceOf is not { } find)
                {
                    Place(text, path, new SourcePlace("", one.Slot, span));
                }
                else if (find(span) is { } written)
                {
                    Place(text, written.Shown, written.Place);
                }
            }
        }
    }

    private static void Place(Paragraph text, string path, SourcePlace place)
    {
        LineRange range = place.Range;
        Snippet snippet = Snippet.Of(SecretText.LinesOf(place.Slot.Document), place.Slot.StartLine, place.Slot.Document.RangeOf(place.Span));
        string indent = "    ";
        text.Append(string.Create(CultureInfo.InvariantCulture, $"{indent}{Printable.Of(path)}:{range.Start.Line + 1}:{range.Start.Character + 1}\n"), Faint);
        foreach (SnippetLine line in snippet.Lines)
        {
            text.Append(indent + line.Number.PadLeft(snippet.NumberWidth) + " | ", Faint);
            text.Append(line.Text + "\n");
            if (line.Marks.Length > 0)
            {
                text.Append(indent + new string(' ', snippet.NumberWidth) + " | ", Faint);
                text.Append(line.Marks + "\n", Red);
            }
        }
    }
}
