using GatewayLsp.Engine;
using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Engine.InlayHints;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Fuzz.Inputs;

namespace GatewayLsp.Fuzz.Checks;

/// <summary>Definitions, references, renames, calls, hints and lenses of any text: places lie in it, edits leave it sound.</summary>
internal static class NavigationChecks
{
    private const string NewName = "renamed-by-fuzz";
    private const int MaxLenses = 8;

    public static void Check(string path, string text, Analysis analysis, LinePosition position, LineRange whole, bool isSound)
    {
        foreach (DefinitionItem? item in (DefinitionItem?[])[analysis.Definition(path, position), analysis.TypeDefinition(path, position), analysis.Implementation(path, position)])
        {
            if (item is not null)
            {
                Expect.That(item.Origin.Contains(position) || item.Origin.Start.Line == position.Line, () => $"definition asked elsewhere|{item.Origin} at {position}");
                Places(item.Targets, whole, "definition");
            }
        }
        Places(analysis.References(path, position, withDefinition: true), whole, "reference");
        foreach (HighlightItem highlight in analysis.Highlights(path, position))
        {
            Expect.That(IsWithin(highlight.Range, whole), () => $"highlight out of place|{highlight}");
        }
        foreach (CallItem call in analysis.PrepareCalls(path, position))
        {
            Places([call.Place], whole, "call");
            Edges(analysis.IncomingCalls(call.Key), whole);
            Edges(analysis.OutgoingCalls(call.Key), whole);
        }
        Rename(path, text, analysis, position, isSound);
        foreach (InlayHintItem hint in analysis.InlayHints(path, whole, new InlayHintOptions(true, true, true)))
        {
            Expect.That(whole.Contains(hint.Position) && hint.Label.Length > 0, () => $"hint out of place|{hint}");
        }
        foreach (LensItem lens in analysis.Lenses(path).Take(MaxLenses))
        {
            Expect.That(IsWithin(lens.Range, whole), () => $"lens out of place|{lens}");
            Places(analysis.ResolveLens(lens.Kind, lens.Object, lens.Section)?.Places ?? [], whole, "lens");
        }
    }

    private static void Rename(string path, string text, Analysis analysis, LinePosition position, bool isSound)
    {
        RenameOffer offer = analysis.PrepareRename(path, position);
        RenameResult rename = analysis.Rename(path, position, NewName);
        Expect.That(offer.Range is not null || rename.Edits.IsEmpty, "a rename of what is offered for none");
        foreach (FileEdit edit in rename.Edits)
        {
            string? after = Edits.ApplyAll(text, edit.Edits);
            Expect.That(after is not null, () => $"edits of a rename overlap|{rename.Title}");
            Expect.That(!isSound || ManifestFile.Parse(path, after!).Documents.All(one => one.Document.Errors.IsEmpty), () => $"a rename breaks the YAML|{rename.Title}");
        }
    }

    private static void Edges(IEnumerable<CallEdge> edges, LineRange whole)
    {
        foreach (CallEdge edge in edges)
        {
            Places([edge.Other.Place], whole, "call");
            foreach (LineRange range in edge.Ranges)
            {
                Expect.That(IsWithin(range, whole), () => $"call out of place|{range}");
            }
        }
    }

    private static void Places(IEnumerable<PlaceItem> places, LineRange whole, string what)
    {
        foreach (PlaceItem place in places)
        {
            Expect.That(IsWithin(place.Range, whole) && IsWithin(place.Selection, place.Range), () => $"{what} out of place|{place}");
        }
    }

    private static bool IsWithin(LineRange inner, LineRange outer) => outer.Start <= inner.Start && inner.End <= outer.End && inner.Start <= inner.End;
}
