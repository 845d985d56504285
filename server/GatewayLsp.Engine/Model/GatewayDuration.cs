namespace GatewayLsp.Engine.Model;

/// <summary>Durations of the Gateway API (GEP-2257): up to four numbers of at most five digits with h, m, s or ms.</summary>
public static class GatewayDuration
{
    /// <summary>Null when it is no duration. Zero stands for "no limit" wherever the API has timeouts.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        TimeSpan total = TimeSpan.Zero;
        int at = 0;
        for (int parts = 0; at < text.Length; parts++)
        {
            int start = at;
            int number = 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 5)
            {
                number = (number * 10) + text[at++] - '0';
            }
            if (at == start || at == text.Length || parts == 4)
            {
                return null;
            }
            bool isMilliseconds = text[at] == 'm' && at + 1 < text.Length && text[at + 1] == 's';
            TimeSpan? unit = isMilliseconds ? TimeSpan.FromMilliseconds(1) : text[at] switch
            {
                'h' => TimeSpan.FromHours(1),
                'm' => TimeSpan.FromMinutes(1),
                's' => TimeSpan.FromSeconds(1),
                _ => null,
            };
            if (unit is null)
            {
                return null;
            }
            total += unit.Value * number;
            at += isMilliseconds ? 2 : 1;
        }
        return total;
    }
}
