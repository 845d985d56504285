using System.Globalization;
using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel.Parsing;

/// <summary>Cuts an expression into tokens, one at a time.</summary>
internal sealed class CelLexer(string source)
{
    private int _at;

    public CelToken Next()
    {
        SkipBlanks();
        int start = _at;
        if (start >= source.Length)
        {
            return new CelToken(CelTokenKind.End, new TextSpan(source.Length, 0), "");
        }
        char c = source[start];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            return Word(start);
        }
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return Number(start);
        }
        if (c is '"' or '\'')
        {
            return Quoted(start, start);
        }
        return Sign(start, c);
    }

    /// <summary>True when the number of that span was written with a <c>u</c>.</summary>
    public bool EndsWithUnsigned(TextSpan number) => source[number.End - 1] is 'u' or 'U';

    private char Peek(int ahead) => _at + ahead < source.Length ? source[_at + ahead] : '\0';

    private void SkipBlanks()
    {
        while (_at < source.Length)
        {
            if (source[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _at++;
            }
            else if (source[_at] == '/' && Peek(1) == '/')
            {
                int end = source.IndexOf('\n', _at);
                _at = end < 0 ? source.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private CelToken Word(int start)
    {
        while (_at < source.Length && (char.IsAsciiLetterOrDigit(source[_at]) || source[_at] == '_'))
        {
            _at++;
        }
        if (_at < source.Length && source[_at] is '"' or '\'' && CelQuotedText.IsPrefix(source.AsSpan(start, _at - start)))
        {
            return Quoted(start, _at);
        }
        TextSpan span = TextSpan.FromBounds(start, _at);
        string word = source[start.._at];
        return word switch
        {
            "true" => new CelToken(CelTokenKind.Literal, span, word, CelBool.True),
            "false" => new CelToken(CelTokenKind.Literal, span, word, CelBool.False),
            "null" => new CelToken(CelTokenKind.Literal, span, word, CelNull.Instance),
            "in" => new CelToken(CelTokenKind.Operator, span, word),
            _ => new CelToken(CelTokenKind.Identifier, span, word),
        };
    }

    private CelToken Quoted(int start, int quote)
    {
        CelValue value = CelQuotedText.Read(source, start, quote, out _at);
        return new CelToken(CelTokenKind.Literal, TextSpan.FromBounds(start, _at), "", value);
    }

    private CelToken Number(int start)
    {
        CelValue value = source[start] == '0' && Peek(1) == 'x' ? Hexadecimal(start) : Decimal(start);
        if (_at < source.Length && (char.IsAsciiLetterOrDigit(source[_at]) || source[_at] == '_'))
        {
            throw new CelSyntaxException("a number ends here, but letters follow", new TextSpan(_at, 1));
        }
        return new CelToken(CelTokenKind.Literal, TextSpan.FromBounds(start, _at), "", value);
    }

    private CelValue Hexadecimal(int start)
    {
        _at += 2;
        int digits = _at;
        while (char.IsAsciiHexDigit(Peek(0)))
        {
            _at++;
        }
        if (_at == digits)
        {
            throw new CelSyntaxException("digits are missing after `0x`", TextSpan.FromBounds(start, _at));
        }
        return Whole(start, source.AsSpan(digits, _at - digits), NumberStyles.AllowHexSpecifier);
    }

    private CelValue Decimal(int start)
    {
        SkipDigits();
        bool isWhole = true;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isWhole = false;
            _at++;
            SkipDigits();
        }
        if (Peek(0) is 'e' or 'E')
        {
            int sign = Peek(1) is '+' or '-' ? 1 : 0;
            if (!char.IsAsciiDigit(Peek(1 + sign)))
            {
                throw new CelSyntaxException("digits are missing in the exponent", TextSpan.FromBounds(start, _at + 1 + sign));
            }
            isWhole = false;
            _at += 1 + sign;
            SkipDigits();
        }
        ReadOnlySpan<char> text = source.AsSpan(start, _at - start);
        if (isWhole)
        {
            return Whole(start, text, NumberStyles.None);
        }
        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new CelDouble(value)
            : throw new CelSyntaxException("the number is larger than a double can be", TextSpan.FromBounds(start, _at));
    }

    private CelValue Whole(int start, ReadOnlySpan<char> digits, NumberStyles style)
    {
        bool fits = ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out ulong value);
        if (Peek(0) is 'u' or 'U')
        {
            _at++;
            return fits ? new CelUint(value) : throw new CelSyntaxException("the number does not fit a uint", TextSpan.FromBounds(start, _at));
        }
        if (fits && value <= long.MaxValue)
        {
            return CelInt.Of((long)value);
        }
        // The smallest int: only a minus before it makes it one, which the parser sees.
        return fits && value == 1UL << 63
            ? new CelUint(value)
            : throw new CelSyntaxException("the number does not fit an int", TextSpan.FromBounds(start, _at));
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
        {
            _at++;
        }
    }

    private CelToken Sign(int start, char c)
    {
        char next = Peek(1);
        (CelTokenKind kind, int length) = c switch
        {
            '.' => (CelTokenKind.Dot, 1),
            ',' => (CelTokenKind.Comma, 1),
            ':' => (CelTokenKind.Colon, 1),
            '?' => (CelTokenKind.Question, 1),
            '(' => (CelTokenKind.OpenParen, 1),
            ')' => (CelTokenKind.CloseParen, 1),
            '[' => (CelTokenKind.OpenBracket, 1),
            ']' => (CelTokenKind.CloseBracket, 1),
            '{' => (CelTokenKind.OpenBrace, 1),
            '}' => (CelTokenKind.CloseBrace, 1),
            '-' => (CelTokenKind.Minus, 1),
            '+' or '*' or '/' or '%' => (CelTokenKind.Operator, 1),
            '<' or '>' => (CelTokenKind.Operator, next == '=' ? 2 : 1),
            '=' when next == '=' => (CelTokenKind.Operator, 2),
            '!' when next == '=' => (CelTokenKind.Operator, 2),
            '!' => (CelTokenKind.Not, 1),
            '&' when next == '&' => (CelTokenKind.Operator, 2),
            '|' when next == '|' => (CelTokenKind.Operator, 2),
            _ => throw Unexpected(start, c),
        };
        _at += length;
        return new CelToken(kind, new TextSpan(start, length), source.Substring(start, length));
    }

    private CelSyntaxException Unexpected(int start, char c)
    {
        int length = char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek(1)) ? 2 : 1;
        string message = c switch
        {
            '=' => "`=` compares nothing; write `==`",
            '&' => "`&` is no operator; write `&&`",
            '|' => "`|` is no operator; write `||`",
            '`' => "names in backquotes are not supported here; write the escaped name, such as `__dash__` for `-`",
            '“' or '”' or '‘' or '’' => "curly quotes do not start a text; write `'` or `\"`",
            < ' ' => "a control character can't stand here",
            _ => $"`{source.AsSpan(start, length)}` can't stand here",
        };
        return new CelSyntaxException(message, new TextSpan(start, length));
    }
}
