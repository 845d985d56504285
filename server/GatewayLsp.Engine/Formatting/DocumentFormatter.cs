using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Formatting;

/// <summary>
/// Lays out one document line by line: the first token of a line goes to its column, those behind it get their gaps, lines
/// inside of scalars and flow collections move with what they belong to. No line is joined or split; of several blank
/// lines in a row one stays.
/// </summary>
internal sealed class DocumentFormatter
{
    private readonly ManifestDocument _document;
    private readonly string _text;
    private readonly LineIndex _lines;
    private readonly List<Token> _tokens;
    private readonly LayoutPlan _plan;
    private readonly string?[] _result;
    private readonly StringBuilder _line = new();
    private readonly List<(int Old, int New)> _levels = [];
    private readonly Stack<int> _paddings = new();
    private Shift _flowShift;
    private int _next;

    /// <summary>Up to here lines belong to scalars seen so far: blank ones among them are text.</summary>
    private int _lastScalarLine = -1;

    private DocumentFormatter(ManifestDocument document, List<Token> tokens, int indentSize)
    {
        _document = document;
        _text = document.Text;
        _lines = document.Lines;
        _tokens = tokens;
        _plan = new LayoutPlan(document, indentSize);
        _result = new string?[_lines.LineCount];
    }

    /// <summary>What each line is to be, null for a line that goes; null when the document is of a form that we leave alone.</summary>
    /// <param name="endsFile">No document follows: blank lines at the end go too.</param>
    public static string?[]? Format(ManifestDocument document, int indentSize, bool endsFile) =>
        Tokens.Of(document) is { } tokens && new DocumentFormatter(document, tokens, indentSize).Run(endsFile) is { } lines ? lines : null;

    /// <summary>True when the document's text ends inside of a block scalar, whose value a line break at the end may change.</summary>
    public static bool EndsInBlockScalar(ManifestDocument document)
    {
        YamlNode? node = document.Root;
        while (node is YamlMapping { Entries.Length: > 0 } or YamlSequence { Items.Length: > 0 })
        {
            node = node is YamlMapping mapping ? mapping.Entries[^1].Value : ((YamlSequence)node).Items[^1];
        }
        return node is YamlScalar { Style: ScalarStyle.Literal or ScalarStyle.Folded };
    }

    private string?[]? Run(bool endsFile)
    {
        for (int line = 0; line < _result.Length; line++)
        {
            bool hasToken = _next < _tokens.Count && _tokens[_next].Span.Start < _lines.LineEnd(line);
            if (!hasToken)
            {
                _result[line] = IsSecondBlank(line) ? null : "";
                continue;
            }
            _line.Clear();
            if (!AppendFirst(line) || !AppendTokens(ref line))
            {
                return null;
            }
        }
        if (endsFile)
        {
            DropBlankEnd();
        }
        return _result;
    }

    private void DropBlankEnd()
    {
        int last = _result.Length - 1;
        for (int line = last; line > _lastScalarLine && _result[line] is null or ""; line--)
        {
            // What is behind the last line break is no line that could go.
            _result[line] = line == last ? "" : null;
        }
    }

    private bool IsSecondBlank(int line)
    {
        if (line == 0 || line == _result.Length - 1)
        {
            return false;
        }
        return line - 1 > _lastScalarLine && _result[line - 1] is null or "";
    }

    /// <summary>The line's indentation, by its first token.</summary>
    private bool AppendFirst(int line)
    {
        Token token = _tokens[_next];
        int start = _lines.LineStart(line);
        if (line == 0 && _text.StartsWith('\uFEFF'))
        {
            _line.Append('\uFEFF');
            start++;
        }
        if (ColumnOf(token, token.Span.Start - start) is not { } column)
        {
            return false;
        }
        _line.Append(' ', column);
        return true;
    }

    private int? ColumnOf(Token token, int now)
    {
        if (token.Kind == TokenKind.Marker)
        {
            return 0;
        }
        if (_paddings.Count > 0)
        {
            return Math.Max(0, now + _flowShift.Columns);
        }
        return token.Kind == TokenKind.Comment ? CommentColumn(now) : _plan.ColumnAt(token.Span.Start);
    }

