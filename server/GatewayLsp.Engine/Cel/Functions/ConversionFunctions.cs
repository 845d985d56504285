using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>Conversions between types: <c>int(x)</c>, <c>string(x)</c> and so on.</summary>
internal static class ConversionFunctions
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void AddTo(FunctionTable table)
    {
        CelType[] toInt = [CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Timestamp];
        CelType[] toUint = [CelType.Int, CelType.Uint, CelType.Double, CelType.String];
        CelType[] toDouble = [CelType.Int, CelType.Uint, CelType.Double, CelType.String];
        CelType[] toString = [CelType.String, CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.Duration, CelType.Timestamp];
        foreach (CelType from in toInt)
        {
            table.Function("int", [from], CelType.Int, static (a, _) => ToInt(a[0]));
        }
        foreach (CelType from in toUint)
        {
            table.Function("uint", [from], CelType.Uint, static (a, _) => ToUint(a[0]));
        }
        foreach (CelType from in toDouble)
        {
            table.Function("double", [from], CelType.Double, static (a, _) => ToDouble(a[0]));
        }
        foreach (CelType from in toString)
        {
            table.Function("string", [from], CelType.String, static (a, _) => new CelString(ToText(a[0])));
        }
        table.Function("string", [CelType.Bytes], CelType.String, static (a, _) => FromUtf8((CelBytes)a[0]), FunctionTable.OneWalk);
        table.Function("bytes", [CelType.Bytes], CelType.Bytes, static (a, _) => a[0]);
        table.Function("bytes", [CelType.String], CelType.Bytes, static (a, _) => new CelBytes(Encoding.UTF8.GetBytes(CoreFunctions.Text(a[0]))), FunctionTable.OneWalk);
        table.Function("bool", [CelType.Bool], CelType.Bool, static (a, _) => a[0]);
        table.Function("bool", [CelType.String], CelType.Bool, static (a, _) => ToBool(CoreFunctions.Text(a[0])));
    }

    /// <summary>As <c>string(x)</c> writes it.</summary>
    public static string ToText(CelValue value) => value switch
    {
        CelString text => text.Value,
        CelBool flag => flag.Value ? "true" : "false",
        CelInt number => number.Value.ToString(CultureInfo.InvariantCulture),
        CelUint number => number.Value.ToString(CultureInfo.InvariantCulture),
        CelDouble number => OfDouble(number.Value),
        CelTimestamp time => TimestampText.Write(time),
        CelDuration duration => OfSeconds(duration.Nanoseconds),
        _ => "",
    };

    /// <summary>The shortest text that reads back, as Go's <c>%g</c>: an exponent below 1e-4 and from 1e6 on.</summary>
    public static string OfDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }
        double size = Math.Abs(value);
        if (size != 0 && size is < 1e-4 or >= 1e6)
        {
            string digits = value.ToString("E16", CultureInfo.InvariantCulture);
            string shortest = value.ToString("R", CultureInfo.InvariantCulture);
            int e = shortest.IndexOf('E', StringComparison.Ordinal);
            if (e < 0)
            {
                // "R" chose plain digits; the exponent form has the same digits.
                string bare = shortest.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0');
                shortest = $"{(value < 0 ? "-" : "")}{bare[0]}{(bare.Length > 1 ? "." + bare[1..] : "")}E{digits[(digits.IndexOf('E', StringComparison.Ordinal) + 1)..]}";
                e = shortest.IndexOf('E', StringComparison.Ordinal);
            }
            int exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            return string.Create(CultureInfo.InvariantCulture, $"{shortest.AsSpan(0, e)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }
        return value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Seconds with a fraction: <c>90.5s</c>.</summary>
    private static string OfSeconds(long nanoseconds)
    {
        UInt128 size = (UInt128)(nanoseconds < 0 ? -(Int128)nanoseconds : nanoseconds);
        ulong rest = (ulong)(size % CelDuration.Second);
        string fraction = rest == 0 ? "" : "." + rest.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{(nanoseconds < 0 ? "-" : "")}{size / CelDuration.Second}{fraction}s";
    }

    private static CelValue ToInt(CelValue value)
    {
        switch (value)
        {
            case CelUint number:
                return number.Value <= long.MaxValue ? CelInt.Of((long)number.Value) : CelError.Overflow("the int");
            case CelDouble { Value: var number }:
                // The bounds themselves are out: a double next to them may stand for what lies behind.
                return number is > -9.223372036854775808e18 and < 9.223372036854775808e18 ? CelInt.Of((long)number) : CelError.Overflow("the int");
            case CelString { Value: var text }:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed)
                    ? CelInt.Of(parsed)
                    : CelError.Invalid($"{Shown(text)} is no int");
            case CelTimestamp time:
                return CelInt.Of(time.Seconds);
            default:
                return value;
        }
    }

    private static CelValue ToUint(CelValue value)
    {
        switch (value)
        {
            case CelInt number:
                return number.Value >= 0 ? new CelUint((ulong)number.Value) : CelError.Overflow("the uint");
            case CelDouble { Value: var number }:
                return number is > -1 and < 18446744073709551616.0 && number >= 0 ? new CelUint((ulong)number) : CelError.Overflow("the uint");
            case CelString { Value: var text }:
                return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong parsed) ? new CelUint(parsed) : CelError.Invalid($"{Shown(text)} is no uint");
            default:
                return value;
        }
    }

    private static CelValue ToDouble(CelValue value) => value switch
    {
        CelInt number => new CelDouble(number.Value),
        CelUint number => new CelDouble(number.Value),
        CelString { Value: var text } => ReadDouble(text) is { } number ? new CelDouble(number) : CelError.Invalid($"{Shown(text)} is no double"),
        _ => value,
    };

    private static double? ReadDouble(string text)
    {
        string bare = text.TrimStart('+', '-');
        if (bare.Length + 1 < text.Length)
        {
            return null;
        }
        if (bare.Equals("inf", StringComparison.OrdinalIgnoreCase) || bare.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }
        if (text.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            return double.NaN;
        }
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, style, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
    }

    private static CelValue ToBool(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => CelBool.True,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => CelBool.False,
        _ => CelError.Invalid($"{Shown(text)} is no bool"),
    };

    private static CelValue FromUtf8(CelBytes bytes)
    {
        try
        {
            return new CelString(Strict.GetString(bytes.Value));
        }
        catch (ArgumentException)
        {
            return CelError.Invalid("the bytes are no UTF-8 text");
        }
    }

    /// <summary>As a message quotes it, cut short.</summary>
    public static string Shown(string text) => text.Length <= 60 ? $"`{text}`" : $"`{text[..60]}…`";
}
