using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Cel.Patterns;

/// <summary>A pattern that RE2 refuses. Never leaves <see cref="CelRegex"/>.</summary>
internal sealed class PatternException(string message) : Exception(message);

/// <summary>
/// Reads a pattern by the syntax of RE2 and writes it for .NET: same matches, counted in code points. What RE2 does not have
/// (look-around, back references, possessive quantifiers) is refused, as is a repetition of more than 1000 times.
/// </summary>
internal sealed partial class PatternTranslator
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
                _ => throw new PatternException($"`(?{names}` is a kind of group that RE2 does not have"),
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
}
