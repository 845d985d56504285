using System.Globalization;
using System.Numerics;

namespace GatewayLsp.Engine.Syntax;

/// <summary>What a plain scalar is once it is JSON.</summary>
public enum ScalarKind : byte { String, Null, Boolean, Integer, Float }

/// <summary>
/// Types of plain scalars as the Kubernetes clients see them: they read YAML 1.1 (so <c>yes</c>, <c>on</c> and <c>y</c> are
/// booleans and <c>010</c> is eight), then turn it into JSON. Timestamps stay strings on that way.
/// Facts after the YAML library of sigs.k8s.io/yaml.
/// </summary>
public static class ScalarResolver
{
    /// <summary>Longest integer that is looked at; beyond, a number makes no sense in a manifest and only costs time.</summary>
    private const int MaxDigits = 400;

    public static ScalarKind KindOf(YamlScalar scalar)
    {
        string? tag = scalar.Properties?.Tag;
        if (tag is not null)
        {
            return tag switch
            {
                "!!null" or "tag:yaml.org,2002:null" => ScalarKind.Null,
                "!!bool" or "tag:yaml.org,2002:bool" => ScalarKind.Boolean,
                "!!int" or "tag:yaml.org,2002:int" => ScalarKind.Integer,
                "!!float" or "tag:yaml.org,2002:float" => ScalarKind.Float,
                _ => ScalarKind.String,
            };
        }
        return scalar.Style == ScalarStyle.Plain ? KindOf(scalar.Value) : ScalarKind.String;
    }

    /// <summary>The kind of an unquoted text.</summary>
    public static ScalarKind KindOf(string text)
    {
        if (text.Length == 0)
        {
            return ScalarKind.Null;
        }
        char first = text[0];
        if (char.IsAsciiDigit(first) || first is '+' or '-' or '.')
        {
            if (text is ".nan" or ".NaN" or ".NAN" || Infinity(text))
            {
                return ScalarKind.Float;
            }
            if (first != '.' && TryInteger(text, out _))
            {
                return ScalarKind.Integer;
            }
            return IsFloat(text) ? ScalarKind.Float : ScalarKind.String;
        }
        return text switch
        {
            "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
            "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => ScalarKind.Boolean,
            "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => ScalarKind.Boolean,
            _ => ScalarKind.String,
        };
    }

    /// <summary>The truth of a text that <see cref="KindOf(string)"/> calls a boolean.</summary>
    public static bool Truth(string text) => text[0] is 'y' or 'Y' or 't' or 'T' || text is "on" or "On" or "ON";

    /// <summary>Reads an integer in the notations of YAML 1.1: decimal, <c>0x</c>, <c>0o</c> or leading <c>0</c>, <c>0b</c>; underscores between digits.</summary>
    public static bool TryInteger(string text, out BigInteger value)
    {
        value = default;
        if (text.Length > MaxDigits)
        {
            return false;
        }
        string digits = text.Contains('_') ? text.Replace("_", "", StringComparison.Ordinal) : text;
        bool negative = digits.StartsWith('-');
        if (negative || digits.StartsWith('+'))
        {
            digits = digits[1..];
        }
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[0]))
        {
            return false;
        }
        int radix = 10;
        if (digits.Length > 1 && digits[0] == '0')
        {
            (radix, int skip) = digits[1] switch
            {
                'x' or 'X' => (16, 2),
                'o' or 'O' => (8, 2),
                'b' or 'B' => (2, 2),
                _ => (8, 1),
            };
            digits = digits[skip..];
        }
        if (digits.Length == 0)
        {
            return false;
        }
        if (radix == 10 && digits.Length < 19)
        {
            if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long small))
            {
                return false;
            }
            value = negative ? -small : small;
            return true;
        }
        BigInteger total = BigInteger.Zero;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 99;
            if (digit >= radix)
            {
                return false;
            }
            total = (total * radix) + digit;
        }
        value = negative ? -total : total;
        return true;
    }

    /// <summary>Reads an integer or float as a double; false for everything else.</summary>
    public static bool TryNumber(string text, out double value)
    {
        if (TryInteger(text, out BigInteger whole))
        {
            value = (double)whole;
            return true;
        }
        value = 0;
        return IsFloat(text) && double.TryParse(
            text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool Infinity(string text) =>
        text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" && text.Length <= 5;

    /// <summary><c>[-+]? ( .digits | digits [. digits*] ) [ e [-+]? digits ]</c>, underscores ignored.</summary>
    private static bool IsFloat(string text)
    {
        int i = 0;
        int whole = 0;
        int fraction = 0;
        if (text[0] is '+' or '-')
        {
            i++;
        }
        Digits(text, ref i, ref whole);
        if (i < text.Length && text[i] == '.')
        {
            i++;
            Digits(text, ref i, ref fraction);
        }
        if (whole + fraction == 0)
        {
            return false;
        }
        if (i < text.Length && (text[i] is 'e' or 'E'))
        {
            i++;
            if (i < text.Length && (text[i] is '+' or '-'))
            {
                i++;
            }
            int exponent = 0;
            Digits(text, ref i, ref exponent);
            if (exponent == 0)
            {
                return false;
            }
        }
        return i == text.Length;
    }

    private static void Digits(string text, ref int i, ref int count)
    {
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '_'))
        {
            count += text[i] == '_' ? 0 : 1;
            i++;
        }
    }
}
