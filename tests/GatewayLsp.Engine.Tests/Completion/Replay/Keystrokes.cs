using System.Diagnostics;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Completion.Replay;

/// <summary>What of the file behind the cursor is still there.</summary>
internal enum ReplayMode
{
    /// <summary>The rest of the document is cut off, later documents are kept.</summary>
    Append,

    /// <summary>The rest of the file is cut off.</summary>
    Eof,

    /// <summary>The rest is kept, the key's own content is not.</summary>
    Insert,

    /// <summary>All the rest is kept.</summary>
    Keep,
}

/// <summary>One question of a replay and how it was answered.</summary>
/// <param name="Rank">Place in the list as an editor filters and sorts it; 0 when the answer is not offered.</param>
/// <param name="Applies">Accepting it gives back the original line.</param>
internal sealed record Keystroke(string File, WrittenKey Key, bool IsValue, ReplayMode Mode, int Typed, int Rank, bool Applies, double Microseconds);

/// <summary>Types valid manifests again, key by key and letter by letter, and asks for completion before each letter.</summary>
internal static partial class Keystrokes
{
    private static readonly HashSet<string> FreeForm =
        ["labels", "annotations", "matchLabels", "data", "stringData", "nodeSelector", "options", "limits", "requests"];

    private static readonly HashSet<string> ValueKeys =
        ["type", "protocol", "mode", "method", "from", "kind", "apiVersion", "group", "scheme", "statusCode", "wellKnownCACertificates", "operator"];

    [GeneratedRegex("""^(?:-\s+)*["']?([^:"'\s]+)["']?\s*:""")]
    private static partial Regex InsertedKey { get; }

    public static IEnumerable<Keystroke> Replay(AnalysisHost host, string path, string text, ReplayMode mode, int letters, string apiVersion)
    {
        string[] lines = text.Split('\n');
        foreach (WrittenKey key in WrittenKey.Read(lines, apiVersion))
        {
            if (key.Path[..^1].Any(FreeForm.Contains))
            {
                continue;
            }
            int end = mode switch { ReplayMode.Eof => lines.Length, ReplayMode.Append => key.DocumentEnd, ReplayMode.Insert => key.End, _ => key.Line + 1 };
            for (int typed = 0; typed < Math.Min(key.Name.Length, letters); typed++)
            {
                yield return Ask(host, path, lines, key, false, mode, typed, end);
            }
            if (key.Value is { } value && ValueKeys.Contains(key.Name) && value[0] is not ('"' or '\'' or '{' or '[' or '&' or '*'))
            {
                int valueEnd = mode == ReplayMode.Insert ? key.Line + 1 : end;
                for (int typed = 0; typed < Math.Min(value.Length, letters); typed++)
                {
                    yield return Ask(host, path, lines, key, true, mode, typed, valueEnd);
                }
            }
        }
    }

    private static Keystroke Ask(AnalysisHost host, string path, string[] lines, WrittenKey key, bool isValue, ReplayMode mode, int typed, int end)
    {
        string want = isValue ? key.Value! : key.Name;
        string head = lines[key.Line][..(isValue ? key.ValueColumn : key.Column)];
        string line = head + want[..typed];
        string text = string.Join('\n', [.. lines[..key.Line], line, .. lines[end..]]);
        var cursor = new LinePosition(key.Line, line.Length);
        long start = Stopwatch.GetTimestamp();
        host.Apply(new WorkspaceChange.Opened(path, text, 1));
        CompletionList list = new Analysis(host.Current).Complete(path, cursor);
        double took = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        (int rank, bool applies) = Judge(list, line, want, want[..typed], head, isValue);
        return new Keystroke(path, key, isValue, mode, typed, rank, applies, took);
    }

    private static string Unquoted(string text) => text.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);

    /// <summary>Filters and sorts as an editor does, then looks for what is wanted.</summary>
    private static (int Rank, bool Applies) Judge(CompletionList list, string line, string want, string typed, string head, bool isValue)
    {
        int rank = 0;
        int found = 0;
        bool applies = false;
        foreach (CompletionItem item in list.Items
            .Where(item => (item.FilterText ?? item.Label).Trim().StartsWith(Word(item).Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderBy(item => item.SortText, StringComparer.Ordinal))
        {
            rank++;
            string plain = item.IsSnippet ? SnippetText.Plain(item.NewText) : item.NewText;
            if (!Offers(item, plain.Trim()))
            {
                continue;
            }
            found = found == 0 ? rank : found;
            LineRange range = item.Range ?? list.Range;
            string accepted = Unquoted((line[..range.Start.Character] + plain + line[range.End.Character..]).Split('\n')[0]);
            string original = Unquoted(head) + want;
            applies |= accepted.StartsWith(original, StringComparison.Ordinal) && accepted.AsSpan(original.Length).Trim() is [] or [':', ..];
        }
        return (found, applies);

        string Word(CompletionItem item) => line[(item.Range ?? list.Range).Start.Character..];

        bool Offers(CompletionItem item, string plain) =>
            item.Label.Trim('"', '\'') == want || item.FilterText?.Trim('"', '\'') == want
            || (isValue ? plain.Trim('"', '\'') == want : InsertedKey.Match(plain) is { Success: true } match && match.Groups[1].Value == want);
    }
}
