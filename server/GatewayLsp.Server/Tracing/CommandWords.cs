using System.Text;

namespace GatewayLsp.Server.Tracing;

/// <summary>Takes a line apart as a shell does: blanks part words, quotes and backslashes keep them together. Nothing is expanded.</summary>
internal static class CommandWords
{
    private const int MaxLength = 64 * 1024;

    /// <summary>Null, with the reason, for a line that a shell would not take.</summary>
    public static List<string>? Of(string line, out string problem)
    {
        problem = "";
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        var quote = '\0';
        if (line.Length > MaxLength)
        {
            problem = "it is too long";
            return null;
        }

        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\'')
            {
                if (c == '\'')
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(c);
                }
            }
            else if (c == '\\' && i + 1 < line.Length)
            {
                var next = line[++i];
                if (next is '\r' or '\n')
                {
                    // A line that goes on.
                    i += next == '\r' && i + 1 < line.Length && line[i + 1] == '\n' ? 1 : 0;
                    continue;
                }

                word.Append(quote == '"' && next is not ('"' or '\\' or '$' or '`') ? "\\" : "").Append(next);
                isWord = true;
            }
            else if (c == '"')
            {
                quote = quote == '"' ? '\0' : '"';
                isWord = true;
            }
            else if (c == '\'' && quote == '\0')
            {
                quote = '\'';
                isWord = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }

                isWord = false;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (isWord)
        {
            words.Add(word.ToString());
        }

        problem = quote == '\0' ? "" : $"a quote {quote} is not closed";
        return quote == '\0' ? words : null;
    }
}
