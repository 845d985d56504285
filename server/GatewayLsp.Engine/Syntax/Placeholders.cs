namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// Text that another tool fills in before the manifest is applied: <c>{{ }}</c> and <c>{% %}</c> (Helm, Go templates, Jinja),
/// <c>&lt;% %&gt;</c> (ERB), <c>#@ </c> (ytt), <c>@NAME@</c> and <c>%NAME%</c> as a whole word (CMake, sed scripts),
/// <c>${NAME}</c> (envsubst, Flux) and <c>$NAME</c> as a whole value, <c>$(NAME)</c> (Kustomize vars, Make), <c>ENC[AES256_GCM,...]</c> (SOPS). Its value is unknown,
/// hence never wrong.
/// </summary>
internal static class Placeholders
{
    private const string Encrypted = "ENC[AES256_GCM,";

    public static bool IsIn(ReadOnlySpan<char> text)
    {
        if (IsMarked(text))
        {
            return true;
        }
        int at = text.IndexOfAny('{', '$');
        while (at >= 0 && at + 1 < text.Length)
        {
            if (text[at] == '{' ? text[at + 1] is '{' or '%' : IsVariable(text[at..]))
            {
                return true;
            }
            int next = text[(at + 1)..].IndexOfAny('{', '$');
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }

    /// <summary>True for a file's name that is none yet: other than in a text, such a sign is hardly ever meant there, whatever stands around it. <c>&lt;name&gt;</c> is one, too.</summary>
    public static bool IsInPath(ReadOnlySpan<char> path)
    {
        if (IsIn(path) || (path.IndexOf('<') is >= 0 and var open && path[open..].Contains('>')))
        {
            return true;
        }
        for (int i = 0; i + 1 < path.Length; i++)
        {
            if (path[i] == '$' && (char.IsAsciiLetter(path[i + 1]) || path[i + 1] == '_'))
            {
                return true;
            }
            if (path[i] is '@' or '%' && path[(i + 1)..].IndexOf(path[i]) is > 0 and var length && IsMarkedWord(path.Slice(i, length + 2)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True for <c>@NAME@</c> and <c>%NAME%</c>, and nothing around it.</summary>
    public static bool IsMarkedWord(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] is not ('@' or '%') || text[^1] != text[0] || !(char.IsAsciiLetter(text[1]) || text[1] == '_'))
        {
            return false;
        }
        foreach (char c in text[1..^1])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>True for <c>$NAME</c> in capitals and nothing around it: anything less is a text that has a dollar sign.</summary>
    private static bool IsBareVariable(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] == '$' && (char.IsAsciiLetterUpper(text[1]) || text[1] == '_')
        && text[1..].IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") < 0;

    private static bool IsMarked(ReadOnlySpan<char> text) =>
        text.Trim("\"'").StartsWith(Encrypted, StringComparison.Ordinal) || text.Contains("<%", StringComparison.Ordinal) || text.Contains("#@ ", StringComparison.Ordinal) || IsMarkedWord(text.Trim("\"'"))
        || IsBareVariable(text.Trim("\"'"));

    private static bool IsVariable(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || text[1] is not ('{' or '(') || !(char.IsAsciiLetter(text[2]) || text[2] == '_'))
        {
            return false;
        }
        char close = text[1] == '{' ? '}' : ')';
        int end = text.IndexOf(close);
        return end > 2 && text[..end].IndexOfAny('\n', ' ') < 0;
    }
}
