using System.Text;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>The page of all refactorings, as it stands in <c>docs/refactorings.md</c>: made by applying them to their examples.</summary>
public static class RefactoringDocs
{
    private const string Cursor = "$0";
    private const string File = "example.yaml";

    public static string Page()
    {
        var page = new StringBuilder(
            """
            # Refactorings

            Steps of a release as code actions, offered where the cursor is. Each edit is as small as it can be, keeps comments and the style of the file, and
            is made only when it adds no error. Names that were guessed become tab stops in editors that have them and are selected in others.
            Templates (Helm) and kustomize patches are left alone, and so is what stands behind an anchor, alias or merge key.

            """);
        foreach (IRefactoring refactoring in RefactoringCatalog.All)
        {
            page.Append("\n## ").Append(refactoring.Doc.Title).Append("\n\n`").Append(refactoring.Kind).Append("`\n\n");
            page.Append("Offered: ").Append(refactoring.Doc.Offered).Append("\n\n").Append(refactoring.Doc.Does).Append("\n\n");
            (string title, string diff) = Example(refactoring);
            page.Append("\"").Append(title).Append("\":\n\n```diff\n").Append(diff).Append("```\n");
        }
        return page.ToString();
    }

    private static (string Title, string Diff) Example(IRefactoring refactoring)
    {
        string marked = refactoring.Doc.Example;
        int mark = marked.IndexOf(Cursor, StringComparison.Ordinal);
        string text = marked.Remove(mark, Cursor.Length);
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk(File, text));
        LineRange range = LineRange.At(new LineIndex(text).PositionOf(mark));
        CodeActionItem offer = RefactoringProvider.Offers(host.Current, File, range, CancellationToken.None).First(one => one.Kind == refactoring.Kind);
        CodeActionItem made = RefactoringProvider.Resolve(host.Current, File, range, offer.Kind, offer.Title, CancellationToken.None)!;
        string diff = LineDiff.Unified("", "", text, Applied(text, made.Edits[0].Edits));
        return (offer.Title, Hunks(diff));
    }

    private static string Applied(string text, IReadOnlyList<TextEdit> edits)
    {
        var lines = new LineIndex(text);
        var result = new StringBuilder(text);
        foreach (TextEdit edit in edits.Reverse())
        {
            int start = lines.OffsetOf(edit.Range.Start);
            result.Remove(start, lines.OffsetOf(edit.Range.End) - start).Insert(start, edit.NewText);
        }
        return result.ToString();
    }

    /// <summary>The changed lines and those around, without names of files and numbers of lines.</summary>
    private static string Hunks(string diff) =>
        string.Concat(LineDiff.Lines(diff).Where(line => !line.StartsWith("--- ", StringComparison.Ordinal) && !line.StartsWith("+++ ", StringComparison.Ordinal) && !line.StartsWith("@@", StringComparison.Ordinal)));
}
