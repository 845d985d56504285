using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// The scanner as our parser sees it. Looking ahead twice gives the same token (YamlDotNet's parser looks ahead twice behind
/// an anchored value in braces, and would lose the comma), and two entries without a comma between them stop it at once:
/// YamlDotNet takes some of these silently, Kubernetes' clients take none.
/// </summary>
internal sealed class TokenSource(string text) : IScanner
{
    private readonly Scanner _scanner = new(new StringReader(text));
    private readonly Stack<FlowState> _outer = new();
    private FlowState _flow;
    private int _depth;

    /// <summary>What came last inside the brackets that are open; a comma is due between one whole node and the next.</summary>
    private enum Last : byte { Separator, Node }

    public Mark CurrentPosition => _scanner.CurrentPosition;

    public Token? Current => _scanner.Current;

    public bool MoveNext()
    {
        ConsumeCurrent();
        return MoveNextWithoutConsuming();
    }

    public bool MoveNextWithoutConsuming()
    {
        // Behind the end of the stream the parser makes sure that nothing follows.
        if (_scanner.Current is not (null or StreamEnd))
        {
            return true;
        }
        bool any = _scanner.MoveNextWithoutConsuming();
        if (any)
        {
            Watch(_scanner.Current!);
        }
        return any;
    }

    public void ConsumeCurrent()
    {
        if (_scanner.Current is not null)
        {
            _scanner.ConsumeCurrent();
        }
    }

    private void Watch(Token token)
    {
        if (_depth == 0 && token is not (FlowMappingStart or FlowSequenceStart))
        {
            return;
        }
        switch (token)
        {
            case FlowMappingStart or FlowSequenceStart:
                Due();
                _outer.Push(_flow);
                _flow = default;
                _depth++;
                break;
            case FlowMappingEnd or FlowSequenceEnd:
                _depth--;
                _flow = _outer.Pop() with { Last = Last.Node, Start = (int)token.Start.Index, End = (int)token.Start.Index + 1 };
                break;
            case FlowEntry:
                _flow = default;
                break;
            case Key:
                Due();
                break;
            case Value:
                if (_flow.HasValue && _flow.Last == Last.Node)
                {
                    SplitValue();
                }
                _flow = _flow with { Last = Last.Separator, HasValue = true };
                break;
            case Anchor or Tag:
                Due();
                break;
            case Scalar or AnchorAlias:
                Due();
                _flow = _flow with { Last = Last.Node, Start = (int)token.Start.Index, End = (int)token.End.Index };
                break;
        }
    }

    private void Due()
    {
        if (_depth > 0 && _flow.Last == Last.Node)
        {
            throw new MissingCommaException(_flow.Start, _flow.End);
        }
    }

    /// <summary>
    /// A second colon in one entry: if the value before it is several words, its last one is the next key
    /// (<c>{a: 1 b: 2}</c>); over several lines, the key stands on the last.
    /// </summary>
    private void SplitValue()
    {
        ReadOnlySpan<char> value = text.AsSpan(_flow.Start, _flow.End - _flow.Start);
        if (value.IsEmpty || value[0] is '"' or '\'')
        {
            return;
        }
        int at = value.LastIndexOfAny('\n', '\r');
        if (at < 0)
        {
            char quote = value[^1];
            at = quote is '"' or '\'' ? value[..^1].LastIndexOf(quote) - 1 : value.LastIndexOfAny(' ', '\t');
        }
        int length = at < 0 ? 0 : value[..at].TrimEnd().Length;
        if (length > 0 && char.IsWhiteSpace(value[length]))
        {
            throw new MissingCommaException(_flow.Start, _flow.Start + length);
        }
    }

    private readonly record struct FlowState(Last Last, bool HasValue, int Start, int End);
}
