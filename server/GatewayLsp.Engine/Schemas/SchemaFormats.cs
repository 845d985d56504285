using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// The formats of texts that the API server checks. Unknown ones are fine with it, and with us.
/// </summary>
internal static class SchemaFormats
{
    public static bool IsValid(string format, string text) => format switch
    {
        "ipv4" => IsAddress(text) && text.Contains('.'),
        "ipv6" => IsAddress(text) && text.Contains(':'),
        "cidr" => IsCidr(text),
        "date" => IsDate(text),
        "date-time" or "datetime" => IsDateTime(text),
        "duration" => IsDuration(text),
        "byte" => IsBase64(text),
        "uri" => text.Length > 0 && (text[0] == '/' || Uri.TryCreate(text, UriKind.Absolute, out _)),
        "uuid" or "uuid3" or "uuid4" or "uuid5" => text.Length >= 32 && Guid.TryParse(text, out _),
        _ => true,
    };

    /// <summary>How the format is called in a sentence.</summary>
    public static string Name(string format) => format switch
    {
        "ipv4" => "an IPv4 address",
        "ipv6" => "an IPv6 address",
        "cidr" => "an address range such as `10.0.0.0/8`",
        "date" => "a date such as `2025-01-31`",
        "date-time" or "datetime" => "a time such as `2025-01-31T12:00:00Z`",
        "duration" => "a duration such as `30s`",
        "byte" => "Base64",
        "uri" => "a URI",
        _ => $"of the format `{format}`",
    };

    /// <summary>No zone (<c>%eth0</c>), no shortened IPv4 forms, as Go reads addresses; leading zeros are tolerated there.</summary>
    private static bool IsAddress(string text)
    {
        if (text.Length is < 2 or > 45 || text.AsSpan().IndexOfAny("%[]/") >= 0)
        {
            return false;
        }
        if (text.Contains(':'))
        {
            return IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        }
        string[] parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, IsOctet);
    }

    private static bool IsOctet(string part) =>
        part.Length is > 0 and <= 6 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= 255;

    private static bool IsCidr(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IsAddress(text[..slash])
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
            && bits <= (text.AsSpan(0, slash).Contains(':') ? 128 : 32);
    }

    private static bool IsDate(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsDateTime(string text)
    {
        if (text.Length < 19 || !IsDate(text[..10]) || text[10] is not ('T' or 't' or ' '))
        {
            return false;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
    }

    /// <summary>Go's durations (<c>1h30m</c>, <c>1.5s</c>), and <c>3 days</c> in words, which the API server reads too.</summary>
    private static bool IsDuration(string text)
    {
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (text.AsSpan(at) is "0")
        {
            return true;
        }
        int parts = 0;
        while (at < text.Length)
        {
            int digits = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            {
                at++;
            }
            if (at == digits || text.AsSpan(digits, at - digits) is ".")
            {
                return false;
            }
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }
            int unit = at;
            while (at < text.Length && !char.IsAsciiDigit(text[at]) && text[at] is not ('.' or ' '))
            {
                at++;
            }
            if (text[unit..at] is not ("ns" or "us" or "µs" or "μs" or "ms" or "s" or "m" or "h" or "d" or "w"
                or "hour" or "hours" or "day" or "days" or "week" or "weeks" or "min" or "mins" or "minute" or "minutes" or "sec" or "secs" or "second" or "seconds"))
            {
                return false;
            }
            parts++;
        }
        return parts > 0;
    }

    private static bool IsBase64(string text)
    {
        string compact = text.AsSpan().IndexOfAny('\n', '\r') < 0 ? text : text.ReplaceLineEndings("");
        return Convert.TryFromBase64String(compact, new byte[(compact.Length * 3 / 4) + 3], out _) && !compact.AsSpan().ContainsAny(' ', '\t');
    }
}
