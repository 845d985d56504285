using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Expectations;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>An expectation beside an object or a patch, and whether it holds for what a kustomization makes of that.</summary>
/// <param name="Path">The file that it is written in.</param>
/// <param name="Source">The object as written.</param>
internal sealed record BuiltExpectation(Expectation Expectation, string Path, DocumentSlot Slot, ManifestObject Source, bool IsKnown, string? Problem)
{
    /// <summary>True where that is about this expectation as it stands in a file.</summary>
    public bool IsAt(ManifestDocument document, TextSpan span) => ReferenceEquals(document, Slot.Document) && Expectation.Span.Contains(span);

    public static IEnumerable<BuiltExpectation> Of(BuiltFile built, Workspace files, CancellationToken cancel)
    {
        if (files.File(built.Path) is not { } file || !built.HasExpectations)
        {
            yield break;
        }
        foreach (DocumentSlot slot in file.Manifest.Documents)
        {
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                if (one.View() is not { } view || !ExpectationFinder.IsFor(view))
                {
                    continue;
                }
                foreach ((string path, ManifestObject source) in Sources(built, slot.Document, one))
                {
                    foreach (Expectation expectation in ExpectationFinder.Of(source).Expectations)
                    {
                        cancel.ThrowIfCancellationRequested();
                        if (built.SlotOf(source.Document) is { } place)
                        {
                            (bool isKnown, string? problem) = ExpectationFinder.Check(files.WorldsOf(built.Path, slot.Document), view, expectation);
                            yield return new BuiltExpectation(expectation, path, place, source, isKnown, problem);
                        }
                    }
                }
            }
        }
    }

    /// <summary>What is told of it; null when it holds.</summary>
    public BuiltFinding? Finding => Problem is null && IsKnown ? null
        : new BuiltFinding(
            RuleCatalog.ExpectationFailed.Finding(Expectation, Source, Problem),
            new BuildOrigin(Path, Slot.Document, Problem is null ? Expectation.Span : Expectation.OutcomeSpan), Slot);

    /// <summary>The objects and patches that an object is built from.</summary>
    private static IEnumerable<(string Path, ManifestObject Source)> Sources(BuiltFile built, ManifestDocument document, ManifestObject one)
    {
        var seen = new HashSet<ManifestObject>(ReferenceEqualityComparer.Instance);
        foreach (BuildOrigin origin in built.OriginsOf(document))
        {
            if (!ExpectationReader.MayHave(origin.Document))
            {
                continue;
            }
            foreach (ManifestObject source in ManifestObject.Of(origin.Document))
            {
                if (source.Kind == one.Kind && source.Node.Span.Contains(origin.Span) && seen.Add(source))
                {
                    yield return (origin.Path, source);
                }
            }
        }
    }
}
