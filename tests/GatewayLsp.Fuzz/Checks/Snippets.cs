using System.Text;

namespace GatewayLsp.Fuzz.Checks;

/// <summary>LSP snippets as they stand when the user has tabbed through without typing.</summary>
internal static class Snippets
{
    public static string Plain(string snippet)
    {
        var text = new StringBuilder();
        int at = 0;
        Read(snippet, ref at, text, nested: false);
        return text.ToString();
    }

    private static void Read(string snippet, ref int at, StringBuilder to, bool nested)
    {
        while (at < snippet.Length)
        {
            char c = snippet[at++];
            if (c == '\\' && at < snippet.Length && snippet[at] is '$' or '}' or '\\')
            {
                to.Append(snippet[at++]);
            }
            else if (c == '}' && nested)
            {
                return;
            }
            else if (c == '$' && at < snippet.Length && char.IsAsciiDigit(snippet[at]))
            {
                SkipDigits(snippet, ref at);
            }
            else if (c == '$' && at + 1 < snippet.Length && snippet[at] == '{' && char.IsAsciiDigit(snippet[at + 1]))
            {
                at++;
                SkipDigits(snippet, ref at);
                Placeholder(snippet, ref at, to);
            }
            else
            {
                to.Append(c);
            }
        }
    }

    private static void Placeholder(string snippet, ref int at, StringBuilder to)
    {
        char kind = at < snippet.Length ? snippet[at++] : '}';
        if (kind == ':')
        {
            Read(snippet, ref at, to, nested: true);
        }
        else if (kind == '|')
        {
            int close = snippet.IndexOf("|}", at, StringComparison.Ordinal);
            close = close < 0 ? snippet.Length : close;
            to.Append(snippet[at..close].Split(',')[0]);
            at = Math.Min(snippet.Length, close + 2);
        }
    }

    private static void SkipDigits(string snippet, ref int at)
    {
        while (at < snippet.Length && char.IsAsciiDigit(snippet[at]))
        {
            at++;
        }
    }
}
