using System.Globalization;

namespace GatewayLsp.Engine.Cel.Patterns;

/// <summary>Characters, classes of them and escapes.</summary>
internal sealed partial class PatternTranslator
{
    private void Class(Flags flags)
    {
        bool isNegated = !IsAtEnd && _pattern[_at] == '^';
        _at += isNegated ? 1 : 0;
        var set = new CharacterSet();
        bool isFirst = true;
        while (IsAtEnd || _pattern[_at] != ']' || isFirst)
        {
            if (IsAtEnd)
            {
                throw new PatternException("a `[` is never closed");
            }
            isFirst = false;
            if (_pattern[_at] == '[' && Next == ':' && _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal) is > 0 and var end)
            {
                ReadOnlySpan<char> name = _pattern.AsSpan(_at + 2, end - _at - 2);
                bool isInverse = name.StartsWith("^");
                set.Add(PatternClasses.Ascii(name[(isInverse ? 1 : 0)..]) ?? throw new PatternException($"`[:{name}:]` is no class"), isInverse);
                _at = end + 2;
                continue;
            }
            if (_pattern[_at] == '\\' && TryClassEscape(set))
            {
                continue;
            }
            int first = ClassCode();
            int last = first;
            if (!IsAtEnd && _pattern[_at] == '-' && _at + 1 < _pattern.Length && Next != ']')
            {
                _at++;
                last = ClassCode();
                if (last < first)
                {
                    throw new PatternException("a range in `[...]` ends before it starts");
                }
            }
            set.Add(first, last);
        }
        _at++;
        Write(set, isNegated, flags);
    }

    private int ClassCode() => _pattern[_at] == '\\' ? EscapedCode() : ReadCode();

    private void Write(CharacterSet set, bool isNegated, Flags flags)
    {
        _to.Append(flags.IgnoreCase ? "(?i:" : "");
        set.Write(_to, isNegated);
        _to.Append(flags.IgnoreCase ? ")" : "");
    }

    /// <summary><c>\d</c>, <c>\pL</c> and their like. False when it is the escape of one character.</summary>
    private bool TryClassEscape(CharacterSet set)
    {
        char c = Next;
        if (c is 'd' or 'D' or 's' or 'S' or 'w' or 'W')
        {
            set.Add(PatternClasses.Perl(c), char.IsAsciiLetterUpper(c));
            _at += 2;
            return true;
        }
        if (c is not ('p' or 'P'))
        {
            return false;
        }
        _at += 2;
        if (IsAtEnd)
        {
            throw new PatternException("a class name is missing after `\\p`");
        }
        string name;
        if (_pattern[_at] == '{')
        {
            int close = _pattern.IndexOf('}', _at);
            name = close < 0 ? throw new PatternException("`\\p{` is never closed") : _pattern[(_at + 1)..close];
            _at = close + 1;
        }
        else
        {
            name = _pattern[_at++].ToString();
        }
        bool isNegated = c == 'P' ^ name.StartsWith('^');
        PatternClasses.AddUnicode(set, name.TrimStart('^'), isNegated);
        return true;
    }

    private void Escape(Flags flags)
    {
        switch (Next)
        {
            case 'A':
                _to.Append("\\A");
                break;
            case 'z':
                _to.Append("\\z");
                break;
            case 'b' or 'B':
                // .NET's words are those of Unicode.
                throw new NotSupportedException();
            case 'C':
                throw new NotSupportedException();
            case 'Q':
                int end = _pattern.IndexOf("\\E", _at + 2, StringComparison.Ordinal);
                int last = end < 0 ? _pattern.Length : end;
                for (_at += 2; _at < last;)
                {
                    Literal(ReadCode(), flags);
                }
                _at = end < 0 ? last : end + 2;
                return;
            default:
                var set = new CharacterSet();
                if (TryClassEscape(set))
                {
                    Write(set, isNegated: false, flags);
                }
                else
                {
                    Literal(EscapedCode(), flags);
                }
                return;
        }
        _at += 2;
    }

    /// <summary>The character that an escape names.</summary>
    private int EscapedCode()
    {
        char c = Next;
        int start = _at;
        _at += 2;
        switch (c)
        {
            case 'a':
                return '\a';
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
            case 'x':
                return Hexadecimal();
            case >= '0' and <= '7' when c == '0' || (!IsAtEnd && _pattern[_at] is >= '0' and <= '7'):
                int code = c - '0';
                for (int i = 0; i < 2 && !IsAtEnd && _pattern[_at] is >= '0' and <= '7'; i++)
                {
                    code = (code * 8) + (_pattern[_at++] - '0');
                }
                return code;
        }
        if (start + 1 < _pattern.Length && char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c))
        {
            return c;
        }
        throw new PatternException(start + 1 < _pattern.Length ? $"`\\{c}` is no escape sequence of a pattern" : "the pattern ends with a lone backslash");
    }

    private int Hexadecimal()
    {
        int close = !IsAtEnd && _pattern[_at] == '{' ? _pattern.IndexOf('}', _at) : _at + 2;
        int first = !IsAtEnd && _pattern[_at] == '{' ? _at + 1 : _at;
        if (close > _pattern.Length || close <= first
            || !int.TryParse(_pattern.AsSpan(first, close - first), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) || code is < 0 or > 0x10FFFF)
        {
            throw new PatternException("`\\x` needs two hexadecimal digits, or more in braces");
        }
        _at = first == _at ? close : close + 1;
        return code;
    }

    private int ReadCode()
    {
        bool isPair = char.IsHighSurrogate(_pattern[_at]) && char.IsLowSurrogate(Next);
        int code = isPair ? char.ConvertToUtf32(_pattern[_at], Next) : _pattern[_at];
        _at += isPair ? 2 : 1;
        return code;
    }

    private void Literal(int code, Flags flags)
    {
        _to.Append(flags.IgnoreCase ? "(?i:" : "");
        if (code > 0xFFFF)
        {
            int rest = code - 0x10000;
            _to.Append(CultureInfo.InvariantCulture, $"(?:\\u{0xD800 + (rest >> 10):x4}\\u{0xDC00 + (rest & 0x3FF):x4})");
        }
        else if (code < 128 && char.IsAsciiLetterOrDigit((char)code))
        {
            _to.Append((char)code);
        }
        else
        {
            _to.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}");
        }
        _to.Append(flags.IgnoreCase ? ")" : "");
    }
}
