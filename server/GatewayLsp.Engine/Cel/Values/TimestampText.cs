using System.Globalization;

namespace GatewayLsp.Engine.Cel.Values;

/// <summary>Moments as text, by RFC 3339.</summary>
internal static class TimestampText
{
    /// <summary>Days from 0001-01-01 to 1970-01-01, in seconds.</summary>
    private const long EpochSeconds = -CelTimestamp.MinSeconds;

    /// <summary>A date, a <c>T</c>, a time and a zone; null when it is none.</summary>
    public static CelValue? Read(string text) => Read(text, isLoose: false);

    /// <summary>As fields of the format <c>date-time</c>: a blank for the <c>T</c>, and no zone, are fine.</summary>
    public static CelValue? ReadLoosely(string text) => Read(text, isLoose: true);

    public static CelValue? ReadDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? CelTimestamp.Of((date.DayNumber * 86_400L) - EpochSeconds, 0)
            : null;

    public static string Write(CelTimestamp time)
    {
        long local = Math.Clamp(time.Seconds + time.Offset, CelTimestamp.MinSeconds, CelTimestamp.MaxSeconds) + EpochSeconds;
        string text = new DateTime(local * TimeSpan.TicksPerSecond).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        string fraction = time.Nanoseconds == 0 ? "" : "." + time.Nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        int minutes = Math.Abs(time.Offset) / 60;
        string zone = minutes == 0 ? "Z" : string.Create(CultureInfo.InvariantCulture, $"{(time.Offset < 0 ? '-' : '+')}{minutes / 60:00}:{minutes % 60:00}");
        return text + fraction + zone;
    }

    private static CelValue? Read(string text, bool isLoose)
    {
        if (text.Length is < 19 or > 64 || !(text[10] == 'T' || (isLoose && text[10] is 't' or ' ')))
        {
            return null;
        }
        if (!DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            || text[13] != ':' || text[16] != ':'
            || Two(text, 11) is not (>= 0 and < 24 and var hour) || Two(text, 14) is not (>= 0 and < 60 and var minute) || Two(text, 17) is not (>= 0 and < 60 and var second))
        {
            return null;
        }
        int at = 19;
        int nanoseconds = 0;
        if (at < text.Length && text[at] is '.' or ',')
        {
            int digits = ++at;
            for (int unit = 100_000_000; at < text.Length && char.IsAsciiDigit(text[at]); at++, unit /= 10)
            {
                nanoseconds += (text[at] - '0') * unit;
            }
            if (at == digits)
            {
                return null;
            }
        }
        if (Zone(text.AsSpan(at), isLoose) is not { } offset)
        {
            return null;
        }
        long seconds = (date.DayNumber * 86_400L) - EpochSeconds + (hour * 3600) + (minute * 60) + second - offset;
        return CelTimestamp.Of(seconds, nanoseconds, offset);
    }

    /// <summary>Seconds east of Greenwich.</summary>
    private static int? Zone(ReadOnlySpan<char> zone, bool isLoose)
    {
        if (zone is "Z" || (isLoose && zone is "z" or ""))
        {
            return 0;
        }
        if (zone.Length == 6 && zone[0] is '+' or '-' && zone[3] == ':'
            && Two(zone, 1) is >= 0 and <= 24 and var hours && Two(zone, 4) is >= 0 and < 60 and var minutes)
        {
            int offset = (hours * 3600) + (minutes * 60);
            return zone[0] == '-' ? -offset : offset;
        }
        return null;
    }

    private static int Two(ReadOnlySpan<char> text, int at) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) ? ((text[at] - '0') * 10) + (text[at + 1] - '0') : -1;
}
