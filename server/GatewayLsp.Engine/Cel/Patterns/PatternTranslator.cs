using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Cel.Patterns;

/// <summary>A pattern that RE2 refuses. Never leaves <see cref="CelRegex"/>.</summary>
internal sealed class PatternException(string message) : Exception(message);

/// <summary>
/// Reads a pattern by the syntax of RE2 and writes it for .NET: same matches, counted in code points. What RE2 does not have
/// (look-around, back references, possessive quantifiers) is refused, as is a repetition of more than 1000 times.
/// </summary>
internal sealed class PatternTranslator
{
    private const int MaxRepeat = 1000;
    private const int MaxNesting = 250;

    private readonly string _pattern;
    private readonly StringBuilder _to;
    private int _at;
    private int _nesting;

    private PatternTranslator(string pattern)
    {
        _pattern = pattern;
        _to = new StringBuilder(pattern.Length + 32);
    }

    private readonly record struct Flags(bool IgnoreCase, bool Multiline, bool DotAll, bool Ungreedy);

    public static string Translate(string pattern)
    {
        var translator = new PatternTranslator(pattern);
        translator.Alternatives(default);
        return translator._at < pattern.Length ? throw new PatternException("a `)` closes nothing") : translator._to.ToString();
    }

    private bool IsAtEnd => _at >= _pattern.Length;

    private char Next => _at + 1 < _pattern.Length ? _pattern[_at + 1] : '\0';

    /// <summary>Up to the closing parenthesis or the end. Returns the largest product of repetitions inside.</summary>
    private int Alternatives(Flags flags)
    {
        if (++_nesting > MaxNesting)
        {
            throw new PatternException($"the pattern is nested deeper than {MaxNesting} levels");
        }
        int most = 1;
        while (!IsAtEnd && _pattern[_at] != ')')
        {
            if (_pattern[_at] == '|')
            {
                // A flag set in one branch holds in the next ones too.
                _to.Append('|');
                _at++;
                continue;
            }
            int start = _to.Length;
            if (_pattern[_at] == '(' && Next == '?' && TryFlags(ref flags))
            {
                continue;
            }
            int repeats = Atom(flags);
            most = Math.Max(most, Repetition(start, repeats, flags));
        }
        _nesting--;
        return most;
    }

    /// <summary>Flags for the rest of the group: <c>(?i)</c>. False when it is a group of its own.</summary>
    private bool TryFlags(ref Flags flags)
    {
        int close = _pattern.AsSpan(_at).IndexOfAny(')', ':');
        if (close < 0 || _pattern[_at + close] != ')' || Next2 is 'P' or '<')
        {
            return false;
        }
        flags = ReadFlags(_pattern.AsSpan(_at + 2, close - 2), flags);
        _at += close + 1;
        return true;
    }

    private char Next2 => _at + 2 < _pattern.Length ? _pattern[_at + 2] : '\0';

    private static Flags ReadFlags(ReadOnlySpan<char> names, Flags flags)
    {
        bool value = true;
        bool any = false;
        foreach (char name in names)
        {
            if (name == '-' && value)
            {
                value = any = false;
                continue;
            }
            any = true;
            flags = name switch
            {
                'i' => flags with { IgnoreCase = value },
                'm' => flags with { Multiline = value },
                's' => flags with { DotAll = value },
                'U' => flags with { Ungreedy = value },
                _ => throw new PatternException($"`(?{names}` is no group that patterns have here"),
            };
        }
        return any ? flags : throw new PatternException($"`(?{names}` names no flag");
    }

    /// <summary>Returns the product of repetitions inside.</summary>
    private int Atom(Flags flags)
    {
        char c = _pattern[_at];
        switch (c)
        {
            case '(':
                return Group(flags);
            case '[':
                _at++;
                Class(flags);
                return 1;
            case '.':
                _at++;
                var any = new CharacterSet();
                any.Add(0, flags.DotAll ? 0x10FFFF : '\n' - 1);
                any.Add('\n' + 1, 0x10FFFF);
                any.Write(_to, isNegated: false);
                return 1;
            case '^':
                _at++;
                _to.Append(flags.Multiline ? "(?m:^)" : "\\A");
                return 1;
            case '$':
                _at++;
                _to.Append(flags.Multiline ? "(?m:$)" : "\\z");
                return 1;
            case '*' or '+' or '?':
                throw new PatternException($"`{c}` repeats nothing");
            case '\\':
                Escape(flags);
                return 1;
            default:
                Literal(ReadCode(), flags);
                return 1;
        }
    }

