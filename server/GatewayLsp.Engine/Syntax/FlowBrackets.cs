namespace GatewayLsp.Engine.Syntax;

/// <summary>Pairs brackets by the text alone, for when the parser can't say any more which one is not closed.</summary>
internal static class FlowBrackets
{
    private const int MaxOpen = 100;

    /// <summary>How a bracket and those inside of it end.</summary>
    public enum Outcome : byte { Closed, Open, Crossed }

    /// <summary>
    /// Where reading stopped. <c>Bracket</c> is the innermost one that is still open (or that another kind's closer crosses, at
    /// <c>End</c>); <c>Closers</c> closes all that are open, innermost first.
    /// </summary>
    public readonly record struct Pairing(Outcome Outcome, int Bracket, int End, string Closers);

    /// <summary>Reads from a bracket on until it is closed or the text ends. Quoted texts and comments are passed over.</summary>
    public static Pairing Pair(ReadOnlySpan<char> text, int from)
    {
        var open = new Stack<int>();
        int braces = 0;
        for (int i = from; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '[' or '{')
            {
                open.Push(i);
                braces += c == '{' ? 1 : 0;
            }
            else if (c is ']' or '}')
            {
                char opener = c == ']' ? '[' : '{';
                if (text[open.Peek()] == opener)
                {
                    open.Pop();
                    braces -= c == '}' ? 1 : 0;
                    if (open.Count == 0)
                    {
                        return new Pairing(Outcome.Closed, from, i + 1, "");
                    }
                }
                else if ((opener == '{' ? braces : open.Count - braces) > 0)
                {
                    return new Pairing(Outcome.Crossed, open.Peek(), i, Closer(text[open.Peek()]).ToString());
                }
            }
            else if (c is '"' or '\'' && i > 0 && (char.IsWhiteSpace(text[i - 1]) || text[i - 1] is '[' or '{' or ',' or ':'))
            {
                i = Math.Max(i, QuotedText.Close(text, i));
            }
            else if (c == '#' && i > 0 && char.IsWhiteSpace(text[i - 1]))
            {
                int end = text[i..].IndexOfAny('\n', '\r');
                i = end < 0 ? text.Length : i + end;
            }
        }
        var closers = new char[Math.Min(open.Count, MaxOpen)];
        int bracket = open.Peek();
        for (int i = 0; i < closers.Length; i++)
        {
            closers[i] = Closer(text[open.Pop()]);
        }
        return new Pairing(Outcome.Open, bracket, text.Length, new string(closers));
    }

    /// <summary>The first bracket from an offset on that opens a collection; -1 when there is none before the end.</summary>
    public static int FirstOpener(ReadOnlySpan<char> text, int from, int end)
    {
        for (int i = from; i < Math.Min(end, text.Length); i++)
        {
            if (text[i] == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                int next = text[i..].IndexOfAny('\n', '\r');
                i = next < 0 ? text.Length : i + next;
            }
            else if (text[i] is '[' or '{' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                return i;
            }
        }
        return -1;
    }

    public static char Closer(char opener) => opener == '[' ? ']' : '}';
}
