using System.Text;
using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>The library of text functions (version 2 of the language's extension), counting in code points.</summary>
internal static class TextFunctions
{
    public static void AddTo(FunctionTable table)
    {
        CelType text = CelType.String;
        CelType texts = CelType.List(CelType.String);
        table.Member("charAt", [text, CelType.Int], text, static (a, _) => CharAt(Text(a[0]), Int(a[1])));
        table.Member("indexOf", [text, text], CelType.Int, static (a, _) => IndexOf(Text(a[0]), Text(a[1]), 0), Whole);
        table.Member("indexOf", [text, text, CelType.Int], CelType.Int, static (a, _) => IndexOf(Text(a[0]), Text(a[1]), Int(a[2])), Whole);
        table.Member("lastIndexOf", [text, text], CelType.Int, static (a, _) => LastIndexOf(Text(a[0]), Text(a[1]), null), Whole);
        table.Member("lastIndexOf", [text, text, CelType.Int], CelType.Int, static (a, _) => LastIndexOf(Text(a[0]), Text(a[1]), Int(a[2])), Whole);
        table.Member("join", [texts], text, static (a, f) => Join((CelList)a[0], "", f));
        table.Member("join", [texts, text], text, static (a, f) => Join((CelList)a[0], Text(a[1]), f));
        table.Member("lowerAscii", [text], text, static (a, _) => Mapped(Text(a[0]), static c => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c), FunctionTable.OneWalk);
        table.Member("upperAscii", [text], text, static (a, _) => Mapped(Text(a[0]), static c => c is >= 'a' and <= 'z' ? (char)(c & ~0x20) : c), FunctionTable.OneWalk);
        table.Member("replace", [text, text, text], text, static (a, f) => Replace(Text(a[0]), Text(a[1]), Text(a[2]), -1, f), FunctionTable.TwoWalks);
        table.Member("replace", [text, text, text, CelType.Int], text, static (a, f) => Replace(Text(a[0]), Text(a[1]), Text(a[2]), Int(a[3]), f), FunctionTable.TwoWalks);
        table.Member("split", [text, text], texts, static (a, f) => Split(Text(a[0]), Text(a[1]), -1, f), FunctionTable.TwoWalks);
        table.Member("split", [text, text, CelType.Int], texts, static (a, f) => Split(Text(a[0]), Text(a[1]), Int(a[2]), f), FunctionTable.TwoWalks);
        table.Member("substring", [text, CelType.Int], text, static (a, _) => Substring(Text(a[0]), Int(a[1]), null), FunctionTable.OneWalk);
        table.Member("substring", [text, CelType.Int, CelType.Int], text, static (a, _) => Substring(Text(a[0]), Int(a[1]), Int(a[2])), FunctionTable.OneWalk);
        table.Member("trim", [text], text, static (a, _) => new CelString(Trim(Text(a[0]))), FunctionTable.OneWalk);
        table.Member("format", [text, CelType.List(CelType.Dyn)], text, static (a, f) => TextFormat.Format(Text(a[0]), (CelList)a[1], f), FunctionTable.OneWalk);
        table.Function("strings.quote", [text], text, static (a, _) => new CelString(TextFormat.Quote(Text(a[0]))), FunctionTable.OneWalk);
    }

    private static string Text(CelValue value) => CoreFunctions.Text(value);

    private static long Int(CelValue value) => ((CelInt)value).Value;

    private static long Whole(ReadOnlySpan<CelValue> arguments, CelFrame frame) => CelCosts.WholeOf(arguments[0], frame);

    private static CelError OutOfRange(long index) => new(CelErrorKind.IndexOutOfRange, $"the text has no place {index}");

    private static CelValue CharAt(string text, long index)
    {
        int at = CodePoints.OffsetOf(text, index);
        return at < 0 ? OutOfRange(index) : at == text.Length ? CelString.Empty : new CelString(text.Substring(at, CodePoints.LengthAt(text, at)));
    }

    private static CelValue IndexOf(string text, string part, long from)
    {
        if (from < 0 || part.Length == 0)
        {
            return from < 0 ? OutOfRange(from) : CelInt.Of(from);
        }
        int start = CodePoints.OffsetOf(text, from);
        int at = start < 0 ? -1 : text.IndexOf(part, start, StringComparison.Ordinal);
        return CelInt.Of(at < 0 ? -1 : CodePoints.IndexOf(text, at));
    }

    /// <param name="from">The last place that counts as a start; null for any.</param>
    private static CelValue LastIndexOf(string text, string part, long? from)
    {
        if (from < 0 || part.Length == 0)
        {
            return from < 0 ? OutOfRange(from.Value) : CelInt.Of(from ?? CodePoints.Count(text));
        }
        int start = from is { } given ? CodePoints.OffsetOf(text, given) : text.Length;
        if (start < 0 || (from is not null && start == text.Length))
        {
            return CelInt.Of(-1);
        }
        int last = Math.Min(start, text.Length - part.Length);
        int at = last < 0 ? -1 : text.AsSpan(0, last + part.Length).LastIndexOf(part, StringComparison.Ordinal);
        return CelInt.Of(at < 0 ? -1 : CodePoints.IndexOf(text, at));
    }

    private static CelValue Join(CelList list, string separator, CelFrame frame)
    {
        long length = 0;
        var texts = new string[list.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            if (list[i] is not CelString text)
            {
                return list[i].IsValue ? CelError.NoOverload("`join`", [list[i]]) : list[i];
            }
            texts[i] = text.Value;
            length += text.Value.Length + separator.Length;
        }
        return frame.Charge(CelCosts.Traversal(2.0 * length)) ? new CelString(string.Join(separator, texts)) : CelError.CostExceeded;
    }

    private static CelString Mapped(string text, Func<char, char> to) => new(string.Create(text.Length, (text, to), static (span, state) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = state.to(state.text[i]);
        }
    }));

    private static CelValue Replace(string text, string part, string by, long limit, CelFrame frame)
    {
        if (limit == 0)
        {
            return new CelString(text);
        }
        var result = new StringBuilder();
        int from = 0;
        int at = 0;
        for (long count = 0; limit < 0 || count < limit; count++)
        {
            // An empty part stands before every code point and at the end.
            int found = part.Length > 0 ? text.IndexOf(part, from, StringComparison.Ordinal) : count == 0 ? 0 : at < text.Length ? at + CodePoints.LengthAt(text, at) : -1;
            if (found < 0)
            {
                break;
            }
            at = found;
            result.Append(text, from, found - from).Append(by);
            from = found + part.Length;
            if (!frame.Charge(CelCosts.Traversal(by.Length)))
            {
                return CelError.CostExceeded;
            }
        }
        return new CelString(result.Append(text, from, text.Length - from).ToString());
    }

    /// <summary>Work that a part of a text counts as, beside what the API server charges for the walk.</summary>
    private const int PartWork = 10;

    private static CelValue Split(string text, string separator, long limit, CelFrame frame)
    {
        if (limit == 0)
        {
            return CelArrayList.Empty;
        }
        var parts = new List<CelValue>();
        int from = 0;
        if (separator.Length == 0)
        {
            // Each part is a value of its own, which takes many times the room of its character.
            while (from < text.Length && (limit < 0 || parts.Count < limit - 1) && frame.Work(PartWork))
            {
                int length = CodePoints.LengthAt(text, from);
                parts.Add(new CelString(text.Substring(from, length)));
                from += length;
            }
            if (from < text.Length)
            {
                parts.Add(new CelString(text[from..]));
            }
            return CelList.Of([.. parts]);
        }
        int found;
        while ((limit < 0 || parts.Count < limit - 1) && (found = text.IndexOf(separator, from, StringComparison.Ordinal)) >= 0 && frame.Work(PartWork))
        {
            parts.Add(new CelString(text[from..found]));
            from = found + separator.Length;
        }
        parts.Add(new CelString(text[from..]));
        return CelList.Of([.. parts]);
    }

    private static CelValue Substring(string text, long from, long? to)
    {
        int start = CodePoints.OffsetOf(text, from);
        int end = to is { } given ? CodePoints.OffsetOf(text, given) : text.Length;
        if (start < 0 || end < 0)
        {
            return OutOfRange(start < 0 ? from : to!.Value);
        }
        return start <= end ? new CelString(text[start..end]) : CelError.Invalid($"a part can't end at {to} when it starts at {from}");
    }

    /// <summary>White space as Unicode defines it, which is a little less than .NET's.</summary>
    private static string Trim(string text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }
        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }
        return text[start..end];
    }

    private static bool IsSpace(char c) => c is ' ' or '\u0085' or '\u00a0' or '\u1680' or '\u2028' or '\u2029' or '\u202f' or '\u205f' or '\u3000'
        or (>= '\t' and <= '\r') or (>= '\u2000' and <= '\u200a');
}
