namespace GatewayLsp.Engine.Cluster.Diffing;

/// <param name="Mark"><c>' '</c> on both sides, <c>'-'</c> before only, <c>'+'</c> after only, <c>'@'</c> the head of a group: its text is a field.</param>
public readonly record struct DiffLine(char Mark, string Text, string Field);

/// <summary>A unified diff of two texts whose lines know their fields.</summary>
public static class LineDiff
{
    private const int Context = 2;

    /// <summary>Cells of the table; beyond, differing stretches are shown as a whole.</summary>
    private const long MaxCells = 4_000_000;

    public static List<DiffLine> Unified(IReadOnlyList<YamlLine> before, IReadOnlyList<YamlLine> after)
    {
        List<DiffLine> all = Align(before, after);
        var shown = new bool[all.Count];
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Mark != ' ')
            {
                for (int j = Math.Max(0, i - Context); j <= Math.Min(all.Count - 1, i + Context); j++)
                {
                    shown[j] = true;
                }
            }
        }
        var lines = new List<DiffLine>();
        for (int i = 0; i < all.Count; i++)
        {
            if (!shown[i])
            {
                continue;
            }
            if (i == 0 || !shown[i - 1])
            {
                int first = all.FindIndex(i, line => line.Mark != ' ');
                lines.Add(new DiffLine('@', all[first].Field, all[first].Field));
            }
            lines.Add(all[i]);
        }
        return lines;
    }

    private static List<DiffLine> Align(IReadOnlyList<YamlLine> before, IReadOnlyList<YamlLine> after)
    {
        int head = 0;
        while (head < before.Count && head < after.Count && before[head].Text == after[head].Text)
        {
            head++;
        }
        int tail = 0;
        while (tail < before.Count - head && tail < after.Count - head && before[^(tail + 1)].Text == after[^(tail + 1)].Text)
        {
            tail++;
        }
        var lines = new List<DiffLine>(before.Count + after.Count);
        for (int i = 0; i < head; i++)
        {
            lines.Add(new DiffLine(' ', after[i].Text, after[i].Field));
        }
        Middle(before, after, head, before.Count - tail, after.Count - tail, lines);
        for (int i = after.Count - tail; i < after.Count; i++)
        {
            lines.Add(new DiffLine(' ', after[i].Text, after[i].Field));
        }
        return lines;
    }

    private static void Middle(IReadOnlyList<YamlLine> before, IReadOnlyList<YamlLine> after, int from, int beforeEnd, int afterEnd, List<DiffLine> lines)
    {
        int rows = beforeEnd - from;
        int columns = afterEnd - from;
        bool isBounded = (long)(rows + 1) * (columns + 1) <= MaxCells;
        int[,] common = new int[isBounded ? rows + 1 : 1, isBounded ? columns + 1 : 1];
        for (int r = isBounded ? rows - 1 : -1; r >= 0; r--)
        {
            for (int c = columns - 1; c >= 0; c--)
            {
                common[r, c] = before[from + r].Text == after[from + c].Text
                    ? common[r + 1, c + 1] + 1
                    : Math.Max(common[r + 1, c], common[r, c + 1]);
            }
        }
        int x = 0;
        int y = 0;
        while (x < rows || y < columns)
        {
            if (isBounded && x < rows && y < columns && before[from + x].Text == after[from + y].Text)
            {
                lines.Add(new DiffLine(' ', after[from + y].Text, after[from + y].Field));
                x++;
                y++;
            }
            else if (x < rows && (y >= columns || !isBounded || common[x + 1, y] >= common[x, y + 1]))
            {
                lines.Add(new DiffLine('-', before[from + x].Text, before[from + x].Field));
                x++;
            }
            else
            {
                lines.Add(new DiffLine('+', after[from + y].Text, after[from + y].Field));
                y++;
            }
        }
    }
}
