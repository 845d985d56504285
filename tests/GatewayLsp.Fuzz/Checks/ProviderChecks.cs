using GatewayLsp.Engine;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Formatting;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Fuzz.Inputs;

namespace GatewayLsp.Fuzz.Checks;

/// <summary>Asks everything that an editor may ask, at random places, and holds the answers to what the protocol promises.</summary>
internal static class ProviderChecks
{
    private const string Path = "file:///a.yaml";

    /// <summary>Fixes tried of one text, each of which means reading it again.</summary>
    private const int MaxFixes = 8;

    public static void Check(string text, Random random)
    {
        var host = new AnalysisHost();
        var analysis = new Analysis(host.Apply(new WorkspaceChange.Opened(Path, text, 1)));
        var end = Edits.PositionOf(text, text.Length);
        var whole = new LineRange(default, end);

        bool isSound = !HasSyntaxErrors(text);
        int fixes = MaxFixes;
        foreach (FileDiagnostic finding in analysis.Diagnose(Path))
        {
            Finding(finding, whole);
            foreach (Fix fix in finding.Diagnostic.Fixes)
            {
                if (fixes-- > 0)
                {
                    Try(text, finding, fix, isSound);
                }
            }
        }
        for (int i = 0; i < 3; i++)
        {
            LinePosition position = Edits.PositionOf(text, random.Next(text.Length + 1));
            Completion(text, analysis, position, random);
            if (analysis.Hover(Path, position) is { } hover)
            {
                Expect.That(hover.Range.Contains(position) && hover.Markdown.Length > 0, () => $"hover beside its place|{hover.Range} at {position}");
            }
            Selection(analysis.SelectionRanges(Path, position), position, whole);
            NavigationChecks.Check(Path, text, analysis, position, whole, isSound);
        }
        foreach (OutlineItem item in analysis.Outline(Path))
        {
            Outline(item, whole);
        }
        foreach (FoldingItem fold in analysis.Fold(Path))
        {
            Expect.That(fold.StartLine >= 0 && fold.StartLine < fold.EndLine && fold.EndLine <= end.Line, () => $"fold out of place|{fold}");
        }
        foreach (LinkItem link in analysis.Links(Path))
        {
            Expect.That(IsWithin(link.Range, whole) && link.Target.Length > 0, () => $"link out of place|{link}");
        }
        _ = analysis.FindSymbols(random.Next(2) == 0 ? "" : "rt");
        Formatting(text, analysis, random, end, isSound);
        Actions(text, analysis, random, end, isSound);
    }

