using System.Collections.Immutable;
using GatewayLsp.Engine.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// Turns YamlDotNet's events of one document into our tree. YamlDotNet's marks need care (block ends sit at the next
/// token, scalars include their anchor and tag, block scalars run to the next line): here they become exact.
/// Throws what the parser throws; <see cref="YamlParser"/> repairs the text and tries again.
/// </summary>
internal sealed class YamlTreeBuilder
{
    /// <summary>Deeper nesting than any schema has; beyond it a document is refused, not walked.</summary>
    public const int MaxDepth = 100;

    public static readonly string NestedTooDeep = $"More than {MaxDepth} levels of nesting: no manifest needs that, so the rest of this branch is ignored.";

    /// <summary>Levels that are passed over below <see cref="MaxDepth"/>. Each open bracket makes the parser slower, so there has to be an end.</summary>
    private const int MaxSkippedDepth = 400;

    private readonly PatchedText _text;
    private readonly TokenSource _tokens;
    private readonly Parser _parser;
    private readonly List<SyntaxError> _errors;
    private readonly DuplicateKeys? _duplicates;
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);

    /// <summary>Patched end of what was read last. YamlDotNet marks a missing key or value that follows another with 0.</summary>
    private int _reached;

    public YamlTreeBuilder(PatchedText text, bool checkDuplicates)
    {
        _text = text;
        _tokens = new TokenSource(text.Text);
        _parser = new Parser(_tokens);
        _errors = [];
        _duplicates = checkDuplicates ? new DuplicateKeys(text) : null;
    }

    /// <summary>Findings that do not stop the parser: duplicate keys, unknown aliases, nesting too deep.</summary>
    public List<SyntaxError> Errors => _errors;

    /// <summary>Patched offset up to which the parser's scanner has read.</summary>
    public int Position => (int)_tokens.CurrentPosition.Index;

    /// <summary>Patched offsets of the flow brackets that are open right now; tells a repair where one is not closed.</summary>
    public Stack<int> OpenFlows { get; } = new();

    /// <summary>Columns of the block collections that are open right now, outermost first; what an indentation may fall back to.</summary>
    public List<int> OpenColumns { get; } = [];

    /// <summary>Patched span of the scalar read last, and whether it was quoted: an unclosed quote swallows lines.</summary>
    public (int Start, int End, bool Quoted) LastScalar { get; private set; }

    public YamlNode? Build()
    {
        YamlNode? root = null;
        while (_parser.MoveNext())
        {
            if (_parser.Current is NodeEvent)
            {
                YamlNode node = Node(0);
                root ??= node;
            }
        }
        _duplicates?.Close(_errors);
        return root;
    }

    private YamlNode Node(int depth)
    {
        ParsingEvent current = _parser.Current!;
        switch (current)
        {
            case YamlDotNet.Core.Events.Scalar scalar:
                return Scalar(scalar);
            case AnchorAlias alias:
                return Alias(alias);
            case MappingStart mapping:
                return Mapping(mapping, depth);
            case SequenceStart sequence:
                return Sequence(sequence, depth);
            default:
                throw new SemanticErrorException(current.Start, current.End, "Unexpected token.");
        }
    }

    private YamlScalar Scalar(YamlDotNet.Core.Events.Scalar scalar)
    {
        int start = Math.Max((int)scalar.Start.Index, _reached);
        int end = Math.Max((int)scalar.End.Index, start);
        _reached = end;
        // A value that is missing behind its anchor or tag is marked as reaching to the next token.
        bool isMissing = scalar is { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" };
        NodeProperties? properties = Properties(scalar, ref start, isMissing ? start : end);
        end = isMissing ? start : end;
        ScalarStyle style = scalar.Style switch
        {
            YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
            YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
            YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
            YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
            _ => ScalarStyle.Plain,
        };
        ReadOnlySpan<char> raw = _text.Text.AsSpan();
        while (end > start && raw[end - 1] is ' ' or '\t' or '\n' or '\r')
        {
            end--;
        }
        if (properties is not null && style == ScalarStyle.Plain && scalar.Value.Length == 0)
        {
            // Only an anchor or tag is written: the parser's end mark is the next token's start.
            while (start > 0 && char.IsWhiteSpace(raw[start - 1]))
            {
                start--;
            }
            end = start;
        }
        while (start < end && raw[start] is ' ' or '\t' or '\n' or '\r')
        {
            start++;
        }
        if (style == ScalarStyle.Plain && LookAlikes.HasBlank(raw[start..end]) && StandsForStructure(start))
        {
            throw new SpecialBlankException(start);
        }
        if (style == ScalarStyle.DoubleQuoted && !_text.IsJson && raw[start..end].Contains('\\')
            && QuotedText.Faults(_text.Text, start, end - 1, isJson: false) is [var fault, ..])
        {
            // The parser reads it, Kubernetes' clients don't.
            TextSpan at = Original(fault.Start, fault.End);
            _errors.Add(new SyntaxError("invalid-escape", at, fault.Message, fault.Instead is null ? null : new SyntaxFix($"Write `{fault.Instead}`", at, fault.Instead)));
        }
        LastScalar = (start, end, style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted);
        // Where a key is missing in a flow mapping, the parser takes the breaks before the next text for a part of it.
        string value = style == ScalarStyle.Plain && scalar.Value is [' ' or '\n', ..] ? scalar.Value.TrimStart() : scalar.Value;
        value = style == ScalarStyle.Plain ? _text.Written(start, end) ?? value : value;
        var node = new YamlScalar(Original(start, end), _text.Unmask(value), style, Placeholders.IsIn(_text.OriginalText(start, end)))
        {
            Properties = properties,
        };
        Remember(properties, node);
        return node;
    }

    /// <summary>True for a text at the beginning of its line that would be structure with plain spaces.</summary>
    private bool StandsForStructure(int start)
    {
        int line = _text.LineStart(start);
        ReadOnlySpan<char> content = _text.Text.AsSpan(line, _text.LineEnd(start) - line);
        List<int> found = LookAlikes.InStructure(content);
        return found.Count > 0 && found[^1] + line >= start && content[..(start - line)].IndexOfAnyExcept(' ', '-') < 0;
    }

    private YamlAlias Alias(AnchorAlias alias)
    {
        string name = alias.Value.Value;
        _reached = (int)alias.End.Index;
        TextSpan span = Original((int)alias.Start.Index, _reached);
        bool known = _anchors.TryGetValue(name, out YamlNode? target);
        if (!known && (!(char.IsAsciiLetterOrDigit(name[0]) || name[0] == '_') || name.Contains('*')))
        {
            // `*.example.com` or `*foo*`, written without quotes: nobody names an anchor so.
            _errors.Add(new SyntaxError("unknown-alias", span, $"A text that starts with `*` must be in quotes: write `\"*{name}\"`.",
                new SyntaxFix("Put it in quotes", span, $"\"*{name}\"")));
        }
        else if (!known)
        {
            _errors.Add(new SyntaxError("unknown-alias", span, $"There is no anchor `&{name}` above this alias."));
        }
        else if (target is null)
        {
            _errors.Add(new SyntaxError("unknown-alias", span, $"The alias `*{name}` is inside the node that it repeats."));
        }
        return new YamlAlias(span, name, target);
    }

    private YamlMapping Mapping(MappingStart start, int depth)
    {
        bool flow = start.Style == MappingStyle.Flow;
        int from = (int)start.Start.Index;
        // A single pair inside [ ] is a mapping without braces; YamlDotNet gives its start no place at all.
        bool isPair = flow && from == 0 && OpenFlows.Count > 0;
        NodeProperties? properties = isPair ? null : Properties(start, ref from, flow ? _text.Text.Length : (int)start.End.Index);
        int column = -1;
        int mark = isPair ? -1 : Enter(flow, from);
        Remember(properties, null);
        ImmutableArray<YamlEntry>.Builder entries = ImmutableArray.CreateBuilder<YamlEntry>(4);
        int end = _text.ToOriginal(from);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            SetColumn(flow, mark, Math.Max((int)_parser.Current!.Start.Index, _reached), entries.Count == 0, ref column);
            YamlNode key = Limited(depth);
            _parser.MoveNext();
            YamlNode value = Limited(depth);
            int keyEnd = Math.Max(key.Span.End, value.Span.End);
            entries.Add(new YamlEntry(key, value, _text.WasInserted(key.Span.End)));
            end = Math.Max(end, keyEnd);
        }
        int blockStart = entries.Count == 0 ? end : entries[0].Key.Span.Start;
        TextSpan span = isPair ? TextSpan.FromBounds(blockStart, end) : Leave(flow, from, blockStart, end, mark);
        var node = new YamlMapping(span, entries.DrainToImmutable(), flow) { Properties = properties };
        Remember(properties, node);
        _duplicates?.Report(node, _errors, isRoot: depth == 0);
        return node;
    }

    private YamlSequence Sequence(SequenceStart start, int depth)
    {
        bool flow = start.Style == SequenceStyle.Flow;
        int from = (int)start.Start.Index;
        NodeProperties? properties = Properties(start, ref from, flow ? _text.Text.Length : (int)start.End.Index);
        int column = -1;
        int mark = Enter(flow, from);
        Remember(properties, null);
        ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>(2);
        ImmutableArray<int>.Builder dashes = ImmutableArray.CreateBuilder<int>(flow ? 0 : 2);
        int end = _text.ToOriginal(from);
        int searched = from;
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            int itemStart = Math.Max((int)_parser.Current!.Start.Index, _reached);
            if (!flow)
            {
                int dash = DashBefore(itemStart, searched);
                SetColumn(flow, mark, dash, items.Count == 0, ref column);
                dashes.Add(_text.ToOriginal(dash));
                TabBehind(dash);
            }
            YamlNode item = Limited(depth);
            items.Add(item);
            end = Math.Max(end, item.Span.End);
            searched = Math.Max(itemStart, LastScalar.End);
        }
        TextSpan span = Leave(flow, from, dashes.Count > 0 ? dashes[0] : end, dashes.Count > 0 ? Math.Max(end, dashes[^1] + 1) : end, mark);
        var node = new YamlSequence(span, items.DrainToImmutable(), dashes.DrainToImmutable(), flow) { Properties = properties };
        Remember(properties, node);
        return node;
    }

    /// <summary>A child node, or nothing but a note when it lies too deep.</summary>
    private YamlNode Limited(int depth)
    {
        if (depth < MaxDepth)
        {
            return Node(depth + 1);
        }
        int start = Math.Max((int)_parser.Current!.Start.Index, _reached);
        TextSpan at = Original(start, Math.Min(start + 1, _text.Text.Length));
        if (!_errors.Exists(e => e.Code == "nested-too-deep"))
        {
            _errors.Add(new SyntaxError("nested-too-deep", at, NestedTooDeep));
        }
        int open = 0;
        do
        {
            open += _parser.Current!.NestingIncrease;
            _reached = Math.Max(_reached, (int)_parser.Current.End.Index);
            if (open > MaxSkippedDepth && OpenFlows.Count > 0)
            {
                throw new NestedTooDeepException();
            }
        }
        while (open > 0 && _parser.MoveNext());
        return new YamlScalar(new TextSpan(at.Start, 0), "", ScalarStyle.Plain);
    }

    private int Enter(bool flow, int from)
    {
        if (flow)
        {
            _reached = Math.Max(_reached, from + 1);
            OpenFlows.Push(from);
            return -1;
        }
        OpenColumns.Add(0);
        return OpenColumns.Count - 1;
    }

    private void SetColumn(bool flow, int mark, int offset, bool first, ref int column)
    {
        if (!flow && first)
        {
            column = offset - _text.LineStart(offset);
            OpenColumns[mark] = column;
        }
    }

    /// <summary>Closes a collection; <c>from</c> is a patched offset, the block bounds are original ones.</summary>
    private TextSpan Leave(bool flow, int from, int blockStart, int blockEnd, int mark)
    {
        if (!flow)
        {
            OpenColumns.RemoveRange(mark, OpenColumns.Count - mark);
            return TextSpan.FromBounds(blockStart, blockEnd);
        }
        OpenFlows.Pop();
        int close = (int)_parser.Current!.Start.Index;
        _reached = Math.Max(_reached, Math.Min(close + 1, _text.Text.Length));
        char bracket = close < _text.Text.Length ? _text.Text[close] : ' ';
        return bracket is '}' or ']' && _text.Text[from] is '{' or '['
            ? Original(from, close + 1)
            : TextSpan.FromBounds(_text.ToOriginal(from), Math.Max(_text.ToOriginal(from), blockEnd));
    }

    /// <summary>The dash of a block item: the last one between what came before and the item itself, comments skipped.</summary>
    private int DashBefore(int item, int searched)
    {
        string text = _text.Text;
        if (item < text.Length && text[item] == '-' && (item + 1 >= text.Length || YamlCharacters.IsBlankOrBreak(text[item + 1])) && item >= searched
            && _parser.Current is YamlDotNet.Core.Events.Scalar { Value: "" })
        {
            return item;
        }
        for (int i = Math.Min(item, text.Length) - 1; i >= Math.Max(0, searched - 1); i--)
        {
            if (text[i] == '-' && (i == 0 || YamlCharacters.IsBlankOrBreak(text[i - 1])) && (i + 1 >= text.Length || YamlCharacters.IsBlankOrBreak(text[i + 1]))
                && !_text.InComment(i))
            {
                return i;
            }
        }
        return Math.Min(item, text.Length);
    }

    /// <summary>Kubernetes' clients refuse a tab between a dash and its item; the parser does not mind.</summary>
    private void TabBehind(int dash)
    {
        string text = _text.Text;
        int end = dash + 1;
        while (end < text.Length && text[end] is ' ' or '\t')
        {
            end++;
        }
        if (dash < text.Length && text.AsSpan(dash + 1, end - dash - 1).Contains('\t'))
        {
            TextSpan blanks = Original(dash + 1, end);
            _errors.Add(new SyntaxError("tab-indentation", blanks, "Tabs can't indent YAML; use spaces.", new SyntaxFix("Indent with spaces", blanks, new string(' ', end - dash - 1))));
        }
    }

    private NodeProperties? Properties(NodeEvent node, ref int start, int end)
    {
        if (node.Anchor.IsEmpty && node.Tag.IsEmpty)
        {
            return null;
        }
        TextSpan anchorSpan = default;
        TextSpan tagSpan = default;
        string text = _text.Text;
        int at = start;
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is '&' or '!'))
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            int from = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            if (text[from] == '&')
            {
                anchorSpan = Original(from, at);
            }
            else
            {
                tagSpan = Original(from, at);
            }
            start = at;
        }
        while (start < Math.Min(end, text.Length) && char.IsWhiteSpace(text[start]))
        {
            start++;
        }
        return new NodeProperties(
            node.Anchor.IsEmpty ? null : node.Anchor.Value, anchorSpan, node.Tag.IsEmpty || node.Tag.IsNonSpecific ? null : node.Tag.Value, tagSpan);
    }

    private void Remember(NodeProperties? properties, YamlNode? node)
    {
        if (properties?.Anchor is { } name)
        {
            _anchors[name] = node;
        }
    }

    private TextSpan Original(int start, int end) =>
        TextSpan.FromBounds(_text.ToOriginal(start), _text.ToOriginal(end));
}
