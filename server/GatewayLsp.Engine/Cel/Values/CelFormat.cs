using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cel.Values;

/// <summary>A named format of Kubernetes, such as that of DNS labels.</summary>
public sealed class CelFormat : CelExtension
{
    private const int LabelLength = 63;
    private const int SubdomainLength = 253;

    private readonly Func<string, string?> _check;

    private CelFormat(string name, int patternLength, Func<string, string?> check)
        : base(CelKind.Format)
    {
        Name = name;
        PatternLength = patternLength;
        _check = check;
    }

    internal static IReadOnlyList<CelFormat> All { get; } =
    [
        new("dns1123Label", 30, static s => Label(s, startsWithLetter: false)),
        new("dns1123Subdomain", 60, Subdomain),
        new("dns1035Label", 30, static s => Label(s, startsWithLetter: true)),
        new("qualifiedName", 60, QualifiedName),
        new("dns1123LabelPrefix", 30, static s => Label(WithoutDash(s), startsWithLetter: false)),
        new("dns1123SubdomainPrefix", 60, static s => Subdomain(WithoutDash(s))),
        new("dns1035LabelPrefix", 30, static s => Label(WithoutDash(s), startsWithLetter: true)),
        new("labelValue", 40, static s => s.Length == 0 ? null : NamePart(s)),
        new("uri", 1103, static s => CelUrl.IsUrl(s) ? null : "it is no URL with a scheme and no absolute path"),
        new("uuid", 69, static s => IsUuid(s) ? null : "it is no UUID"),
        new("byte", 84, static s => SchemaFormats.IsValid("byte", s) ? null : "it is no Base64"),
        new("date", 163, static s => SchemaFormats.IsValid("date", s) ? null : "it is no date such as `2025-01-31`"),
        new("datetime", 163, static s => SchemaFormats.IsValid("date-time", s) ? null : "it is no time such as `2025-01-31T12:00:00Z`"),
    ];

    internal string Name { get; }

    /// <summary>What the API server reckons its pattern to be long, for the cost.</summary>
    internal int PatternLength { get; }

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    internal string? Check(string text) => _check(text);

    internal override bool SameAs(CelExtension other) => other is CelFormat format && format.Name == Name;

    private static string WithoutDash(string text) => text.EndsWith('-') && text.Length > 1 ? text[..^1] + "a" : text;

    private static string? Label(string text, bool startsWithLetter)
    {
        if (text.Length > LabelLength)
        {
            return $"it is longer than {LabelLength} characters";
        }
        if (!IsLabel(text))
        {
            return "it must consist of lower case letters, digits and `-`, and start and end with a letter or digit";
        }
        return startsWithLetter && !char.IsAsciiLetterLower(text[0]) ? "it must start with a lower case letter" : null;
    }

    private static string? Subdomain(string text)
    {
        if (text.Length > SubdomainLength)
        {
            return $"it is longer than {SubdomainLength} characters";
        }
        return Array.TrueForAll(text.Split('.'), IsLabel)
            ? null
            : "its parts, separated by dots, must consist of lower case letters, digits and `-`, and start and end with a letter or digit";
    }

    private static bool IsLabel(string text) => text.Length > 0 && text[0] != '-' && text[^1] != '-'
        && !text.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static string? QualifiedName(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length switch
        {
            1 => NamePart(text),
            2 => parts[0].Length == 0 ? "the part before the `/` is empty" : Subdomain(parts[0]) ?? NamePart(parts[1]),
            _ => "it has more than one `/`",
        };
    }

    private static string? NamePart(string text)
    {
        if (text.Length is 0 or > LabelLength)
        {
            return $"it must have 1 to {LabelLength} characters";
        }
        return char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            && !text.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
                ? null
                : "it must consist of letters, digits, `-`, `_` and `.`, and start and end with a letter or digit";
    }

    /// <summary>32 hexadecimal digits; the dashes after 8, 12, 16 and 20 of them may be missing.</summary>
    private static bool IsUuid(string text)
    {
        int digits = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '-' && digits is 8 or 12 or 16 or 20 && text[i - 1] != '-')
            {
                continue;
            }
            if (!char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
            digits++;
        }
        return digits == 32;
    }
}
