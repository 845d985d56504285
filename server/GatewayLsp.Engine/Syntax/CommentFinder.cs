using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Comments are what is left: a <c>#</c> at a line's start or behind a blank, outside of every scalar.</summary>
internal static class CommentFinder
{
    public static ImmutableArray<TextSpan> Find(ManifestDocument document)
    {
        string text = document.Text;
        if (!text.Contains('#'))
        {
            return [];
        }
        var scalars = new List<TextSpan>();
        if (document.Root is { } root)
        {
            foreach (YamlNode node in root.DescendantsAndSelf())
            {
                if (node is YamlScalar { IsMissing: false })
                {
                    scalars.Add(node.Span);
                }
            }
            scalars.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        }
        ImmutableArray<TextSpan>.Builder found = ImmutableArray.CreateBuilder<TextSpan>();
        int next = 0;
        for (int at = text.IndexOf('#'); at >= 0; at = at + 1 < text.Length ? text.IndexOf('#', at + 1) : -1)
        {
            while (next < scalars.Count && scalars[next].End <= at)
            {
                next++;
            }
            bool inScalar = next < scalars.Count && scalars[next].Contains(at);
            if (inScalar && !HeaderComment(text, scalars[next], at))
            {
                at = scalars[next].End - 1;
                continue;
            }
            if (at == 0 || YamlCharacters.IsBlankOrBreak(text[at - 1]))
            {
                int end = text.AsSpan(at).IndexOfAny('\n', '\r');
                end = end < 0 ? text.Length : at + end;
                found.Add(TextSpan.FromBounds(at, end));
                at = Math.Max(at, end - 1);
            }
        }
        return found.DrainToImmutable();
    }

    /// <summary>A comment may stand behind a block scalar's <c>|</c>, which is inside the scalar's span.</summary>
    private static bool HeaderComment(string text, TextSpan scalar, int at) =>
        text[scalar.Start] is '|' or '>' && text.AsSpan(scalar.Start, at - scalar.Start).IndexOfAny('\n', '\r') < 0 && YamlCharacters.IsBlankOrBreak(text[at - 1]);
}
