using System.Text.RegularExpressions;

namespace GatewayLsp.SchemaTool.Core;

/// <summary>Shortens documentation to its first sentences, as much as a hover wants.</summary>
internal static partial class DocText
{
    /// <summary>In characters; the sentence that crosses it is left out, unless it is the first.</summary>
    private const int Enough = 280;

    public static string? Shorten(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // The first paragraph says what a field is; lists and notes follow it.
        var paragraph = Space().Replace(Paragraph().Split(text.Trim())[0], " ");
        var end = 0;
        foreach (Match sentence in SentenceEnd().Matches(paragraph))
        {
            var next = sentence.Index + 1;
            if (end > 0 && next > Enough)
            {
                break;
            }

            end = next;
        }

        var shortened = end > 0 && paragraph.Length > Enough ? paragraph[..end] : paragraph;
        return shortened.Length <= 2 * Enough ? shortened : shortened[..shortened.LastIndexOf(' ', 2 * Enough)] + " ...";
    }

    [GeneratedRegex(@"\s*\n\s*\n\s*|\s+(?=(?:Possible|Valid) [a-z ]+ (?:are|is)\b)")]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    // Not after "e.g." and the like, nor within a version number.
    [GeneratedRegex(@"(?<!\b(?:e\.g|i\.e|etc|vs|[A-Z]))\.(?=\s+[A-Z]|$)")]
    private static partial Regex SentenceEnd();
}
