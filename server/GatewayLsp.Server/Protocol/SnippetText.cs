using System.Text;

namespace GatewayLsp.Server.Protocol;

/// <summary>Snippets for editors that know none: tab stops vanish, placeholders leave their text, choices their first.</summary>
internal static class SnippetText
{
    public static string Plain(string snippet)
    {
        var plain = new StringBuilder(snippet.Length);
        var depth = 0;
        for (var i = 0; i < snippet.Length; i++)
        {
            var c = snippet[i];
            if (c == '\\' && i + 1 < snippet.Length && snippet[i + 1] is '$' or '}' or '\\' or ',' or '|')
            {
                plain.Append(snippet[++i]);
            }
            else if (c == '$' && i + 1 < snippet.Length && char.IsAsciiDigit(snippet[i + 1]))
            {
                i = SkipDigits(snippet, i + 1) - 1;
            }
            else if (c == '$' && i + 2 < snippet.Length && snippet[i + 1] == '{' && char.IsAsciiDigit(snippet[i + 2]))
            {
                i = SkipDigits(snippet, i + 2);
                if (i < snippet.Length && snippet[i] == ':')
                {
                    depth++;
                }
                else if (i < snippet.Length && snippet[i] == '|')
                {
                    i = AppendChoice(snippet, i + 1, plain);
                }
            }
            else if (c == '}' && depth > 0)
            {
                depth--;
            }
            else
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    private static int SkipDigits(string text, int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from]))
        {
            from++;
        }

        return from;
    }

    /// <summary>Appends the first of <c>a,b|}</c> and gives the place of the closing brace.</summary>
    private static int AppendChoice(string snippet, int from, StringBuilder plain)
    {
        var first = true;
        for (var i = from; i < snippet.Length; i++)
        {
            switch (snippet[i])
            {
                case '\\' when i + 1 < snippet.Length:
                    i++;
                    break;
                case ',':
                    first = false;
                    continue;
                case '|':
                    return i + 1;
            }

            if (first)
            {
                plain.Append(snippet[i]);
            }
        }

        return snippet.Length;
    }
}
