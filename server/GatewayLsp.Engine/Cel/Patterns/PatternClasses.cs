namespace GatewayLsp.Engine.Cel.Patterns;

/// <summary>Named classes of characters in patterns.</summary>
internal static class PatternClasses
{
    private static readonly (int First, int Last)[] Digits = [('0', '9')];
    private static readonly (int First, int Last)[] Blanks = [('\t', '\n'), ('\f', '\r'), (' ', ' ')];
    private static readonly (int First, int Last)[] Words = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

    /// <summary>Ranges in ascending order for <c>\d</c>, <c>\s</c> or <c>\w</c>, whatever its case.</summary>
    public static ReadOnlySpan<(int First, int Last)> Perl(char letter) => letter switch
    {
        'd' or 'D' => Digits,
        's' or 'S' => Blanks,
        _ => Words,
    };

    /// <summary>A POSIX class such as <c>alnum</c>; null when there is none of that name.</summary>
    public static (int First, int Last)[]? Ascii(ReadOnlySpan<char> name) => name switch
    {
        "alnum" => [('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => [('A', 'Z'), ('a', 'z')],
        "ascii" => [(0, 127)],
        "blank" => [('\t', '\t'), (' ', ' ')],
        "cntrl" => [(0, 31), (127, 127)],
        "digit" => Digits,
        "graph" => [('!', '~')],
        "lower" => [('a', 'z')],
        "print" => [(' ', '~')],
        "punct" => [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => [('\t', '\r'), (' ', ' ')],
        "upper" => [('A', 'Z')],
        "word" => Words,
        "xdigit" => [('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => null,
    };

    /// <summary>A general category, or <c>Any</c>. Scripts, which .NET has not, can't be translated.</summary>
    public static void AddUnicode(CharacterSet set, string name, bool isNegated)
    {
        switch (name)
        {
            case "Any":
                if (!isNegated)
                {
                    set.Add(0, 0x10FFFF);
                }
                break;
            case "C" or "Cc" or "Cf" or "Co" or "Cs" or "L" or "Ll" or "Lm" or "Lo" or "Lt" or "Lu" or "M" or "Mc" or "Me" or "Mn" or "N" or "Nd" or "Nl" or "No"
                or "P" or "Pc" or "Pd" or "Pe" or "Pf" or "Pi" or "Po" or "Ps" or "S" or "Sc" or "Sk" or "Sm" or "So" or "Z" or "Zl" or "Zp" or "Zs":
                set.AddCategory(name, isNegated);
                break;
            default:
                if (name.Length < 3 || !name.All(c => char.IsAsciiLetter(c) || c == '_'))
                {
                    throw new PatternException($"`\\p{{{name}}}` is no class");
                }
                throw new NotSupportedException();
        }
    }
}