    /// <summary>
    /// A comment belongs to what follows if it stands in the same column, else to what it stands in line with before;
    /// in between, to the level that it is indented at least as far as.
    /// </summary>
    private int CommentColumn(int now)
    {
        int next = _next;
        while (next < _tokens.Count && _tokens[next].Kind == TokenKind.Comment)
        {
            next++;
        }
        (int Old, int New)? follower = next < _tokens.Count && _plan.ColumnAt(_tokens[next].Span.Start) is { } column
            ? (_plan.ColumnOf(_tokens[next].Span.Start), column)
            : null;
        if (follower is { } same && same.Old == now)
        {
            return same.New;
        }
        if (now == _plan.RootColumn)
        {
            return 0;
        }
        (int Old, int New) best = follower is { } first && first.Old <= now ? first : (-1, 0);
        foreach ((int Old, int New) level in _levels)
        {
            best = level.Old <= now && level.Old > best.Old ? level : best;
        }
        return best.New;
    }

    /// <summary>The tokens of a line and of the lines that they reach into; false when one is not to be moved safely.</summary>
    private bool AppendTokens(ref int line)
    {
        Token? before = null;
        while (_next < _tokens.Count && _tokens[_next].Span.Start < _lines.LineEnd(line))
        {
            Token token = _tokens[_next];
            if (before is { } left)
            {
                int padding = _paddings.TryPeek(out int known) ? known : 0;
                _line.Append(' ', Gaps.Between(left.Kind, token.Kind, token.Span.Start - left.Span.End, padding));
            }
            _next++;
            Enter(token);
            if (token.Scalar is { Style: ScalarStyle.Literal or ScalarStyle.Folded })
            {
                AppendBlock(token, ref line);
                return true;
            }
            AppendText(token, ref line);
            before = token;
        }
        _result[line] = _line.ToString();
        return true;
    }

    /// <summary>Keeps book of the levels and brackets that are open.</summary>
    private void Enter(Token token)
    {
        int start = token.Span.Start;
        if (_plan.IsLevel(start))
        {
            int old = _plan.ColumnOf(start);
            _levels.RemoveAll(level => level.Old >= old);
            _levels.Add((old, _plan.ColumnAt(start) ?? old));
        }
        if (token.Kind == TokenKind.Open)
        {
            if (_paddings.Count == 0)
            {
                _flowShift = _plan.ShiftAt(start);
            }
            bool sameLine = _next < _tokens.Count && _tokens[_next].Kind != TokenKind.Comment && _lines.LineOf(_tokens[_next].Span.Start) == _lines.LineOf(start);
            _paddings.Push(sameLine && _tokens[_next].Span.Start > token.Span.End ? 1 : 0);
        }
        else if (token.Kind == TokenKind.Close)
        {
            _paddings.TryPop(out _);
        }
    }

    private void AppendText(Token token, ref int line)
    {
        int end = Math.Min(token.Span.End, _lines.LineEnd(line));
        ReadOnlySpan<char> text = _text.AsSpan(token.Span.Start, end - token.Span.Start);
        _line.Append(token.Kind is TokenKind.Comment or TokenKind.Marker ? text.TrimEnd() : text);
        Shift shift = _paddings.Count > 0 ? _flowShift : _plan.ShiftAt(token.Span.Start);
        while (token.Span.End > _lines.LineEnd(line))
        {
            _result[line] = _line.ToString();
            line++;
            _line.Clear();
            end = Math.Min(token.Span.End, _lines.LineEnd(line));
            AppendMoved(_text.AsSpan(_lines.LineStart(line), end - _lines.LineStart(line)), shift);
            _lastScalarLine = line;
        }
    }

    /// <summary>A further line of a plain or quoted scalar, whose leading blanks say nothing.</summary>
    private void AppendMoved(ReadOnlySpan<char> text, Shift shift)
    {
        int blanks = Math.Max(0, text.IndexOfAnyExcept(' '));
        int moved = shift.Columns == 0 || text.IsWhiteSpace() ? blanks : Math.Max(Math.Max(0, shift.NewParent + 1), blanks + shift.Columns);
        _line.Append(' ', moved).Append(text[blanks..]);
    }

    private void AppendBlock(Token token, ref int line)
    {
        int limit = _next < _tokens.Count ? _lines.LineOf(_tokens[_next].Span.Start) : _lines.LineCount;
        BlockScalarLines block = BlockScalarLines.Of(_document, token, _plan.ShiftAt(token.Span.Start), limit);
        _line.Append(_text.AsSpan(token.Span.Start, _lines.LineEnd(line) - token.Span.Start).TrimEnd());
        _result[line] = _line.ToString();
        while (line < block.LastLine)
        {
            line++;
            _result[line] = block.Move(line);
            _lastScalarLine = line;
        }
    }
}