    private static void Finding(FileDiagnostic finding, LineRange whole)
    {
        Diagnostic diagnostic = finding.Diagnostic;
        Expect.That(IsWithin(finding.Range, whole) && finding.Range.Start <= finding.Range.End, () => $"finding out of place|{diagnostic.Code} {finding.Range}");
        Expect.That(diagnostic.Message.Length > 0 && diagnostic.Code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), () => $"finding badly named|{diagnostic.Code}");
    }

    private static void Try(string text, FileDiagnostic finding, Fix fix, bool isSound)
    {
        string code = finding.Diagnostic.Code;
        string? after = Edits.ApplyAll(text, finding.EditsOf(fix));
        Expect.That(after is not null, () => $"edits of a fix overlap ({code})|{fix.Title}");
        Expect.That(after != text, () => $"a fix changes nothing ({code})|{fix.Title}");
        ManifestFile read = ManifestFile.Parse(Path, after!);
        Expect.That(!isSound || FirstError(read) is null, () => $"a fix breaks the YAML ({code})|{fix.Title}: {FirstError(read)}");
    }

    private static void Completion(string text, Analysis analysis, LinePosition position, Random random)
    {
        CompletionList list = analysis.Complete(Path, position);
        Expect.That(list.Range.Contains(position) && list.Range.Start.Line == list.Range.End.Line, () => $"completion range without the cursor|{list.Range} at {position}");
        foreach (CompletionItem item in list.Items)
        {
            LineRange range = item.Range ?? list.Range;
            Expect.That(range.Contains(position) && range.Start.Line == range.End.Line, () => $"item range without the cursor|{item.Label} {range} at {position}");
            Expect.That(item.Label.Length > 0 && !item.Label.Contains("[object", StringComparison.Ordinal), () => $"badly named item|{item.Label}");
        }
        if (list.Items.IsEmpty)
        {
            return;
        }
        CompletionItem chosen = list.Items[random.Next(list.Items.Length)];
        _ = chosen.Documentation?.Invoke();
        string inserted = chosen.IsSnippet ? Snippets.Plain(chosen.NewText) : chosen.NewText;
        string? after = Edits.ApplyAll(text, [new TextEdit(chosen.Range ?? list.Range, inserted), .. chosen.AdditionalEdits]);
        Expect.That(after is not null, () => $"edits of an item overlap|{chosen.Label}");
        _ = FirstError(ManifestFile.Parse(Path, after!));
    }

    private static void Selection(IEnumerable<LineRange> ranges, LinePosition position, LineRange whole)
    {
        LineRange? inner = null;
        foreach (LineRange range in ranges)
        {
            Expect.That(range.Contains(position) && IsWithin(range, whole), () => $"selection beside the cursor|{range} at {position}");
            Expect.That(inner is not { } held || (IsWithin(held, range) && held != range), () => $"selection does not grow|{inner} then {range}");
            inner = range;
        }
    }

    private static void Outline(OutlineItem item, LineRange parent)
    {
        Expect.That(IsWithin(item.Range, parent), () => $"outline child outside of its parent|{item.Name} {item.Range} in {parent}");
        Expect.That(IsWithin(item.Selection, item.Range), () => $"outline selection outside of its range|{item.Name}");
        Expect.That(item.Name.Length > 0, "outline item without a name");
        foreach (OutlineItem child in item.Children)
        {
            Outline(child, item.Range);
        }
    }

    private static void Formatting(string text, Analysis analysis, Random random, LinePosition end, bool isSound)
    {
        var options = new FormattingOptions(random.Next(4) == 0 ? 4 : 2);
        string? formatted = Edits.ApplyAll(text, analysis.Format(Path, null, options));
        Expect.That(formatted is not null, "formatting edits overlap");
        if (formatted != text)
        {
            ManifestFile before = ManifestFile.Parse(Path, text);
            ManifestFile after = ManifestFile.Parse(Path, formatted!);
            Expect.That(TreeText.Of(before, spans: false) == TreeText.Of(after, spans: false), "formatting changes the meaning");
            Expect.That(Comments(before).SequenceEqual(Comments(after)), "formatting changes comments");
            Expect.That(!isSound || FirstError(after) is null, () => $"formatting breaks the YAML|{FirstError(after)}");
            var again = new Analysis(new AnalysisHost().Apply(new WorkspaceChange.Opened(Path, formatted!, 1)));
            Expect.That(Edits.ApplyAll(formatted!, again.Format(Path, null, options)) == formatted, "formatting is not idempotent");
        }
        int line = random.Next(end.Line + 1);
        var range = new LineRange(new LinePosition(line, 0), new LinePosition(Math.Min(end.Line, line + random.Next(6)), 0));
        string? part = Edits.ApplyAll(text, analysis.Format(Path, range, options));
        Expect.That(part is not null, "range formatting edits overlap");
        Expect.That(part == text || TreeText.Of(ManifestFile.Parse(Path, text), spans: false) == TreeText.Of(ManifestFile.Parse(Path, part!), spans: false), "range formatting changes the meaning");
    }

    private static void Actions(string text, Analysis analysis, Random random, LinePosition end, bool isSound)
    {
        int line = random.Next(end.Line + 1);
        foreach (CodeActionItem action in analysis.Actions(Path, new LineRange(new LinePosition(line, 0), new LinePosition(line, 500))).Take(MaxFixes))
        {
            Expect.That(action.Title.Length > 0 && action.Kind.Length > 0, "action without a title");
            foreach (FileEdit edit in action.Edits.Where(e => e.Path == Path))
            {
                string? after = Edits.ApplyAll(text, edit.Edits);
                Expect.That(after is not null, () => $"edits of an action overlap|{action.Title}");
                Expect.That(!isSound || !HasSyntaxErrors(after!), () => $"an action breaks the YAML|{action.Title}");
            }
        }
    }

    private static IEnumerable<string> Comments(ManifestFile file) =>
        file.Documents.SelectMany(d => d.Document.Comments.Select(c => d.Document.Text.Substring(c.Start, c.Length).TrimEnd()));

    private static bool HasSyntaxErrors(string text) => FirstError(ManifestFile.Parse(Path, text)) is not null;

    private static string? FirstError(ManifestFile file) =>
        file.Documents.SelectMany(d => d.Document.Errors).Select(e => $"{e.Code}: {e.Message}").FirstOrDefault();

    private static bool IsWithin(LineRange inner, LineRange outer) => outer.Start <= inner.Start && inner.End <= outer.End && inner.Start <= inner.End;
}
