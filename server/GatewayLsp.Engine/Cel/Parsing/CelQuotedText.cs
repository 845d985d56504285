using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel.Parsing;

/// <summary>Reads text and bytes literals: quotes of both kinds, one or three of them, raw (<c>r</c>) and bytes (<c>b</c>).</summary>
internal static class CelQuotedText
{
    public static bool IsPrefix(ReadOnlySpan<char> word) => word.Length switch
    {
        1 => word[0] is 'r' or 'R' or 'b' or 'B',
        2 => word[0] is 'b' or 'B' && word[1] is 'r' or 'R',
        _ => false,
    };

    /// <param name="start">Offset of the prefix, or of the quote when there is none.</param>
    /// <param name="quote">Offset of the opening quote.</param>
    /// <param name="end">Offset behind the closing quote.</param>
    public static CelValue Read(string source, int start, int quote, out int end)
    {
        ReadOnlySpan<char> prefix = source.AsSpan(start, quote - start);
        bool isRaw = prefix.IndexOfAny('r', 'R') >= 0;
        bool isBytes = prefix.IndexOfAny('b', 'B') >= 0;
        char mark = source[quote];
        bool isTriple = source.AsSpan(quote).StartsWith(new string(mark, 3), StringComparison.Ordinal);
        int first = quote + (isTriple ? 3 : 1);
        int close = FindEnd(source, first, mark, isTriple, isRaw);
        if (close < 0)
        {
            int line = source.IndexOf('\n', quote);
            throw new CelSyntaxException("the text has no closing quote", TextSpan.FromBounds(start, line < 0 || isTriple ? source.Length : line));
        }
        end = close + (isTriple ? 3 : 1);
        if (isBytes)
        {
            return new CelBytes(isRaw ? Encoding.UTF8.GetBytes(source[first..close]) : Bytes(source, first, close));
        }
        return new CelString(isRaw || source.AsSpan(first, close - first).IndexOf('\\') < 0 ? source[first..close] : Text(source, first, close));
    }

    private static int FindEnd(string source, int at, char mark, bool isTriple, bool isRaw)
    {
        for (; at < source.Length; at++)
        {
            char c = source[at];
            if (c == mark)
            {
                if (!isTriple || (at + 2 < source.Length && source[at + 1] == mark && source[at + 2] == mark))
                {
                    return at;
                }
            }
            else if (c == '\\' && !isRaw)
            {
                at++;
            }
            else if (c is '\n' or '\r' && !isTriple)
            {
                return -1;
            }
        }
        return -1;
    }

    private static string Text(string source, int at, int end)
    {
        var text = new StringBuilder(end - at);
        while (at < end)
        {
            if (source[at] != '\\')
            {
                text.Append(source[at++]);
                continue;
            }
            int start = at;
            int code = Escape(source, ref at, end, isBytes: false);
            if (code > 0x10FFFF || code is >= 0xD800 and <= 0xDFFF)
            {
                throw new CelSyntaxException("the escape sequence names no Unicode character", TextSpan.FromBounds(start, at));
            }
            text.Append(char.ConvertFromUtf32(code));
        }
        return text.ToString();
    }

    private static byte[] Bytes(string source, int at, int end)
    {
        var bytes = new List<byte>(end - at);
        while (at < end)
        {
            if (source[at] == '\\')
            {
                bytes.Add((byte)Escape(source, ref at, end, isBytes: true));
                continue;
            }
            int next = source.IndexOf('\\', at, end - at);
            int to = next < 0 ? end : next;
            bytes.AddRange(Encoding.UTF8.GetBytes(source[at..to]));
            at = to;
        }
        return [.. bytes];
    }

    /// <summary>The code of the escape sequence at <paramref name="at"/>, which moves behind it.</summary>
    private static int Escape(string source, ref int at, int end, bool isBytes)
    {
        int start = at;
        char c = at + 1 < end ? source[at + 1] : '\0';
        at += 2;
        switch (c)
        {
            case 'a':
                return '\a';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case '\\' or '\'' or '"' or '`' or '?':
                return c;
            case 'x' or 'X':
                return Digits(source, start, ref at, end, 2);
            case 'u' when !isBytes:
                return Digits(source, start, ref at, end, 4);
            case 'U' when !isBytes:
                return Digits(source, start, ref at, end, 8);
            case >= '0' and <= '3' when at + 1 < end && source[at] is >= '0' and <= '7' && source[at + 1] is >= '0' and <= '7':
                at += 2;
                return ((c - '0') * 64) + ((source[at - 2] - '0') * 8) + (source[at - 1] - '0');
            default:
                throw new CelSyntaxException(
                    $"`\\{c}` is no escape sequence; for a backslash write `\\\\`, or put an `r` before the quote", TextSpan.FromBounds(start, Math.Min(at, end)));
        }
    }

    private static int Digits(string source, int start, ref int at, int end, int count)
    {
        if (at + count > end || !uint.TryParse(source.AsSpan(at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code))
        {
            throw new CelSyntaxException($"`\\{source[at - 1]}` needs {count} hexadecimal digits", TextSpan.FromBounds(start, Math.Min(at + count, end)));
        }
        at += count;
        return code > 0x10FFFF ? int.MaxValue : (int)code;
    }
}
