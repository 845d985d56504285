using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>A document's place in a file: UTF-16 offset and line of its first character.</summary>
public readonly record struct DocumentSlot(ManifestDocument Document, int Start, int StartLine)
{
    public int End => Start + Document.Text.Length;

    public LinePosition ToFile(LinePosition position) => position with { Line = position.Line + StartLine };

    public LineRange ToFile(LineRange range) => new(ToFile(range.Start), ToFile(range.End));

    public LineRange RangeOf(TextSpan span) => ToFile(Document.RangeOf(span));

    public LinePosition ToDocument(LinePosition position) => position with { Line = position.Line - StartLine };

    /// <summary>The document's offset of a position of the file.</summary>
    public int OffsetOf(LinePosition position) => Document.Lines.OffsetOf(ToDocument(position));
}

/// <summary>
/// A manifest file as a row of documents. There is no text of the whole: an edit makes one new document and shares the
/// others, so typing in a file of 5,000 documents costs as much as typing in a file of one.
/// </summary>
public sealed class ManifestFile
{
    /// <param name="before">The state of the file that this one was made from.</param>
    private ManifestFile(string path, ImmutableArray<DocumentSlot> documents, ManifestFile? before = null)
    {
        Path = path;
        Documents = documents;
        Findings = before?.Findings;
    }

    /// <summary>The key under which the workspace knows the file (a URI or a path; opaque to the engine).</summary>
    public string Path { get; }

    /// <summary>At least one; in order, without gaps.</summary>
    public ImmutableArray<DocumentSlot> Documents { get; }

    /// <summary>What was last found in it, or in a state of it before, with what that was made from. A cache, checked before use.</summary>
    internal object? Findings { get; set; }

    /// <summary>The same with what kustomizations build of it.</summary>
    internal object? BuiltFindings { get; set; }

    /// <summary>The same with what connected clusters say.</summary>
    internal object? LiveFindings { get; set; }

    public int LineCount => Documents[^1].StartLine + Documents[^1].Document.Lines.LineCount;

    public static ManifestFile Parse(string path, string text) => new(path, Place(DocumentSplitter.Split(text).ConvertAll(part => new ManifestDocument(part))));

    /// <summary>A file of documents that are made, not read. Each begins with its marker and ends its last line.</summary>
    internal static ManifestFile Of(string path, List<ManifestDocument> documents) => new(path, Place(documents));

    public string GetText()
    {
        if (Documents.Length == 1)
        {
            return Documents[0].Document.Text;
        }
        return string.Create(Documents[^1].End, Documents, static (to, documents) =>
        {
            foreach (DocumentSlot slot in documents)
            {
                slot.Document.Text.CopyTo(to[slot.Start..]);
            }
        });
    }

    public bool HasText(string text)
    {
        if (Documents[^1].End != text.Length)
        {
            return false;
        }
        foreach (DocumentSlot slot in Documents)
        {
            if (!text.AsSpan(slot.Start, slot.Document.Text.Length).SequenceEqual(slot.Document.Text))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The document that holds a position; the last line's end belongs to the last document.</summary>
    public DocumentSlot At(LinePosition position) => Documents[IndexAt(position.Line)];

    public int IndexAt(int line)
    {
        int low = 0;
        int high = Documents.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Documents[middle].StartLine <= line)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }
        return low;
    }

    /// <summary>The file after edits, applied one after another as LSP has it (each range refers to the text after the edits before).</summary>
    public ManifestFile Apply(IEnumerable<TextChange> changes)
    {
        ManifestFile file = this;
        foreach (TextChange change in changes)
        {
            file = change.Range is { } range ? file.Replace(range, change.NewText) : file.With(change.NewText);
        }
        return file;
    }

    /// <summary>The file with another text, as it was read anew. Documents at its beginning and end that are the same are shared.</summary>
    public ManifestFile With(string text)
    {
        List<string> parts = DocumentSplitter.Split(text);
        int most = Math.Min(parts.Count, Documents.Length);
        int first = 0;
        while (first < most && Documents[first].Document.Text == parts[first])
        {
            first++;
        }
        int last = 0;
        while (last < most - first && Documents[^(last + 1)].Document.Text == parts[^(last + 1)])
        {
            last++;
        }
        var documents = new List<ManifestDocument>(parts.Count);
        for (int i = 0; i < parts.Count; i++)
        {
            documents.Add(i < first ? Documents[i].Document : i >= parts.Count - last ? Documents[i - parts.Count + Documents.Length].Document : new ManifestDocument(parts[i]));
        }
        return new ManifestFile(Path, Place(documents), this);
    }

    private ManifestFile Replace(LineRange range, string newText)
    {
        int first = IndexAt(Math.Max(0, range.Start.Line));
        int last = Math.Max(first, IndexAt(range.End.Line));
        int from = Documents[first].Start + Documents[first].OffsetOf(range.Start);
        int to = Math.Max(from, Documents[last].Start + Documents[last].OffsetOf(range.End));
        // A marker may come into being or vanish at either end of the edit: there the neighbour is split again too.
        if (first > 0 && range.Start.Line <= Documents[first].StartLine)
        {
            first--;
        }
        if (last + 1 < Documents.Length && range.End.Line + 2 >= Documents[last + 1].StartLine)
        {
            last++;
        }
        var joined = new StringBuilder();
        for (int i = first; i <= last; i++)
        {
            joined.Append(Documents[i].Document.Text);
        }
        int start = Documents[first].Start;
        joined.Remove(from - start, to - from).Insert(from - start, newText);

        var documents = new List<ManifestDocument>(Documents.Length + 1);
        for (int i = 0; i < first; i++)
        {
            documents.Add(Documents[i].Document);
        }
        var neighbours = new List<ManifestDocument>();
        for (int i = first; i <= last; i++)
        {
            neighbours.Add(Documents[i].Document);
        }
        foreach (string part in DocumentSplitter.Split(joined.ToString()))
        {
            documents.Add(Taken(part, neighbours) ?? new ManifestDocument(part));
        }
        for (int i = last + 1; i < Documents.Length; i++)
        {
            documents.Add(Documents[i].Document);
        }
        return new ManifestFile(Path, Place(documents), this);
    }

    /// <summary>A neighbour that was split again but came out the same keeps its tree; each is taken once, so a file never holds one document twice.</summary>
    private static ManifestDocument? Taken(string text, List<ManifestDocument> neighbours)
    {
        int found = neighbours.FindIndex(n => string.Equals(n.Text, text, StringComparison.Ordinal));
        if (found < 0)
        {
            return null;
        }
        ManifestDocument document = neighbours[found];
        neighbours.RemoveAt(found);
        return document;
    }

    private static ImmutableArray<DocumentSlot> Place(List<ManifestDocument> documents)
    {
        ImmutableArray<DocumentSlot>.Builder slots = ImmutableArray.CreateBuilder<DocumentSlot>(documents.Count);
        int start = 0;
        int line = 0;
        foreach (ManifestDocument document in documents)
        {
            slots.Add(new DocumentSlot(document, start, line));
            start += document.Text.Length;
            line += document.Lines.LineCount - 1;
        }
        return slots.MoveToImmutable();
    }
}
