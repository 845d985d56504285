using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Patches written inside of a kustomization, in literal block scalars. Each is a document of its own: the scalar's lines as
/// they stand, indentation and all, since a mapping may start at any column. So a place of the file is the same place in
/// both, and whatever answers for documents answers for these.
/// </summary>
internal static class InlinePatches
{
    private const int MaxPatches = 1000;

    /// <summary>The patches of a kustomization, in the file that it stands in. Split once per document.</summary>
    public static IEnumerable<DocumentSlot> Of(DocumentSlot kustomization)
    {
        ManifestDocument document = kustomization.Document;
        foreach (DocumentSlot patch in document.Memo.Get(typeof(InlinePatches), () => new Patches(Find(document))).Items)
        {
            yield return patch with { Start = kustomization.Start + patch.Start, StartLine = kustomization.StartLine + patch.StartLine };
        }
    }

    /// <summary>The patch whose lines hold a position of the file; null when there is none.</summary>
    public static DocumentSlot? At(DocumentSlot kustomization, LinePosition position)
    {
        foreach (DocumentSlot patch in Of(kustomization))
        {
            int last = patch.StartLine + patch.Document.Lines.LineCount - (patch.Document.Text is [.., '\n' or '\r'] ? 2 : 1);
            if (position.Line >= patch.StartLine && position.Line <= last)
            {
                return patch;
            }
        }
        return null;
    }

    /// <summary>
    /// The findings of a patch without the fixes that indent its first line anew: that line's indentation tells which of the lines below
    /// belong to the block scalar.
    /// </summary>
    public static ImmutableArray<Diagnostic> InPlace(ManifestDocument patch, ImmutableArray<Diagnostic> found)
    {
        int text = patch.Text.AsSpan().IndexOfAnyExcept(" \t\r\n");
        return found.Any(diagnostic => diagnostic.Fixes.Any(Indents))
            ? [.. found.Select(diagnostic => diagnostic with { Fixes = [.. diagnostic.Fixes.Where(fix => !Indents(fix))] })]
            : found;

        bool Indents(Fix fix) => fix.Edits.Any(edit => edit.Span.Length > 0 && edit.Span.Start < text);
    }

    private static ImmutableArray<DocumentSlot> Find(ManifestDocument document)
    {
        var found = ImmutableArray.CreateBuilder<DocumentSlot>();
        foreach (string key in (ReadOnlySpan<string>)["patches", "patchesStrategicMerge", "patchesJson6902"])
        {
            if (document.Root.At(key) is not YamlSequence list)
            {
                continue;
            }
            foreach (YamlNode item in list.Items)
            {
                YamlNode? text = item is YamlMapping mapping ? mapping.Find("patch")?.Value : item;
                if (text is YamlScalar { Style: ScalarStyle.Literal } scalar && found.Count < MaxPatches)
                {
                    Split(found, document, scalar);
                }
            }
        }
        return found.DrainToImmutable();
    }

    /// <summary>One scalar may hold several patches, with markers between them.</summary>
    private static void Split(ImmutableArray<DocumentSlot>.Builder found, ManifestDocument document, YamlScalar scalar)
    {
        LineIndex lines = document.Lines;
        int first = lines.LineOf(scalar.Span.Start) + 1;
        int end = Math.Max(first, lines.LineOf(scalar.Span.End) + (scalar.Span.End > lines.LineStart(lines.LineOf(scalar.Span.End)) ? 1 : 0));
        // Blank lines behind it are where the next line of it is going to be written.
        while (end < lines.LineCount && lines.Line(end).IsWhiteSpace())
        {
            end++;
        }
        for (int line = first; line <= end; line++)
        {
            if (line < end && !lines.Line(line).Trim().SequenceEqual("---"))
            {
                continue;
            }
            int start = lines.LineStart(first);
            if (line > first)
            {
                found.Add(new DocumentSlot(new ManifestDocument(document.Text[start..lines.LineStart(line)]), start, first));
            }
            first = line + 1;
        }
    }

    private sealed record Patches(ImmutableArray<DocumentSlot> Items);
}
