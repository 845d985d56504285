using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// A pattern as the API server's regular expressions (RE2) understand it, in linear time whatever the text. Where .NET
/// reads the same signs otherwise (<c>$</c>, <c>\d</c>, <c>\w</c>, <c>\s</c>, <c>(?P&lt;x&gt;)</c>), the pattern is
/// translated. One that can't be compiled matches everything: it is not the manifest's fault.
/// </summary>
internal sealed class PatternMatcher
{
    /// <summary>Patterns come from the bundled schemas and from CRDs of the workspace; beyond this many, start over.</summary>
    private const int CacheLimit = 1024;

    private static readonly ConcurrentDictionary<string, PatternMatcher> Cache = new(StringComparer.Ordinal);

    private readonly Lazy<Regex?> _regex;

    private PatternMatcher(string pattern) => _regex = new Lazy<Regex?>(() => Compile(pattern));

    public static PatternMatcher Of(string pattern)
    {
        if (Cache.Count > CacheLimit)
        {
            Cache.Clear();
        }
        return Cache.GetOrAdd(pattern, static p => new PatternMatcher(p));
    }

    /// <summary>False for a pattern that can't be compiled.</summary>
    public bool IsUsable => _regex.Value is not null;

    public bool IsMatch(string text) => _regex.Value?.IsMatch(text) ?? true;

    private static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>RE2 syntax to .NET's.</summary>
    internal static string Translate(string pattern)
    {
        var to = new StringBuilder(pattern.Length + 16);
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            switch (c)
            {
                case '\\' when i + 1 < pattern.Length:
                    i = Escape(pattern, i + 1, inClass, to);
                    break;
                case '[' when !inClass:
                    inClass = true;
                    to.Append('[');
                    if (Next(pattern, i) == '^')
                    {
                        to.Append('^');
                        i++;
                    }
                    if (Next(pattern, i) == ']')
                    {
                        to.Append("\\]");
                        i++;
                    }
                    break;
                case '[' when Next(pattern, i) == ':' && pattern.IndexOf(":]", i + 2, StringComparison.Ordinal) is > 0 and var end:
                    to.Append(AsciiClass(pattern[(i + 2)..end]));
                    i = end + 1;
                    break;
                case '[':
                    // Inside a class a bracket is itself; .NET would take `-[` for the start of a subtraction.
                    to.Append("\\[");
                    break;
                case ']' when inClass:
                    inClass = false;
                    to.Append(']');
                    break;
                case '$' when !inClass:
                    to.Append("\\z");
                    break;
                case '(' when !inClass && string.CompareOrdinal(pattern, i, "(?P<", 0, 4) == 0:
                    to.Append("(?<");
                    i += 3;
                    break;
                default:
                    to.Append(c);
                    break;
            }
        }
        return to.ToString();
    }

    private static char Next(string pattern, int at) => at + 1 < pattern.Length ? pattern[at + 1] : '\0';

    /// <summary>Copies the escape whose letter stands at <paramref name="at"/>; returns the offset of its last character.</summary>
    private static int Escape(string pattern, int at, bool inClass, StringBuilder to)
    {
        switch (pattern[at])
        {
            case 'd':
                to.Append(inClass ? "0-9" : "[0-9]");
                return at;
            case 'D':
                to.Append(inClass ? @"\x00-/:-\uffff" : "[^0-9]");
                return at;
            case 'w':
                to.Append(inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]");
                return at;
            case 'W':
                to.Append(inClass ? @"\x00-/:-@\[-\^`{-\uffff" : "[^0-9A-Za-z_]");
                return at;
            case 's':
                to.Append(inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]");
                return at;
            case 'S':
                to.Append(inClass ? @"\x00-\x08\x0b\x0e-\x1f!-\uffff" : @"[^\t\n\f\r ]");
                return at;
            case 'z':
                to.Append("\\z");
                return at;
            case 'C':
                to.Append("[\\x00-\\uffff]");
                return at;
            case 'Q':
                int end = pattern.IndexOf("\\E", at, StringComparison.Ordinal);
                string literal = end < 0 ? pattern[(at + 1)..] : pattern[(at + 1)..end];
                foreach (char c in literal)
                {
                    to.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                }
                return end < 0 ? pattern.Length - 1 : end + 1;
            case 'p' or 'P' when at + 1 < pattern.Length && pattern[at + 1] != '{':
                to.Append('\\').Append(pattern[at]).Append('{').Append(pattern[at + 1]).Append('}');
                return at + 1;
            case 'x' when at + 1 < pattern.Length && pattern[at + 1] == '{' && pattern.IndexOf('}', at) is > 0 and var close
                && int.TryParse(pattern.AsSpan(at + 2, close - at - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int code) && code <= char.MaxValue:
                to.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}");
                return close;
            default:
                to.Append('\\').Append(pattern[at]);
                return at;
        }
    }

    private static string AsciiClass(string name) => name switch
    {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "ascii" => @"\x00-\x7f",
        "blank" => @"\t ",
        "cntrl" => @"\x00-\x1f\x7f",
        "digit" => "0-9",
        "graph" => "!-~",
        "lower" => "a-z",
        "print" => " -~",
        "punct" => @"!-/:-@\[-`{-~",
        "space" => @"\t\n\v\f\r ",
        "upper" => "A-Z",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => "",
    };
}
