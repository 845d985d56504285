using System.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Repairs of list items.</summary>
internal sealed partial class YamlRepair
{
    /// <summary>Lines looked at to find the list that an item belongs to, and of an item that is moved.</summary>
    private const int MaxItemLines = 1000;

    /// <summary>
    /// An item to the left of the others of its list, as it comes about when one is typed from memory: moved under them, with
    /// all its lines.
    /// </summary>
    private bool ShallowItem(YamlFailure failure, int line)
    {
        if (line < 0 || failure.OpenFlows.Length > 0 || !IsItem(line))
        {
            return false;
        }
        int column = Indent(line);
        int target = ListColumn(line, column);
        if (target <= column || !Once(line, nameof(ShallowItem)))
        {
            return false;
        }
        int last = LastLineOfItem(line, column);
        if (!_untabbed.Contains(text.ToOriginal(line)))
        {
            Note("bad-indentation", line + column, FirstWordEnd(line + column, text.LineEnd(line)),
                $"The items above in this list are indented by {target} spaces, this one by {column}.",
                new SyntaxFix($"Indent by {target} {(target == 1 ? "space" : "spaces")}", Span(line, last + Indent(last)), Indented(line, last, target - column), IsCertain: false));
        }
        Move(line, last, target - column);
        return true;
    }

    /// <summary>Moves lines to the right.</summary>
    private void Move(int first, int last, int by)
    {
        var lines = new List<int>();
        for (int at = first; at <= last; at = LineBelow(at))
        {
            lines.Add(at);
        }
        for (int i = lines.Count - 1; i >= 0; i--)
        {
            text.Insert(lines[i], new string(' ', by));
        }
    }

    private bool IsItem(int line)
    {
        int dash = line + Indent(line);
        return dash < text.Text.Length && text.Text[dash] == '-' && (dash + 1 >= text.Text.Length || text.Text[dash + 1] is ' ' or '\n' or '\r');
    }

    /// <summary>The column of the list under the nearest key above that is no deeper than the item; -1 when that key has none.</summary>
    private int ListColumn(int line, int column)
    {
        int first = -1;
        int above = PreviousContent(line);
        for (int seen = 0; above >= 0 && Indent(above) > column && seen < MaxItemLines; seen++)
        {
            first = above;
            above = PreviousContent(above);
        }
        return above >= 0 && first >= 0 && IsItem(first) && !IsItem(above) && Indent(above) <= column && text.Text.AsSpan(above, text.LineEnd(above) - above).TrimEnd().EndsWith(":")
            ? Indent(first)
            : -1;
    }

    /// <summary>The start of the last line that is indented deeper than a line; its own when there is none.</summary>
    /// <param name="withItems">Items at the line's own column are its value, too.</param>
    private int LastLineOfItem(int line, int column, bool withItems = false)
    {
        int last = line;
        int next = LineBelow(line);
        for (int seen = 0; next < text.Text.Length && seen < MaxItemLines; seen++)
        {
            if (!text.Text.AsSpan(next, text.LineEnd(next) - next).IsWhiteSpace())
            {
                if (Indent(next) < column || (Indent(next) == column && !(withItems && IsItem(next))))
                {
                    break;
                }
                last = next;
            }
            next = LineBelow(next);
        }
        return last;
    }

    private int LineBelow(int line)
    {
        int end = text.LineEnd(line);
        return end + (end + 1 < text.Text.Length && text.Text[end] == '\r' && text.Text[end + 1] == '\n' ? 2 : 1);
    }

    /// <summary>What stands from the start of one line to the content of another, each line moved to the right.</summary>
    private string Indented(int from, int last, int by)
    {
        var moved = new StringBuilder();
        string pad = new(' ', by);
        for (int line = from; line <= last; line = LineBelow(line))
        {
            int end = line == last ? last + Indent(last) : LineBelow(line);
            moved.Append(pad).Append(text.OriginalText(line, end));
        }
        return moved.ToString();
    }
}
