using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Completion;

/// <summary>Text in LSP's snippet syntax: tab stops <c>$1</c>, placeholders <c>${1:text}</c>, choices <c>${1|a,b|}</c>.</summary>
public static class SnippetText
{
    /// <summary>Text that stays text inside of a snippet.</summary>
    public static string Escape(string text) =>
        text.AsSpan().IndexOfAny('\\', '$', '}') < 0 ? text
        : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal).Replace("}", "\\}", StringComparison.Ordinal);

    /// <summary>What is left without a snippet engine: placeholders are their text, choices their first value.</summary>
    public static string Plain(string snippet)
    {
        var plain = new StringBuilder(snippet.Length);
        int open = 0;
        for (int i = 0; i < snippet.Length; i++)
        {
            char c = snippet[i];
            if (c == '\\' && i + 1 < snippet.Length && snippet[i + 1] is '\\' or '$' or '}')
            {
                plain.Append(snippet[++i]);
            }
            else if (c == '$' && i + 1 < snippet.Length && (char.IsAsciiDigit(snippet[i + 1]) || snippet[i + 1] == '{'))
            {
                i = SkipStop(snippet, i, plain, ref open);
            }
            else if (c == '}' && open > 0)
            {
                open--;
            }
            else
            {
                plain.Append(c);
            }
        }
        return plain.ToString();
    }

    public static string Placeholder(int stop, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"${{{stop}:{Escape(text)}}}");

    internal static string Stop(int stop) => string.Create(CultureInfo.InvariantCulture, $"${stop}");

    internal static string Choice(int stop, IEnumerable<string> values) =>
        string.Create(CultureInfo.InvariantCulture, $"${{{stop}|{string.Join(',', values.Select(EscapeChoice))}|}}");

    /// <summary>The same with every tab stop's number raised, so that snippets can be joined. <c>$0</c> stays the last.</summary>
    internal static string Raise(string snippet, ref int stops)
    {
        int highest = 0;
        var raised = new StringBuilder(snippet.Length + 8);
        for (int i = 0; i < snippet.Length; i++)
        {
            raised.Append(snippet[i]);
            if (snippet[i] == '\\' && i + 1 < snippet.Length)
            {
                raised.Append(snippet[++i]);
                continue;
            }
            if (snippet[i] != '$')
            {
                continue;
            }
            if (i + 1 < snippet.Length && snippet[i + 1] == '{')
            {
                raised.Append(snippet[++i]);
            }
            int number = 0;
            int from = i;
            while (i + 1 < snippet.Length && char.IsAsciiDigit(snippet[i + 1]) && number < 10_000)
            {
                number = (number * 10) + (snippet[++i] - '0');
            }
            if (i > from)
            {
                highest = Math.Max(highest, number);
                raised.Append(CultureInfo.InvariantCulture, $"{(number == 0 ? 0 : number + stops)}");
            }
        }
        stops += highest;
        return raised.ToString();
    }

    private static string EscapeChoice(string value) =>
        Escape(value).Replace(",", "\\,", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Passes a tab stop's head; the text of a placeholder follows, a choice's first value is put out here.</summary>
    private static int SkipStop(string snippet, int at, StringBuilder plain, ref int open)
    {
        bool braced = snippet[at + 1] == '{';
        int i = at + (braced ? 2 : 1);
        while (i < snippet.Length && char.IsAsciiDigit(snippet[i]))
        {
            i++;
        }
        if (!braced || i >= snippet.Length)
        {
            return i - 1;
        }
        if (snippet[i] == ':')
        {
            open++;
            return i;
        }
        if (snippet[i] != '|')
        {
            return i;
        }
        bool first = true;
        for (i++; i < snippet.Length && !(snippet[i] == '|' && i + 1 < snippet.Length && snippet[i + 1] == '}'); i++)
        {
            bool escaped = snippet[i] == '\\' && i + 1 < snippet.Length;
            if (escaped)
            {
                i++;
            }
            first &= escaped || snippet[i] != ',';
            if (first)
            {
                plain.Append(snippet[i]);
            }
        }
        return Math.Min(i + 1, snippet.Length - 1);
    }
}
