using System.Collections.Immutable;
using GatewayLsp.Engine.CodeActions.Refactorings;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions;

/// <summary>textDocument/codeAction: the fixes of the findings that a range touches, and all safe fixes of the file at once.</summary>
internal static class CodeActionProvider
{
    public const string QuickFix = "quickfix";
    public const string FixAll = "source.fixAll.gatewayLsp";

    public static ImmutableArray<CodeActionItem> Actions(Workspace workspace, string path, LineRange range, CancellationToken cancel)
    {
        ImmutableArray<FileDiagnostic> findings = [.. new Analysis(workspace).Diagnose(path, cancel).Select(finding => KnownPorts.Filled(finding, workspace))];
        ImmutableArray<CodeActionItem>.Builder actions = ImmutableArray.CreateBuilder<CodeActionItem>();
        foreach (FileDiagnostic finding in findings)
        {
            if (finding.Diagnostic.Fixes.IsEmpty || !finding.Range.Overlaps(range))
            {
                continue;
            }
            if (MigrationActions.OfFinding(workspace, path, finding) is { } migration)
            {
                actions.Add(migration);
                continue;
            }
            foreach (Fix fix in finding.Diagnostic.Fixes)
            {
                actions.Add(new CodeActionItem(fix.Title, QuickFix, [new FileEdit(path, [.. finding.EditsOf(fix)])], [finding], fix.IsPreferred));
            }
            actions.AddRange(GrantActions.Of(workspace, path, finding));
        }
        (ImmutableArray<TextEdit> edits, ImmutableArray<FileDiagnostic> mended) = Safe(findings, workspace.File(path)?.Manifest);
        if (!edits.IsEmpty)
        {
            actions.Add(new CodeActionItem("Apply all safe fixes", FixAll, [new FileEdit(path, edits)], mended, IsPreferred: false));
        }
        actions.AddRange(MigrationActions.OfFile(workspace, path, range, findings, cancel));
        actions.AddRange(IngressActions.Of(workspace, path, range));
        actions.AddRange(RefactoringProvider.Offers(workspace, path, range, cancel));
        return actions.DrainToImmutable();
    }

    /// <summary>
    /// The preferred fixes that can be applied together. Of two that touch the same text the first wins; the other is found
    /// again in what comes out.
    /// </summary>
    private static (ImmutableArray<TextEdit> Edits, ImmutableArray<FileDiagnostic> Mended) Safe(ImmutableArray<FileDiagnostic> findings, ManifestFile? file)
    {
        ImmutableArray<TextEdit>.Builder edits = ImmutableArray.CreateBuilder<TextEdit>();
        ImmutableArray<FileDiagnostic>.Builder mended = ImmutableArray.CreateBuilder<FileDiagnostic>();
        ImmutableArray<DocumentSlot> documents = file?.Documents ?? [];
        int next = 0;
        var taken = new List<TextSpan>();
        foreach (FileDiagnostic finding in findings)
        {
            if (finding.Diagnostic.Fixes is not [{ IsPreferred: true } fix, ..])
            {
                continue;
            }
            // A patch inside of a kustomization is a document of its own and a part of the one around it: compared are places of the file.
            for (; next < documents.Length && documents[next].Start <= finding.Slot.Start; next++)
            {
                taken.Clear();
            }
            if (Touches(fix, finding.Slot.Start, taken))
            {
                continue;
            }
            foreach (SpanEdit edit in fix.Edits)
            {
                taken.Add(InFile(edit, finding.Slot.Start));
            }
            edits.AddRange(finding.EditsOf(fix));
            mended.Add(finding);
        }
        return (edits.DrainToImmutable(), mended.DrainToImmutable());
    }

    private static bool Touches(Fix fix, int start, List<TextSpan> taken)
    {
        foreach (SpanEdit edit in fix.Edits)
        {
            TextSpan span = InFile(edit, start);
            foreach (TextSpan other in taken)
            {
                if (span.Start <= other.End && other.Start <= span.End)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static TextSpan InFile(SpanEdit edit, int start) => new(start + edit.Span.Start, edit.Span.Length);
}
