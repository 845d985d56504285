using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Turns occurrences into places of files, each once, in an order that does not depend on how they were found.</summary>
internal sealed class PlaceList(Workspace workspace)
{
    private readonly Dictionary<string, Dictionary<ManifestDocument, DocumentSlot>> _slots = new(StringComparer.Ordinal);

    /// <summary>Those of the first file ahead, then by file; within a file by position.</summary>
    public ImmutableArray<PlaceItem> Of(IEnumerable<Occurrence> occurrences, string firstFile)
    {
        var places = new List<PlaceItem>();
        foreach (Occurrence one in occurrences)
        {
            if (Of(one) is { } place)
            {
                places.Add(place);
            }
        }
        places.Sort((a, b) => Compare(a, b, firstFile));
        var each = ImmutableArray.CreateBuilder<PlaceItem>(places.Count);
        foreach (PlaceItem place in places)
        {
            if (each.Count == 0 || !each[^1].Equals(place))
            {
                each.Add(place);
            }
        }
        return each.DrainToImmutable();
    }

    /// <summary>Null when the file is not there any more.</summary>
    public PlaceItem? Of(Occurrence one)
    {
        if (SlotOf(one.Path, one.Document) is not { } slot)
        {
            return null;
        }
        TextSpan selection = one.Span;
        // An anchored name may stand elsewhere than what it is the name of.
        TextSpan whole = one.Whole.Contains(selection) ? one.Whole : selection;
        return new PlaceItem(one.Path, slot.RangeOf(whole), slot.RangeOf(selection));
    }

    /// <summary>Files may have thousands of documents, so they are looked up, not searched.</summary>
    public DocumentSlot? SlotOf(string path, ManifestDocument document)
    {
        if (workspace.File(path) is not { } file)
        {
            return null;
        }
        if (file.Manifest.Documents.Length < 4)
        {
            foreach (DocumentSlot slot in file.Manifest.Documents)
            {
                if (ReferenceEquals(slot.Document, document))
                {
                    return slot;
                }
            }
            return null;
        }
        if (!_slots.TryGetValue(path, out Dictionary<ManifestDocument, DocumentSlot>? slots))
        {
            _slots[path] = slots = new(file.Manifest.Documents.Length);
            foreach (DocumentSlot slot in file.Manifest.Documents)
            {
                slots[slot.Document] = slot;
            }
        }
        return slots.TryGetValue(document, out DocumentSlot found) ? found : null;
    }

    private static int Compare(PlaceItem a, PlaceItem b, string firstFile)
    {
        int order = (a.Path != firstFile).CompareTo(b.Path != firstFile);
        order = order != 0 ? order : string.CompareOrdinal(a.Path, b.Path);
        order = order != 0 ? order : a.Selection.Start.CompareTo(b.Selection.Start);
        return order != 0 ? order : a.Range.Start.CompareTo(b.Range.Start);
    }
}
