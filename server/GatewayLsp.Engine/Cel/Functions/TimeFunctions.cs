using System.Globalization;
using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>Timestamps and durations: making them, and taking them apart in UTC or another zone.</summary>
internal static class TimeFunctions
{
    private const long SecondsToEpoch = -CelTimestamp.MinSeconds;

    public static void AddTo(FunctionTable table)
    {
        table.Function("duration", [CelType.Duration], CelType.Duration, static (a, _) => a[0]);
        table.Function("duration", [CelType.String], CelType.Duration, static (a, _) => Duration(CoreFunctions.Text(a[0])));
        table.Function("duration", [CelType.Int], CelType.Duration, static (a, _) => new CelDuration(((CelInt)a[0]).Value));
        table.Function("timestamp", [CelType.Timestamp], CelType.Timestamp, static (a, _) => a[0]);
        table.Function("timestamp", [CelType.String], CelType.Timestamp, static (a, _) => Timestamp(CoreFunctions.Text(a[0])));
        table.Function("timestamp", [CelType.Int], CelType.Timestamp, static (a, _) => CelTimestamp.Of(((CelInt)a[0]).Value, 0));

        Part(table, "getFullYear", static d => d.Year);
        Part(table, "getMonth", static d => d.Month - 1);
        Part(table, "getDate", static d => d.Day);
        Part(table, "getDayOfMonth", static d => d.Day - 1);
        Part(table, "getDayOfWeek", static d => (int)d.DayOfWeek);
        Part(table, "getDayOfYear", static d => d.DayOfYear - 1);
        Part(table, "getHours", static d => d.Hour);
        Part(table, "getMinutes", static d => d.Minute);
        Part(table, "getSeconds", static d => d.Second);
        Part(table, "getMilliseconds", static d => d.Millisecond);
        Whole(table, "getHours", 3600 * CelDuration.Second);
        Whole(table, "getMinutes", 60 * CelDuration.Second);
        Whole(table, "getSeconds", CelDuration.Second);
        Whole(table, "getMilliseconds", 1_000_000);
    }

    public static CelValue Duration(string text) =>
        DurationText.Read(text) is { } nanoseconds ? new CelDuration(nanoseconds) : CelError.Invalid($"{ConversionFunctions.Shown(text)} is no duration such as `1h30m` or `1.5s`");

    public static CelValue Timestamp(string text) =>
        TimestampText.Read(text) ?? CelError.Invalid($"{ConversionFunctions.Shown(text)} is no time such as `2025-01-31T12:00:00Z`");

    private static void Part(FunctionTable table, string name, Func<DateTime, int> part)
    {
        table.Member(name, [CelType.Timestamp], CelType.Int, (a, _) => CelInt.Of(part(In((CelTimestamp)a[0], TimeSpan.Zero)!.Value)));
        table.Member(name, [CelType.Timestamp, CelType.String], CelType.Int, (a, _) => InZone((CelTimestamp)a[0], CoreFunctions.Text(a[1]), part));
    }

    private static void Whole(FunctionTable table, string name, long unit) =>
        table.Member(name, [CelType.Duration], CelType.Int, (a, _) => CelInt.Of(((CelDuration)a[0]).Nanoseconds / unit));

    private static CelValue InZone(CelTimestamp time, string zone, Func<DateTime, int> part)
    {
        if (FixedOffset(zone) is { } offset)
        {
            return Of(In(time, offset), part);
        }
        if (zone is "UTC" or "" or "Etc/UTC" or "GMT")
        {
            return CelInt.Of(part(In(time, TimeSpan.Zero)!.Value));
        }
        if (!zone.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") && zone.Length <= 64
            && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? found))
        {
            DateTime utc = DateTime.SpecifyKind(In(time, TimeSpan.Zero)!.Value, DateTimeKind.Utc);
            return Of(In(time, found.GetUtcOffset(utc)), part);
        }
        // The API server brings the names of zones along; this machine need not have them all.
        return zone.Contains('/', StringComparison.Ordinal) ? CelUnknown.Instance : CelError.Invalid($"{ConversionFunctions.Shown(zone)} is no time zone");
    }

    /// <summary>The year 0 and the year 10000, which a shift by hours can reach, are beyond .NET.</summary>
    private static CelValue Of(DateTime? local, Func<DateTime, int> part) => local is { } moment ? CelInt.Of(part(moment)) : CelUnknown.Instance;

    /// <summary><c>+02:00</c> or <c>-7:30</c>.</summary>
    private static TimeSpan? FixedOffset(string zone)
    {
        int colon = zone.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1)
        {
            return null;
        }
        bool isSigned = zone[0] is '+' or '-';
        return int.TryParse(zone.AsSpan(isSigned ? 1 : 0, colon - (isSigned ? 1 : 0)), NumberStyles.None, CultureInfo.InvariantCulture, out int hours) && hours <= 24
            && int.TryParse(zone.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) && minutes < 60
                ? (zone[0] == '-' ? -1 : 1) * new TimeSpan(hours, minutes, 0)
                : null;
    }

    /// <summary>Null when the shift leaves the years 1 to 9999.</summary>
    private static DateTime? In(CelTimestamp time, TimeSpan offset)
    {
        long ticks = ((time.Seconds + SecondsToEpoch) * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100) + offset.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks) : null;
    }
}
