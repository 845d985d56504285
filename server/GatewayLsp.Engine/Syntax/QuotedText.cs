using System.Globalization;

namespace GatewayLsp.Engine.Syntax;

/// <summary>What stands between double quotes: where it ends, and the escapes that Kubernetes' clients refuse there.</summary>
internal static class QuotedText
{
    /// <summary>Letters that mean something behind a backslash (YAML 1.1, 5.6), those with digits left out.</summary>
    private const string Simple = "0abtnvfre \t\"\\'_NLP";

    /// <summary>An escape that says nothing: its bounds, why, and what to write instead (null when only the user knows).</summary>
    public readonly record struct Fault(int Start, int End, string Message, string? Instead);

    /// <summary>Offset of the closing quote of the text that a quote opens; -1 when there is none.</summary>
    public static int Close(ReadOnlySpan<char> text, int open)
    {
        char quote = text[open];
        for (int i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote == '"')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                if (quote == '"' || i + 1 >= text.Length || text[i + 1] != '\'')
                {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /// <summary>All escapes that a text in double quotes must not have.</summary>
    /// <param name="isJson">JSON knows <c>\/</c> and characters written as two surrogates; kubectl reads a file that starts with a brace so.</param>
    public static List<Fault> Faults(string text, int open, int end, bool isJson)
    {
        var faults = new List<Fault>();
        for (int i = open + 1; i + 1 < end; i++)
        {
            if (text[i] != '\\')
            {
                continue;
            }
            char letter = text[i + 1];
            int digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0)
            {
                i = Number(text, i, end, digits, isJson, faults);
                continue;
            }
            if (!Simple.Contains(letter) && letter is not ('\n' or '\r') && !(isJson && letter == '/'))
            {
                int length = char.IsHighSurrogate(letter) && i + 2 < end ? 3 : 2;
                string escape = text.Substring(i, length);
                faults.Add(letter == '/'
                    ? new Fault(i, i + 2, "YAML has no escape `\\/`, as JSON does; write `/` alone.", "/")
                    : new Fault(i, i + length, $"YAML has no escape `{escape}`; write `\\{escape}`, or put the text in single quotes.", "\\" + escape));
            }
            i++;
        }
        return faults;
    }

    /// <summary>Reads <c>\x41</c> and its like; gives the offset of its last character.</summary>
    private static int Number(string text, int start, int end, int digits, bool isJson, List<Fault> faults)
    {
        int at = start + 2;
        uint value = 0;
        while (at < end && at < start + 2 + digits && char.IsAsciiHexDigit(text[at]))
        {
            value = (value << 4) + (uint)Convert.ToInt32(text[at].ToString(), 16);
            at++;
        }
        string escape = text[start..at];
        if (at < start + 2 + digits)
        {
            string wanted = digits.ToString(CultureInfo.InvariantCulture);
            faults.Add(new Fault(start, at, $"`\\{text[start + 1]}` needs {wanted} hexadecimal digits after it; write `\\\\` if a backslash is meant.", "\\" + escape));
        }
        else if (value > 0x10FFFF)
        {
            faults.Add(new Fault(start, at, $"There is no character `{escape}`: the last one is `\\U0010FFFF`.", null));
        }
        else if (value is >= 0xD800 and <= 0xDFFF && !isJson)
        {
            int? low = value < 0xDC00 && at + 6 <= end && text[at] == '\\' && text[at + 1] == 'u'
                && int.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int next) && next is >= 0xDC00 and <= 0xDFFF ? next : null;
            if (low is null)
            {
                faults.Add(new Fault(start, at, $"`{escape}` is half of a character; write the whole one, as itself or with `\\U` and 8 digits.", null));
            }
            else
            {
                at += 6;
                string whole = char.ConvertToUtf32((char)value, (char)low).ToString("X8", CultureInfo.InvariantCulture);
                faults.Add(new Fault(start, at, $"YAML takes no character in two halves, as JSON does; write `\\U{whole}`.", "\\U" + whole));
            }
        }
        return at - 1;
    }
}
