using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>
/// The lines outside of a run of lines that its place in a document depends on, judged by indentation alone: those that
/// lead to it, and the entries beside them with their content where that is short. Items of lists beside the way are left out.
/// </summary>
internal sealed class PathLines
{
    /// <summary>An entry's content of more lines is left out; its key stays.</summary>
    private const int MaxContent = 64;

    /// <summary>Lines kept beside one step of the way.</summary>
    private const int MaxBeside = 512;

    private readonly LineIndex _lines;
    private readonly List<Level> _levels = [];

    private PathLines(LineIndex lines) => _lines = lines;

    /// <summary>In order.</summary>
    public List<int> Above { get; } = [];

    /// <summary>In order.</summary>
    public List<int> Below { get; } = [];

    /// <summary>Null when the way leads through braces.</summary>
    public static PathLines? Of(LineIndex lines, int first, int last)
    {
        var path = new PathLines(lines);
        if (!path.ReadAbove(first, last))
        {
            return null;
        }
        path.ReadBelow(last + 1);
        return path;
    }

    private bool ReadAbove(int first, int last)
    {
        BlockLine start = BlockLine.Read(_lines.Line(first));
        for (int next = first + 1; start.IsBlank && next <= last; next++)
        {
            start = BlockLine.Read(_lines.Line(next));
        }
        Level level = Enter(start.IsBlank ? new Level(int.MaxValue, false) : new Level(start.Indent, start.HasDash));
        bool isFlow = false;
        var content = new List<int>();
        int beside = 0;
        for (int at = first - 1; at >= 0; at--)
        {
            BlockLine line = BlockLine.Read(_lines.Line(at));
            if (line.IsBlank)
            {
                continue;
            }
            if (line.Indent > level.Column || (line.Indent == level.Column && line.HasDash && !level.IsList))
            {
                if (content.Count <= MaxContent)
                {
                    content.Add(at);
                }
                continue;
            }
            if (line.Indent == level.Column && line.HasDash == level.IsList)
            {
                if (!level.IsList && beside < MaxBeside)
                {
                    beside += Keep(at, content);
                }
                content.Clear();
                continue;
            }
            // Braces in a block scalar are text like any other.
            ReadOnlySpan<char> head = _lines.Line(at).TrimEnd();
            isFlow = head is [.., '{' or '[' or ','] || (isFlow && !(head[^1] != ':' && BlockLine.MayEnd(head)));
            // A dash whose key stands where the entries below it do is the head of their mapping; those above are other items.
            if (line.HasDash && line.Content < level.Column)
            {
                Enter(new Level(line.Content, false));
            }
            level = Enter(new Level(line.Indent, line.HasDash));
            beside = 0;
            content.Clear();
            Above.Add(at);
        }
        Above.Reverse();
        return !isFlow;
    }

    /// <summary>An entry beside the way: its content was read before it, from below.</summary>
    private int Keep(int head, List<int> content)
    {
        bool isWhole = content.Count <= MaxContent;
        if (isWhole)
        {
            Above.AddRange(content);
        }
        if (!isWhole && !BlockLine.MayEnd(_lines.Line(head)))
        {
            return 0;
        }
        Above.Add(head);
        return isWhole ? content.Count + 1 : 1;
    }

    private void ReadBelow(int first)
    {
        int at = 0;
        int head = -1;
        int start = 0;
        for (int line = first; line < _lines.LineCount; line++)
        {
            BlockLine read = BlockLine.Read(_lines.Line(line));
            if (read.IsBlank)
            {
                continue;
            }
            int was = at;
            while (at < _levels.Count - 1 && (read.Indent < _levels[at].Column || (read.Indent == _levels[at].Column && _levels[at].IsList && !read.HasDash)))
            {
                at++;
            }
            if (at != was)
            {
                Cut(head);
                head = -1;
                start = Below.Count;
            }
            bool isEntry = at < _levels.Count && !_levels[at].IsList && read.Indent == _levels[at].Column && !read.HasDash;
            if (isEntry)
            {
                Cut(head);
                head = Below.Count - start < MaxBeside ? Below.Count : -1;
                if (head >= 0)
                {
                    Below.Add(line);
                }
            }
            else if (at < _levels.Count && _levels[at].IsList && read.Indent == _levels[at].Column)
            {
                Cut(head);
                head = -1;
            }
            else if (head >= 0 && Below.Count - head <= MaxContent + 1)
            {
                Below.Add(line);
            }
        }
        Cut(head);
    }

    /// <summary>Takes back content that turned out to be long.</summary>
    private void Cut(int head)
    {
        if (head >= 0 && Below.Count - head > MaxContent)
        {
            int keep = BlockLine.MayEnd(_lines.Line(Below[head])) ? head + 1 : head;
            Below.RemoveRange(keep, Below.Count - keep);
        }
    }

    private Level Enter(Level level)
    {
        _levels.Add(level);
        return level;
    }

    /// <summary>Where the entries of a mapping, or the dashes of a list, on the way stand.</summary>
    private readonly record struct Level(int Column, bool IsList);
}
