using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Migration;

/// <summary>
/// Commands that people keep beside their manifests, in comments and Markdown, with paths into a Gateway's status that are
/// no more: an address has <c>value</c>, not <c>ip</c>.
/// </summary>
public static partial class ShellSnippets
{
    private const int MaxNotes = 1000;

    [GeneratedRegex(@"\.status\.addresses\[(?:\d{1,4}|\*)\]\.(?<old>ip|ipAddress|hostname|address)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"\.status\.loadBalancer\.ingress\[(?<index>\d{1,4}|\*)\]\.(?:ip|hostname)\b", RegexOptions.NonBacktracking)]
    private static partial Regex LoadBalancer { get; }

    [GeneratedRegex(@"\b(?:gateway|gateways|gtw|gateways?\.gateway\.networking\.k8s\.io)[ /]", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AsksGateway { get; }

    [GeneratedRegex(@"\b(?<kind>gateways?|gatewayclass(?:es)?|httproutes?|tcproutes?|tlsroutes?|udproutes?)\.networking\.x-k8s\.io\b", RegexOptions.NonBacktracking)]
    private static partial Regex OldResource { get; }

    /// <summary>The edits of a text that is no manifest (Markdown, a script), each with the sentence that explains it.</summary>
    public static ImmutableArray<(TextSpan Span, string NewText, string Message)> Find(string text)
    {
        var found = new List<(TextSpan, string, string)>();
        foreach (Match match in Address.Matches(text))
        {
            Group old = match.Groups["old"];
            Add(found, old.Index, old.Length, "value", $"An address in a Gateway's status has `value`, not `{old.Value}`.");
        }
        foreach (Match match in LoadBalancer.Matches(text))
        {
            if (AsksGateway.IsMatch(LineOf(text, match.Index)))
            {
                Add(found, match.Index, match.Length, $".status.addresses[{match.Groups["index"].Value}].value", "A Gateway tells its addresses by `.status.addresses`; `.status.loadBalancer` is a Service's.");
            }
        }
        foreach (Match match in OldResource.Matches(text))
        {
            Add(found, match.Index, match.Length, match.Groups["kind"].Value + "." + MigrationTarget.Group, $"The group `{MigrationTarget.OldGroup}` became `{MigrationTarget.Group}`.");
        }
        found.Sort((a, b) => a.Item1.Start.CompareTo(b.Item1.Start));
        return [.. found];
    }

    internal static DocumentMigration InComments(ManifestDocument before, DocumentMigration result)
    {
        var after = new ManifestDocument(result.Text);
        if (!HasAny(after))
        {
            return result;
        }
        ImmutableArray<MigrationNote>.Builder notes = result.Notes.ToBuilder();
        foreach (TextSpan comment in before.Comments)
        {
            foreach ((TextSpan span, _, string message) in Find(before.Text.Substring(comment.Start, comment.Length)))
            {
                var place = new TextSpan(comment.Start + span.Start, span.Length);
                notes.Add(new MigrationNote { Kind = MigrationNoteKind.Changed, Span = place, Unit = place, Field = "", Message = message, IsValue = true });
            }
        }
        string text = result.Text;
        var placeholders = result.Placeholders.ToBuilder();
        for (int i = after.Comments.Length - 1; i >= 0; i--)
        {
            TextSpan comment = after.Comments[i];
            var edits = Find(text.Substring(comment.Start, comment.Length));
            for (int j = edits.Length - 1; j >= 0; j--)
            {
                int start = comment.Start + edits[j].Span.Start;
                text = string.Concat(text.AsSpan(0, start), edits[j].NewText, text.AsSpan(start + edits[j].Span.Length));
                for (int k = 0; k < placeholders.Count; k++)
                {
                    placeholders[k] = placeholders[k].Start > start ? placeholders[k] with { Start = placeholders[k].Start + edits[j].NewText.Length - edits[j].Span.Length } : placeholders[k];
                }
            }
        }
        notes.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return result with { Text = text, Notes = notes.DrainToImmutable(), Placeholders = placeholders.DrainToImmutable() };
    }

    /// <summary>Comments of documents that have no old object are looked at, too: a quick look first.</summary>
    private static bool HasAny(ManifestDocument document) =>
        document.Text.Contains('#') && (document.Text.Contains(".status.", StringComparison.Ordinal) || document.Text.Contains(MigrationTarget.OldGroup, StringComparison.Ordinal));

    private static void Add(List<(TextSpan, string, string)> found, int start, int length, string newText, string message)
    {
        if (found.Count < MaxNotes)
        {
            found.Add((new TextSpan(start, length), newText, message));
        }
    }

    private static string LineOf(string text, int offset)
    {
        int start = offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;
        int end = text.IndexOf('\n', offset);
        return text[start..(end < 0 ? text.Length : end)];
    }
}
