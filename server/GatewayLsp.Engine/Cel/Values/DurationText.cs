using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Cel.Values;

/// <summary>Durations as text, as Go writes and reads them: <c>1h30m</c>, <c>-1.5s</c>, <c>250ms</c>.</summary>
internal static class DurationText
{
    private const int MaxLength = 200;

    /// <summary>Nanoseconds; null when it is no duration or does not fit.</summary>
    public static long? Read(string text)
    {
        ReadOnlySpan<char> rest = text;
        bool isNegative = false;
        if (rest.Length > 0 && rest[0] is '+' or '-')
        {
            isNegative = rest[0] == '-';
            rest = rest[1..];
        }
        if (rest is "0")
        {
            return 0;
        }
        if (rest.Length is 0 or > MaxLength)
        {
            return null;
        }
        Int128 total = 0;
        while (rest.Length > 0)
        {
            if (Part(ref rest) is not { } part)
            {
                return null;
            }
            total += part;
            if (total > (Int128)1 << 63)
            {
                return null;
            }
        }
        if (isNegative)
        {
            total = -total;
        }
        return total > long.MaxValue ? null : (long)total;
    }

    /// <summary>As the API server reads fields of the format <c>duration</c>: <c>3 days</c> too.</summary>
    public static long? ReadLoosely(string text)
    {
        if (Read(text) is { } strict)
        {
            return strict;
        }
        Int128 total = 0;
        bool any = false;
        for (int at = 0; at < text.Length && text.Length <= MaxLength;)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                at++;
                continue;
            }
            int digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }
            int end = at;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            int unit = at;
            while (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] == 'µ'))
            {
                at++;
            }
            if (at > unit && long.TryParse(text.AsSpan(digits, end - digits), NumberStyles.None, CultureInfo.InvariantCulture, out long factor)
                && LooseUnit(text[unit..at].ToLowerInvariant()) is { } size)
            {
                any = true;
                total += (Int128)factor * size;
            }
        }
        return any && total <= long.MaxValue ? (long)total : null;
    }

    public static string Write(long nanoseconds)
    {
        if (nanoseconds == 0)
        {
            return "0s";
        }
        var text = new StringBuilder();
        ulong size = (ulong)Int128.Abs(nanoseconds);
        if (nanoseconds < 0)
        {
            text.Append('-');
        }
        const ulong second = CelDuration.Second;
        if (size < second)
        {
            (ulong unit, string name) = size < 1000 ? (1UL, "ns") : size < 1_000_000 ? (1000UL, "µs") : (1_000_000UL, "ms");
            return Fraction(text, size / unit, size % unit, unit).Append(name).ToString();
        }
        ulong hours = size / (3600 * second);
        ulong minutes = size / (60 * second) % 60;
        if (hours > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hours}h");
        }
        if (hours > 0 || minutes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{minutes}m");
        }
        return Fraction(text, size / second % 60, size % second, second).Append('s').ToString();
    }

    private static StringBuilder Fraction(StringBuilder text, ulong whole, ulong rest, ulong unit)
    {
        text.Append(CultureInfo.InvariantCulture, $"{whole}");
        if (rest > 0)
        {
            int digits = (int)Math.Round(Math.Log10(unit));
            text.Append('.').Append(rest.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0').TrimEnd('0'));
        }
        return text;
    }

    private static Int128? Part(ref ReadOnlySpan<char> rest)
    {
        int dot = -1;
        int at = 0;
        Int128 whole = 0;
        Int128 fraction = 0;
        Int128 scale = 1;
        for (; at < rest.Length && (char.IsAsciiDigit(rest[at]) || (rest[at] == '.' && dot < 0)); at++)
        {
            if (rest[at] == '.')
            {
                dot = at;
            }
            else if (dot < 0)
            {
                whole = (whole * 10) + (rest[at] - '0');
                if (whole > (Int128)1 << 63)
                {
                    return null;
                }
            }
            else if (scale < 1_000_000_000_000_000_000)
            {
                fraction = (fraction * 10) + (rest[at] - '0');
                scale *= 10;
            }
        }
        if (at == 0 || (at == 1 && dot == 0))
        {
            return null;
        }
        int end = at;
        while (end < rest.Length && rest[end] != '.' && !char.IsAsciiDigit(rest[end]))
        {
            end++;
        }
        if (Unit(rest[at..end]) is not { } unit)
        {
            return null;
        }
        rest = rest[end..];
        return (whole * unit) + (fraction * unit / scale);
    }

    private static long? Unit(ReadOnlySpan<char> name) => name switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1000,
        "ms" => 1_000_000,
        "s" => CelDuration.Second,
        "m" => 60 * CelDuration.Second,
        "h" => 3600 * CelDuration.Second,
        _ => null,
    };

    private static long? LooseUnit(string name) => name switch
    {
        "ns" or "nano" => 1,
        "us" or "µs" or "micro" => 1000,
        "ms" or "milli" => 1_000_000,
        "s" or "sec" => CelDuration.Second,
        "m" or "min" => 60 * CelDuration.Second,
        "h" or "hr" => 3600 * CelDuration.Second,
        "d" => 86_400 * CelDuration.Second,
        "w" or "wk" => 7 * 86_400 * CelDuration.Second,
        _ when name.StartsWith("nano", StringComparison.Ordinal) => 1,
        _ when name.StartsWith("micro", StringComparison.Ordinal) => 1000,
        _ when name.StartsWith("milli", StringComparison.Ordinal) => 1_000_000,
        _ when name.StartsWith("second", StringComparison.Ordinal) => CelDuration.Second,
        _ when name.StartsWith("minute", StringComparison.Ordinal) => 60 * CelDuration.Second,
        _ when name.StartsWith("hour", StringComparison.Ordinal) => 3600 * CelDuration.Second,
        _ when name.StartsWith("day", StringComparison.Ordinal) => 86_400 * CelDuration.Second,
        _ when name.StartsWith("week", StringComparison.Ordinal) => 7 * 86_400 * CelDuration.Second,
        _ => null,
    };
}
