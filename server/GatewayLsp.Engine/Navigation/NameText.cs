namespace GatewayLsp.Engine.Navigation;

/// <summary>Looks for names in texts, to rule out at little cost what need not be looked at as a tree.</summary>
internal static class NameText
{
    /// <summary>True where the name stands as a whole: <c>ns-1</c> is not in <c>ns-12</c> or <c>my-ns-1</c>.</summary>
    public static bool Has(ReadOnlySpan<char> text, string name) => Has(text, name, static c => char.IsLetterOrDigit(c) || c is '-' or '.');

    /// <summary>True where it stands as a word, or as a part of one that dashes and dots join.</summary>
    public static bool HasPart(ReadOnlySpan<char> text, string name) => Has(text, name, static c => char.IsLetterOrDigit(c));

    private static bool Has(ReadOnlySpan<char> text, string name, Func<char, bool> goesOn)
    {
        int at = 0;
        while (text[at..].IndexOf(name, StringComparison.Ordinal) is >= 0 and int next)
        {
            int start = at + next;
            int end = start + name.Length;
            if ((start == 0 || !goesOn(text[start - 1])) && (end == text.Length || !goesOn(text[end])))
            {
                return true;
            }
            at = start + 1;
        }
        return false;
    }
}
