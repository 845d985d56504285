using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>
/// <c>'%d of %s'.format([...])</c> as version 2 of the extension writes it (thousands apart, powers of ten raised), and <c>strings.quote</c>.
/// </summary>
internal static class TextFormat
{
    private const int MaxPrecision = 1000;
    private const int MaxDepth = 100;

    public static CelValue Format(string pattern, CelList arguments, CelFrame frame)
    {
        var text = new StringBuilder(pattern.Length + 16);
        int next = 0;
        for (int at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] != '%')
            {
                text.Append(pattern[at]);
                continue;
            }
            if (++at >= pattern.Length)
            {
                return CelError.Invalid("the format ends with a lone `%`");
            }
            if (pattern[at] == '%')
            {
                text.Append('%');
                continue;
            }
            int precision = 6;
            if (pattern[at] == '.')
            {
                int digits = ++at;
                while (at < pattern.Length && char.IsAsciiDigit(pattern[at]))
                {
                    at++;
                }
                if (at >= pattern.Length || !int.TryParse(pattern.AsSpan(digits, at - digits), NumberStyles.None, CultureInfo.InvariantCulture, out precision)
                    || precision > MaxPrecision)
                {
                    return CelError.Invalid("the precision in the format is no number that fits");
                }
            }
            if (next >= arguments.Count)
            {
                return CelError.Invalid($"the format asks for more than {arguments.Count} values");
            }
            CelValue value = arguments[next++];
            if (!value.IsValue)
            {
                return value;
            }
            if (Clause(pattern[at], precision, value, text, frame) is { } error)
            {
                return error;
            }
            if (!frame.Charge(1 + CelCosts.Traversal(CelCosts.SizeOf(value))))
            {
                return CelError.CostExceeded;
            }
        }
        return new CelString(text.ToString());
    }

    /// <summary>Null when the value went into the text.</summary>
    private static CelValue? Clause(char kind, int precision, CelValue value, StringBuilder text, CelFrame frame)
    {
        CelError Wrong() => CelError.Invalid($"`%{kind}` can't show a {CelTypeValue.NameOf(value)}");
        switch (kind)
        {
            case 's':
                return Show(value, text, frame, 0);
            case 'd':
                if (value is CelInt or CelUint)
                {
                    text.Append(ConversionFunctions.ToText(value));
                    return null;
                }
                return Wrong();
            case 'f' or 'e':
                if (value is not CelDouble { Value: var shown })
                {
                    return Wrong();
                }
                text.Append(!double.IsFinite(shown) ? NotFinite(shown)
                    : kind == 'f' ? shown.ToString("N" + precision, CultureInfo.InvariantCulture) : Scientific(shown));
                return null;
            case 'b' when value is CelBool flag:
                text.Append(flag.Value ? '1' : '0');
                return null;
            case 'b' or 'o' or 'x' or 'X' when value is CelInt or CelUint:
                Radix(value, kind, text);
                return null;
            case 'x' or 'X' when value is CelString or CelBytes:
                byte[] bytes = value is CelBytes raw ? raw.Value.ToArray() : Encoding.UTF8.GetBytes(CoreFunctions.Text(value));
                text.Append(kind == 'x' ? Convert.ToHexStringLower(bytes) : Convert.ToHexString(bytes));
                return null;
            case 'b' or 'o' or 'x' or 'X':
                return Wrong();
            default:
                return CelError.Invalid($"`%{kind}` is no clause of a format");
        }
    }

    private static CelValue? Show(CelValue value, StringBuilder text, CelFrame frame, int depth)
    {
        if (!value.IsValue)
        {
            return value;
        }
        if (depth > MaxDepth || !frame.Work(1) || !frame.Charge(CelCosts.Traversal(CelCosts.SizeOf(value)) / 2))
        {
            return CelError.CostExceeded;
        }
        switch (value)
        {
            case CelNull:
                text.Append("null");
                return null;
            case CelString when depth > 0:
                text.Append(Quote(CoreFunctions.Text(value)));
                return null;
            case CelDouble { Value: var number } when depth > 0 && double.IsFinite(number):
                text.Append(number.ToString("F6", CultureInfo.InvariantCulture));
                return null;
            case CelBytes bytes:
                text.Append(Encoding.UTF8.GetString(bytes.Value));
                return null;
            case CelTypeValue type:
                text.Append(type.Name);
                return null;
            case CelList list:
                text.Append('[');
                for (int i = 0; i < list.Count; i++)
                {
                    if (i > 0)
                    {
                        text.Append(", ");
                    }
                    if (Show(list[i], text, frame, depth + 1) is { } error)
                    {
                        return error;
                    }
                }
                text.Append(']');
                return null;
            case CelMap map:
                return ShowMap(map, text, frame, depth);
            case CelOptional or CelExtension:
                return CelError.Invalid($"`%s` can't show a {CelTypeValue.NameOf(value)}");
            default:
                text.Append(ConversionFunctions.ToText(value));
                return null;
        }
    }

    private static CelValue? ShowMap(CelMap map, StringBuilder text, CelFrame frame, int depth)
    {
        var entries = new List<(string Key, CelValue Value)>(map.Keys.Count);
        foreach (CelValue key in map.Keys)
        {
            entries.Add((key is CelString name ? Quote(name.Value) : ConversionFunctions.ToText(key), map.Find(key) ?? CelNull.Instance));
        }
        entries.Sort(static (a, b) => CelComparison.Texts(a.Key, b.Key));
        text.Append('{');
        for (int i = 0; i < entries.Count; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(entries[i].Key).Append(':');
            if (Show(entries[i].Value, text, frame, depth + 1) is { } error)
            {
                return error;
            }
        }
        text.Append('}');
        return null;
    }

    private static string NotFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";

    /// <summary>Always six digits: the API server does not heed the precision here.</summary>
    private static string Scientific(double value)
    {
        string text = value.ToString("E6", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        const string raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        int exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var shown = new StringBuilder(text, 0, e, text.Length + 8).Append("×10").Append(exponent < 0 ? "⁻" : "");
        foreach (char digit in Math.Abs(exponent).ToString("D2", CultureInfo.InvariantCulture))
        {
            shown.Append(raised[digit - '0']);
        }
        return shown.ToString();
    }

    private static void Radix(CelValue value, char kind, StringBuilder text)
    {
        bool isNegative = value is CelInt { Value: < 0 };
        ulong size = value is CelInt whole ? (ulong)(isNegative ? -(Int128)whole.Value : whole.Value) : ((CelUint)value).Value;
        int bits = kind switch { 'b' => 1, 'o' => 3, _ => 4 };
        Span<char> digits = stackalloc char[64];
        int at = digits.Length;
        do
        {
            int digit = (int)(size & ((1UL << bits) - 1));
            digits[--at] = (char)(digit < 10 ? '0' + digit : (kind == 'X' ? 'A' : 'a') + digit - 10);
            size >>= bits;
        }
        while (size > 0);
        text.Append(isNegative ? "-" : "").Append(digits[at..]);
    }

    /// <summary>In double quotes, with escapes that make it printable.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (char c in value)
        {
            text.Append(c switch
            {
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => c.ToString(),
            });
        }
        return text.Append('"').ToString();
    }
}
