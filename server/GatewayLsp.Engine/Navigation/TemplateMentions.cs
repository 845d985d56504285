using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Values with template expressions in which a name occurs: they may refer to it, who knows, and are left as they are.</summary>
internal static class TemplateMentions
{
    private const int MaxShown = 3;
    private const int MaxCounted = 1000;

    /// <summary>A sentence that says where; null when there are none.</summary>
    public static string? Of(Workspace workspace, string name, CancellationToken cancel)
    {
        var shown = new List<(string Path, int Line)>();
        int count = 0;
        foreach ((string path, WorkspaceFile file) in workspace.Files)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (DocumentSlot slot in file.Manifest.Documents)
            {
                foreach (YamlScalar scalar in Templated(slot.Document))
                {
                    if (count < MaxCounted && NameText.HasPart(slot.Document.Text.AsSpan(scalar.Span.Start, scalar.Span.Length), name))
                    {
                        count++;
                        shown.Add((path, slot.StartLine + slot.Document.Lines.LineOf(scalar.Span.Start) + 1));
                    }
                }
            }
        }
        if (count == 0)
        {
            return null;
        }
        shown.Sort();
        var sentence = new StringBuilder(count == 1 ? "A value with a template expression mentions" : $"{count} values with template expressions mention")
            .Append(" `").Append(name).Append("` and ").Append(count == 1 ? "was" : "were").Append(" left as ").Append(count == 1 ? "it is: " : "they are: ");
        sentence.AppendJoin(", ", shown.Take(MaxShown).Select(one => $"{ObjectPlace.FileName(one.Path)}:{one.Line}"));
        return sentence.Append(count > MaxShown ? " …" : ".").ToString();
    }

    /// <summary>Found once per document; most have none, which their text tells without the tree.</summary>
    private static ImmutableArray<YamlScalar> Templated(ManifestDocument document) => document.Memo.Get(typeof(TemplateMentions), () => new Scalars(
        Placeholders.IsIn(document.Text) && document.Root is { } root
            ? [.. root.DescendantsAndSelf().OfType<YamlScalar>().Where(scalar => scalar.IsOpaque)]
            : [])).Items;

    private sealed record Scalars(ImmutableArray<YamlScalar> Items);
}
