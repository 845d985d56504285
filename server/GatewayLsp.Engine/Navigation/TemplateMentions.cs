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
                string text = slot.Document.Text;
                if (count < MaxCounted && text.Contains(name, StringComparison.Ordinal) && Placeholders.IsIn(text))
                {
                    foreach (YamlScalar scalar in Scalars(slot.Document, name))
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

    private static IEnumerable<YamlScalar> Scalars(ManifestDocument document, string name)
    {
        if (document.Root is not { } root)
        {
            yield break;
        }
        foreach (YamlNode node in root.DescendantsAndSelf())
        {
            if (node is YamlScalar { IsOpaque: true } scalar && HasWord(document.Text.AsSpan(scalar.Span.Start, scalar.Span.Length), name))
            {
                yield return scalar;
            }
        }
    }

    /// <summary>The name as a word, or part of one that is joined by dashes or dots.</summary>
    private static bool HasWord(ReadOnlySpan<char> text, string name)
    {
        int at = 0;
        while (text[at..].IndexOf(name, StringComparison.Ordinal) is >= 0 and int next)
        {
            int start = at + next;
            int end = start + name.Length;
            if ((start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
            at = start + 1;
        }
        return false;
    }
}
