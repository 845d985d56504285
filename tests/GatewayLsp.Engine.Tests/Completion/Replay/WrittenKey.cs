using System.Text.RegularExpressions;

namespace GatewayLsp.Engine.Tests.Completion.Replay;

/// <summary>A key line of a valid manifest in block style, read without the engine: what a replay types again.</summary>
internal sealed partial record WrittenKey(string Name, string[] Path, int Line, int Column, string? Value, int ValueColumn, int End, int DocumentEnd)
{
    [GeneratedRegex("""^ *(?:- +)*(?<key>"[^"]+"|'[^']+'|[A-Za-z_][\w./-]*) *:(?: +(?<value>\S.*?))?\s*$""")]
    private static partial Regex KeyLine { get; }

    [GeneratedRegex(@"(^|\s+)#.*$")]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"^apiVersion:\s*(\S+)")]
    private static partial Regex ApiVersion { get; }

    /// <summary>The keys of the documents whose apiVersion starts with that.</summary>
    public static List<WrittenKey> Read(string[] lines, string apiVersion)
    {
        var keys = new List<WrittenKey>();
        for (int start = 0, line = 0; line <= lines.Length; line++)
        {
            if (line == lines.Length || lines[line].StartsWith("---", StringComparison.Ordinal))
            {
                if (VersionOf(lines, start, line).StartsWith(apiVersion, StringComparison.Ordinal))
                {
                    ReadDocument(keys, lines, start, line);
                }
                start = line + 1;
            }
        }
        return keys;
    }

    private static string VersionOf(string[] lines, int from, int to) =>
        lines[from..Math.Max(from, to)].Select(l => ApiVersion.Match(l)).FirstOrDefault(m => m.Success)?.Groups[1].Value ?? "";

    private static void ReadDocument(List<WrittenKey> keys, string[] lines, int from, int to)
    {
        var open = new Stack<WrittenKey>();
        int block = -1;
        for (int i = from; i < to; i++)
        {
            string line = lines[i];
            int lead = Lead(line);
            if (line.AsSpan().IsWhiteSpace() || line[lead] == '#' || (block >= 0 && lead > block))
            {
                continue;
            }
            block = -1;
            Match match = KeyLine.Match(line);
            if (!match.Success)
            {
                continue;
            }
            int column = match.Groups["key"].Index;
            string value = match.Groups["value"].Success ? Comment.Replace(match.Groups["value"].Value, "") : "";
            if (value.StartsWith('|') || value.StartsWith('>'))
            {
                block = lead;
                value = "";
            }
            while (open.TryPeek(out WrittenKey? above) && above.Column >= column)
            {
                open.Pop();
            }
            string name = match.Groups["key"].Value.Trim('"', '\'');
            var key = new WrittenKey(name, [.. open.TryPeek(out WrittenKey? parent) ? parent.Path : [], name], i, column,
                value.Length == 0 ? null : value, match.Groups["value"].Index, EndOf(lines, i, to, column), to);
            open.Push(key);
            keys.Add(key);
        }
    }

    /// <summary>The line behind the last that belongs to the key.</summary>
    private static int EndOf(string[] lines, int line, int to, int column)
    {
        int end = line + 1;
        while (end < to)
        {
            int lead = Lead(lines[end]);
            if (!lines[end].AsSpan().IsWhiteSpace() && lead <= column && !(lead == column && lines[end].AsSpan(lead).StartsWith("- ")))
            {
                break;
            }
            end++;
        }
        while (end > line + 1 && lines[end - 1].AsSpan().IsWhiteSpace())
        {
            end--;
        }
        return end;
    }

    private static int Lead(string line) => line.Length - line.TrimStart(' ').Length;
}
