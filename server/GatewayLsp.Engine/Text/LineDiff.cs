using System.Text;

namespace GatewayLsp.Engine.Text;

/// <summary>The lines in which two texts differ, by the longest common run of lines (Myers), bounded.</summary>
public static class LineDiff
{
    /// <summary>Beyond so many differing lines the middle is replaced as one.</summary>
    private const int MaxDistance = 2000;

    /// <summary>Lines <c>[OldStart, OldEnd)</c> of the old text became <c>[NewStart, NewEnd)</c> of the new.</summary>
    public readonly record struct Hunk(int OldStart, int OldEnd, int NewStart, int NewEnd);

    /// <summary>Lines with their line breaks.</summary>
    public static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (int at = 0; at < text.Length;)
        {
            int end = text.AsSpan(at).IndexOfAny('\r', '\n');
            end = end < 0 ? text.Length : at + end + (text.AsSpan(at + end).StartsWith("\r\n") ? 2 : 1);
            lines.Add(text[at..end]);
            at = end;
        }
        return lines;
    }

    public static List<Hunk> Hunks(List<string> old, List<string> now)
    {
        int head = 0;
        while (head < old.Count && head < now.Count && old[head] == now[head])
        {
            head++;
        }
        int tail = 0;
        while (tail < old.Count - head && tail < now.Count - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }
        var hunks = new List<Hunk>();
        foreach (Hunk hunk in Middle(old, now, head, old.Count - tail, head, now.Count - tail))
        {
            if (hunks.Count > 0 && hunks[^1].OldEnd == hunk.OldStart && hunks[^1].NewEnd == hunk.NewStart)
            {
                hunks[^1] = new Hunk(hunks[^1].OldStart, hunk.OldEnd, hunks[^1].NewStart, hunk.NewEnd);
            }
            else
            {
                hunks.Add(hunk);
            }
        }
        return hunks;
    }

    /// <summary>The smallest edits that lead from one text to the other, in positions of the old one.</summary>
    public static IEnumerable<TextEdit> Edits(string old, string now)
    {
        List<string> before = Lines(old);
        List<string> after = Lines(now);
        int last = 0;
        int character = 0;
        if (before.Count > 0)
        {
            bool ends = Break(before[^1]).Length > 0;
            last = ends ? before.Count : before.Count - 1;
            character = ends ? 0 : before[^1].Length;
        }
        foreach (Hunk hunk in Hunks(before, after))
        {
            string text = string.Concat(after.GetRange(hunk.NewStart, hunk.NewEnd - hunk.NewStart));
            if (hunk.OldEnd - hunk.OldStart == hunk.NewEnd - hunk.NewStart && hunk.OldEnd > hunk.OldStart)
            {
                for (int i = 0; i < hunk.OldEnd - hunk.OldStart; i++)
                {
                    if (Within(hunk.OldStart + i, before[hunk.OldStart + i], after[hunk.NewStart + i]) is { } edit)
                    {
                        yield return edit;
                    }
                }
                continue;
            }
            LinePosition end = hunk.OldEnd < before.Count ? new LinePosition(hunk.OldEnd, 0) : new LinePosition(last, character);
            yield return new TextEdit(new LineRange(hunk.OldStart < before.Count ? new LinePosition(hunk.OldStart, 0) : end, end), text);
        }
    }

    /// <summary>A unified diff with three lines of context; empty when the texts are equal.</summary>
    public static string Unified(string oldName, string newName, string old, string now)
    {
        const int Context = 3;
        List<string> before = Lines(old);
        List<string> after = Lines(now);
        List<Hunk> hunks = Hunks(before, after);
        if (hunks.Count == 0)
        {
            return "";
        }
        var text = new StringBuilder().Append("--- ").Append(oldName).Append("\n+++ ").Append(newName).Append('\n');
        for (int i = 0; i < hunks.Count;)
        {
            int j = i;
            while (j + 1 < hunks.Count && hunks[j + 1].OldStart - hunks[j].OldEnd <= 2 * Context)
            {
                j++;
            }
            int from = Math.Max(0, hunks[i].OldStart - Context);
            int to = Math.Min(before.Count, hunks[j].OldEnd + Context);
            int newFrom = hunks[i].NewStart - (hunks[i].OldStart - from);
            int newTo = hunks[j].NewEnd + (to - hunks[j].OldEnd);
            text.Append("@@ -").Append(Range(from, to)).Append(" +").Append(Range(newFrom, newTo)).Append(" @@\n");
            int at = from;
            for (; i <= j; i++)
            {
                Append(text, ' ', before, at, hunks[i].OldStart);
                Append(text, '-', before, hunks[i].OldStart, hunks[i].OldEnd);
                Append(text, '+', after, hunks[i].NewStart, hunks[i].NewEnd);
                at = hunks[i].OldEnd;
            }
            Append(text, ' ', before, at, to);
        }
        return text.ToString();
    }

    private static string Range(int from, int to) => to - from == 1 ? $"{from + 1}" : $"{(to == from ? from : from + 1)},{to - from}";

    private static void Append(StringBuilder text, char mark, List<string> lines, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            text.Append(mark).Append(lines[i]);
            if (!lines[i].EndsWith('\n'))
            {
                text.Append("\n\\ No newline at end of file\n");
            }
        }
    }

    private static string Break(string line) => line.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : line.Length > 0 && line[^1] is '\r' or '\n' ? line[^1..] : "";

    private static TextEdit? Within(int line, string old, string now)
    {
        if (old == now)
        {
            return null;
        }
        int head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head])
        {
            head++;
        }
        int tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }
        // A pair of surrogates is never parted, nor a line break.
        head -= head > 0 && char.IsHighSurrogate(old[head - 1]) ? 1 : 0;
        tail -= tail > 0 && char.IsLowSurrogate(old[^tail]) ? 1 : 0;
        return Break(old) != Break(now)
            ? new TextEdit(new LineRange(new LinePosition(line, 0), Break(old).Length > 0 ? new LinePosition(line + 1, 0) : new LinePosition(line, old.Length)), now)
            : new TextEdit(new LineRange(new LinePosition(line, head), new LinePosition(line, old.Length - tail)), now[head..(now.Length - tail)]);
    }

    private static IEnumerable<Hunk> Middle(List<string> old, List<string> now, int oldStart, int oldEnd, int newStart, int newEnd)
    {
        int n = oldEnd - oldStart;
        int m = newEnd - newStart;
        if (n == 0 && m == 0)
        {
            return [];
        }
        if (n == 0 || m == 0 || Trace(old, now, oldStart, n, newStart, m) is not { } trace)
        {
            return [new Hunk(oldStart, oldEnd, newStart, newEnd)];
        }
        var hunks = new List<Hunk>();
        int x = n;
        int y = m;
        for (int d = trace.Count - 1; d > 0; d--)
        {
            int[] v = trace[d - 1];
            int offset = d - 1;
            int k = x - y;
            bool down = k == -d || (k != d && At(v, offset, k - 1) < At(v, offset, k + 1));
            int previousK = down ? k + 1 : k - 1;
            int previousX = At(v, offset, previousK);
            int previousY = previousX - previousK;
            hunks.Add(down
                ? new Hunk(oldStart + previousX, oldStart + previousX, newStart + previousY, newStart + previousY + 1)
                : new Hunk(oldStart + previousX, oldStart + previousX + 1, newStart + previousY, newStart + previousY));
            (x, y) = (previousX, previousY);
        }
        hunks.Reverse();
        return hunks;
    }

    private static int At(int[] v, int offset, int k) => k < -offset || k > offset ? -1 : v[k + offset];

    /// <summary>Furthest reaching points of each number of differences; null when there are too many.</summary>
    private static List<int[]>? Trace(List<string> old, List<string> now, int oldStart, int n, int newStart, int m)
    {
        var trace = new List<int[]>();
        for (int d = 0; d <= Math.Min(n + m, MaxDistance); d++)
        {
            var v = new int[(2 * d) + 1];
            for (int k = -d; k <= d; k += 2)
            {
                int x = 0;
                if (d > 0)
                {
                    int[] before = trace[d - 1];
                    x = k == -d || (k != d && At(before, d - 1, k - 1) < At(before, d - 1, k + 1)) ? At(before, d - 1, k + 1) : At(before, d - 1, k - 1) + 1;
                }
                int y = x - k;
                while (x < n && y < m && x >= 0 && y >= 0 && old[oldStart + x] == now[newStart + y])
                {
                    x++;
                    y++;
                }
                v[k + d] = x;
                if (x >= n && y >= m)
                {
                    trace.Add(v);
                    return trace;
                }
            }
            trace.Add(v);
        }
        return null;
    }
}
