using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>
/// Offers the refactorings of a place, and makes the edits of the one that is chosen. Templates and kustomize patches are
/// left alone: their text is not what reaches the cluster.
/// </summary>
internal static class RefactoringProvider
{
    /// <summary>What can be done at a range; the edits are still to be made (<see cref="Resolve"/>).</summary>
    public static IEnumerable<CodeActionItem> Offers(Workspace workspace, string path, LineRange range, CancellationToken cancel)
    {
        foreach ((IRefactoring refactoring, RefactoringOffer offer, _) in At(workspace, path, range, cancel))
        {
            yield return new CodeActionItem(offer.Title, refactoring.Kind, [], [], IsPreferred: false) { IsDeferred = true };
        }
    }

    /// <summary>The offer of that kind and title with its edits; null when it is not offered there (any more), or the result would not be right.</summary>
    public static CodeActionItem? Resolve(Workspace workspace, string path, LineRange range, string kind, string title, CancellationToken cancel)
    {
        foreach ((IRefactoring refactoring, RefactoringOffer offer, RefactoringPlace place) in At(workspace, path, range, cancel))
        {
            if (refactoring.Kind == kind && offer.Title == title)
            {
                return Make(refactoring, offer, place);
            }
        }
        return null;
    }

    private static IEnumerable<(IRefactoring, RefactoringOffer, RefactoringPlace)> At(Workspace workspace, string path, LineRange range, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file || workspace.Partials.Contains(path))
        {
            yield break;
        }
        DocumentSlot slot = file.Manifest.At(range.Start);
        ManifestDocument document = slot.Document;
        if (document.IsTemplate || workspace.IsKustomization(document))
        {
            yield break;
        }
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (!slot.RangeOf(one.Node.Span).Overlaps(range) || one.View() is not { } view || !Holds(document, one.Node) || !IsRewritable(document))
            {
                continue;
            }
            var place = new RefactoringPlace(workspace, path, slot, range, one, view);
            foreach (IRefactoring refactoring in RefactoringCatalog.All)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (RefactoringOffer offer in refactoring.At(place))
                {
                    yield return (refactoring, offer, place);
                }
            }
        }
    }

    private static CodeActionItem? Make(IRefactoring refactoring, RefactoringOffer offer, RefactoringPlace place)
    {
        ManifestDocument before = place.Document;
        if (EditTree.Read(before) is not { } tree)
        {
            return null;
        }
        var draft = new RefactoringDraft(tree);
        if (!offer.Change(draft))
        {
            return null;
        }
        WrittenTree written = EditTreeWriter.Write(tree);
        string text = With(written.Text, draft.Behind, tree.Style.NewLine);
        if (text == before.Text || !IsSound(place, text))
        {
            return null;
        }
        TextEdit[] edits = [.. GuessedPlaces.Marked(before.Text, text, written.Placeholders).Select(edit => edit with { Range = place.Slot.ToFile(edit.Range) })];
        return new CodeActionItem(offer.Title, refactoring.Kind, [new FileEdit(place.Path, edits)], [], IsPreferred: false)
        {
            Selection = written.Placeholders is [var first, ..] ? place.Slot.ToFile(new ManifestDocument(text).RangeOf(first)) : null,
        };
    }

    private static string With(string text, List<string> behind, string newLine)
    {
        if (behind.Count == 0)
        {
            return text;
        }
        var all = new StringBuilder(text);
        if (text.Length > 0 && text[^1] != '\n')
        {
            all.Append(newLine);
        }
        foreach (string document in behind)
        {
            all.Append("---").Append(newLine).Append(document);
        }
        return all.ToString();
    }

    /// <summary>The new text is YAML and has no error of a sort that the old one did not have; what was wrong may be copied.</summary>
    private static bool IsSound(RefactoringPlace place, string text)
    {
        var context = new DocumentContext(place.Workspace.Catalog, place.Workspace.Settings, IsPartial: false);
        ManifestFile after = ManifestFile.Parse(place.Path, text);
        HashSet<string> known = [.. Errors(place.Document, context)];
        return after.Documents.Sum(slot => slot.Document.Errors.Length) == 0 && after.Documents.SelectMany(slot => Errors(slot.Document, context)).All(known.Contains);
    }

    private static IEnumerable<string> Errors(ManifestDocument document, DocumentContext context) =>
        DocumentDiagnostics.Of(document, context).Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => finding.Code);

    /// <summary>False for an item of a list that is written elsewhere, behind an alias.</summary>
    private static bool Holds(ManifestDocument document, YamlNode node)
    {
        YamlNode top = node;
        while (top.Parent is { } parent)
        {
            top = parent;
        }
        return ReferenceEquals(top, document.Root);
    }

    private static bool IsRewritable(ManifestDocument document) => document.Memo.Get(typeof(Rewritable), () => new Rewritable(EditTree.Read(document) is not null)).Is;

    private sealed record Rewritable(bool Is);
}
