namespace GatewayLsp.Engine.Navigation;

/// <summary>A line of block style, judged by itself: where its first dash or key stands. Columns are UTF-16.</summary>
/// <param name="Indent">Column of the dash, or of the key where there is none.</param>
/// <param name="Content">Column of the key.</param>
/// <param name="IsBlank">Nothing but blanks or a comment.</param>
internal readonly record struct BlockLine(int Indent, int Content, bool IsBlank)
{
    public bool HasDash => Content > Indent;

    public static BlockLine Read(ReadOnlySpan<char> line)
    {
        int indent = Blanks(line, 0);
        int content = indent;
        while (content < line.Length && line[content] == '-' && (content + 1 == line.Length || line[content + 1] == ' '))
        {
            content = Math.Max(content + 1, Blanks(line, content + 1));
        }
        return new BlockLine(indent, content, content == indent && (indent == line.Length || line[indent] is '#' or '\t'));
    }

    /// <summary>True when the line is complete without the deeper lines below it: a key and nothing more, or a block scalar's head.</summary>
    public static bool MayEnd(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        int at = line.Length - 1;
        while (at > 0 && (char.IsAsciiDigit(line[at]) || line[at] is '+' or '-'))
        {
            at--;
        }
        return line.EndsWith(":") || (at > 1 && line[at] is '|' or '>' && line[at - 1] == ' ' && line[..(at - 1)].TrimEnd().EndsWith(":"));
    }

    private static int Blanks(ReadOnlySpan<char> line, int from)
    {
        int at = line[from..].IndexOfAnyExcept(' ');
        return at < 0 ? line.Length : from + at;
    }
}
