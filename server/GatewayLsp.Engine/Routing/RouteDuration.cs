using System.Globalization;

namespace GatewayLsp.Engine.Routing;

/// <summary>Durations of the Gateway API (GEP-2257): up to four numbers of at most five digits with <c>h</c>, <c>m</c>, <c>s</c> or <c>ms</c>.</summary>
public static class RouteDuration
{
    private const int MaxParts = 4;
    private const int MaxDigits = 5;

    /// <summary>Null for a text that is no duration.</summary>
    public static TimeSpan? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        TimeSpan sum = TimeSpan.Zero;
        int at = 0;
        for (int parts = 0; at < text.Length; parts++)
        {
            int start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }
            if (parts == MaxParts || at == start || at - start > MaxDigits || at == text.Length)
            {
                return null;
            }
            int number = int.Parse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture);
            bool isMilliseconds = text.AsSpan(at).StartsWith("ms");
            switch (text[at])
            {
                case 'h':
                    sum += TimeSpan.FromHours(number);
                    break;
                case 'm' when isMilliseconds:
                    sum += TimeSpan.FromMilliseconds(number);
                    at++;
                    break;
                case 'm':
                    sum += TimeSpan.FromMinutes(number);
                    break;
                case 's':
                    sum += TimeSpan.FromSeconds(number);
                    break;
                default:
                    return null;
            }
            at++;
        }
        return sum;
    }
}