    private int Group(Flags flags)
    {
        _at++;
        if (!IsAtEnd && _pattern[_at] == '?')
        {
            if (Next == ':')
            {
                _at += 2;
            }
            else if (Next == '<' || (Next == 'P' && Next2 == '<'))
            {
                int name = _pattern.IndexOf('<', _at) + 1;
                int end = _pattern.IndexOf('>', name);
                if (end <= name || !_pattern.AsSpan(name, end - name).ToString().All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                {
                    throw new PatternException("the name of a group is wrong");
                }
                _at = end + 1;
            }
            else
            {
                int colon = _pattern.AsSpan(_at).IndexOfAny(':', ')');
                if (colon < 0)
                {
                    throw new PatternException("a `(` is never closed");
                }
                flags = ReadFlags(_pattern.AsSpan(_at + 1, colon - 1), flags);
                _at += colon + 1;
            }
        }
        // Groups capture for nobody here.
        _to.Append("(?:");
        int most = Alternatives(flags);
        if (IsAtEnd)
        {
            throw new PatternException("a `(` is never closed");
        }
        _at++;
        _to.Append(')');
        return most;
    }

    /// <summary>What follows an atom: <c>*</c>, <c>+</c>, <c>?</c>, <c>{2,3}</c>, and <c>?</c> for lazy.</summary>
    private int Repetition(int start, int inside, Flags flags)
    {
        int most = inside;
        bool isRepeated = false;
        while (!IsAtEnd)
        {
            string sign;
            char c = _pattern[_at];
            int factor = 1;
            if (c is '*' or '+' or '?')
            {
                sign = c.ToString();
                _at++;
            }
            else if (c == '{' && ReadCount() is { } count)
            {
                (sign, int least, int greatest) = count;
                if (least > MaxRepeat || greatest > MaxRepeat || (greatest >= 0 && greatest < least))
                {
                    throw new PatternException($"`{sign}` repeats more than {MaxRepeat} times, or less than nothing");
                }
                factor = Math.Max(1, Math.Max(least, greatest));
            }
            else
            {
                return most;
            }
            if (isRepeated)
            {
                throw new PatternException($"`{sign}` follows another repetition");
            }
            isRepeated = true;
            if ((long)most * factor > MaxRepeat)
            {
                throw new PatternException($"the repetitions inside each other make more than {MaxRepeat}");
            }
            most *= factor;
            bool isLazy = flags.Ungreedy;
            if (!IsAtEnd && _pattern[_at] == '?')
            {
                isLazy = !isLazy;
                _at++;
            }
            _to.Insert(start, "(?:").Append(')').Append(sign).Append(isLazy ? "?" : "");
        }
        return most;
    }

    /// <summary>Null when the brace is a plain character.</summary>
    private (string Sign, int Least, int Greatest)? ReadCount()
    {
        int close = _pattern.IndexOf('}', _at);
        if (close < 0)
        {
            return null;
        }
        ReadOnlySpan<char> inner = _pattern.AsSpan(_at + 1, close - _at - 1);
        int comma = inner.IndexOf(',');
        ReadOnlySpan<char> first = comma < 0 ? inner : inner[..comma];
        ReadOnlySpan<char> second = comma < 0 ? inner : inner[(comma + 1)..];
        if (Number(first) is not { } least || (second.Length > 0 && Number(second) is null))
        {
            return null;
        }
        string sign = _pattern[_at..(close + 1)];
        _at = close + 1;
        return (sign, least, second.Length == 0 ? -1 : Number(second)!.Value);
    }

    private static int? Number(ReadOnlySpan<char> digits) =>
        digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9') && (digits.Length == 1 || digits[0] != '0')
            ? int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : int.MaxValue
            : null;

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
