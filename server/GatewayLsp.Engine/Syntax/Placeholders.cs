namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// Text that another tool fills in before the manifest is applied: <c>{{ }}</c> and <c>{% %}</c> (Helm, Go templates, Jinja),
/// <c>${NAME}</c> (envsubst, Flux), <c>$(NAME)</c> (Kustomize vars, Make). Its value is unknown, hence never wrong.
/// </summary>
internal static class Placeholders
{
    public static bool IsIn(ReadOnlySpan<char> text)
    {
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
