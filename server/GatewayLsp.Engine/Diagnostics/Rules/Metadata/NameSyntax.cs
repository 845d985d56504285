using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics.Rules.Metadata;

/// <summary>
/// The API server's rules for names: RFC 1123 labels and subdomains, RFC 1035 labels, path segments, label keys and values.
/// Each says in words what is wanted when a text is not valid, and null when it is.
/// </summary>
internal static class NameSyntax
{
    public const int MaxLabel = 63;
    public const int MaxSubdomain = 253;

    /// <summary>CronJobs append eleven characters for each Job.</summary>
    private const int MaxCronJob = 52;

    /// <summary>A name as the API server makes it: the start, cut so that five letters fit into a label.</summary>
    public static string Generated(string start) => string.Concat(start.AsSpan(0, Math.Min(start.Length, MaxLabel - 5)), "xxxxx");

    /// <summary>What a name of that kind must be; null when it is fine.</summary>
    public static string? Name(ResourceKind kind, string name) => (kind.Group, kind.Kind) switch
    {
        ("", "Namespace") => Label(name),
        ("", "Service") => Label1035(name),
        ("rbac.authorization.k8s.io", _) => PathSegment(name),
        ("batch", "CronJob") when name.Length > MaxCronJob => $"at most {MaxCronJob} characters long, because its Jobs get longer names",
        _ => Subdomain(name),
    };

    public static string? Label(string text) =>
        text.Length > MaxLabel ? $"at most {MaxLabel} characters long"
        : IsLabel(text) ? null : "lower-case letters, digits and `-`, with a letter or digit at either end";

    public static string? Subdomain(string text)
    {
        if (text.Length > MaxSubdomain)
        {
            return $"at most {MaxSubdomain} characters long";
        }
        foreach (Range part in text.AsSpan().Split('.'))
        {
            if (!IsLabel(text.AsSpan()[part]))
            {
                return "lower-case letters, digits, `-` and `.`, with a letter or digit at either end of each part";
            }
        }
        return null;
    }

    /// <summary>A label key: <c>name</c> or <c>prefix/name</c>.</summary>
    public static string? QualifiedName(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string name = text[(slash + 1)..];
        if (slash >= 0 && (name.Contains('/') || slash == 0 || Subdomain(text[..slash]) is not null))
        {
            return "a `name` or `prefix/name`, the prefix a domain such as `example.com`";
        }
        return name.Length is 0 or > MaxLabel || !IsWord(name)
            ? $"1 to {MaxLabel} letters, digits, `-`, `_` and `.`, with a letter or digit at either end"
            : null;
    }

    public static string? LabelValue(string text) =>
        text.Length > MaxLabel ? $"at most {MaxLabel} characters long"
        : text.Length == 0 || IsWord(text) ? null : "letters, digits, `-`, `_` and `.`, with a letter or digit at either end";

    private static string? Label1035(string text) =>
        Label(text) is { } wrong ? wrong : char.IsAsciiLetterLower(text[0]) ? null : "lower-case letters, digits and `-`, with a letter at the start";

    private static string? PathSegment(string text) =>
        text is "." or ".." || text.AsSpan().IndexOfAny('/', '%') >= 0 ? "without `/` and `%`, and not `.` or `..`" : null;

    private static bool IsLabel(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxSubdomain || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsWord(string text)
    {
        if (!char.IsAsciiLetterOrDigit(text[0]) || !char.IsAsciiLetterOrDigit(text[^1]))
        {
            return false;
        }
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }
        return true;
    }
}
