using System.Text.RegularExpressions;

namespace GatewayLsp.SchemaTool.Core;

/// <summary>Shortens documentation to its first sentences, as much as a hover wants.</summary>
internal static partial class DocText
{
    /// <summary>In characters; the sentence that crosses it is left out, unless it is the first.</summary>
    private const int Enough = 280;

    /// <summary>The page that the text sends readers to, when it is about the field rather than about writing APIs.</summary>
    public static string? Link(string? text) =>
        text is not null && MoreInfo().Match(text) is { Success: true } match && !match.Groups["url"].Value.Contains("//git.k8s.io/", StringComparison.Ordinal)
            ? match.Groups["url"].Value
            : null;

    public static string? Shorten(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // The first paragraph says what a field is; lists and notes follow it.
        var paragraph = Space().Replace(Paragraph().Split(MoreInfo().Replace(text, "").Trim())[0], " ");
        if (paragraph.EndsWith(':'))
        {
            // It announces a list that is left out.
            var sentence = paragraph.LastIndexOf(". ", StringComparison.Ordinal);
            paragraph = sentence > 0 ? paragraph[..(sentence + 1)] : paragraph[..^1] + ".";
        }

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

    [GeneratedRegex(@"\s*\n\s*\n\s*|\s+(?=Possible enum values|(?:Possible|Valid) [a-z ]+ (?:are|is)\b)")]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"\s*[Mm]ore info:?\s+(?<url>https?://[^\s)]*[^\s.,)])\.?")]
    private static partial Regex MoreInfo();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    // Not after "e.g." and the like, nor within a version number.
    [GeneratedRegex(@"(?<!\b(?:e\.g|i\.e|etc|vs|[A-Z]))\.(?=\s+[A-Z]|$)")]
    private static partial Regex SentenceEnd();
}
