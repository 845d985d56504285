using System.Collections.Immutable;
using System.Globalization;

namespace GatewayLsp.Engine.Routing.Filters;

/// <summary>CORS (HTTPCORSFilter; the protocol is that of the Fetch standard).</summary>
/// <param name="MaxAge">Seconds.</param>
public sealed record CorsFilter(
    ImmutableArray<string> AllowOrigins, ImmutableArray<string> AllowMethods, ImmutableArray<string> AllowHeaders,
    ImmutableArray<string> ExposeHeaders, bool AllowCredentials, int MaxAge) : TracedFilter(TypeName)
{
    public const string TypeName = "CORS";
    public const int DefaultMaxAge = 5;

    private const string Any = "*";
    private const string OriginHeader = "Origin";
    private const string RequestMethodHeader = "Access-Control-Request-Method";
    private const string RequestHeadersHeader = "Access-Control-Request-Headers";

    /// <summary>True for the browser's question that comes before a request.</summary>
    public static bool IsPreflight(string method, HeaderList headers) =>
        method == "OPTIONS" && headers.Find(OriginHeader) is not null && headers.Find(RequestMethodHeader) is not null;

    /// <summary>True when the request comes from an allowed origin; null when it names none, so that CORS has no part in it.</summary>
    public bool? Allows(HeaderList request)
    {
        if (request.Find(OriginHeader) is not { } origin)
        {
            return null;
        }
        foreach (string allowed in AllowOrigins)
        {
            if (CoversOrigin(allowed, origin))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The response headers that the gateway adds; none for an origin that is not allowed.</summary>
    public HeaderList ResponseHeaders(HeaderList request, bool isPreflight)
    {
        if (Allows(request) != true)
        {
            return HeaderList.Empty;
        }
        HeaderList headers = HeaderList.Empty.Set("Access-Control-Allow-Origin", request.Find(OriginHeader)!);
        if (AllowCredentials)
        {
            headers = headers.Set("Access-Control-Allow-Credentials", "true");
        }
        if (isPreflight)
        {
            headers = Listed(headers, "Access-Control-Allow-Methods", AllowMethods, request.Find(RequestMethodHeader));
            headers = Listed(headers, "Access-Control-Allow-Headers", AllowHeaders, request.Find(RequestHeadersHeader));
            headers = headers.Set("Access-Control-Max-Age", MaxAge.ToString(CultureInfo.InvariantCulture));
        }
        bool exposesAll = ExposeHeaders.Contains(Any);
        return ExposeHeaders.Length == 0 || (exposesAll && AllowCredentials)
            ? headers
            : headers.Set("Access-Control-Expose-Headers", exposesAll ? Any : string.Join(", ", ExposeHeaders));
    }

    /// <summary>A wildcard is answered with what was asked for: right with and without credentials.</summary>
    private static HeaderList Listed(HeaderList headers, string name, ImmutableArray<string> allowed, string? asked)
    {
        string? value = allowed.Contains(Any) ? asked : allowed.Length == 0 ? null : string.Join(", ", allowed);
        return value is null ? headers : headers.Set(name, value);
    }

    /// <summary>Scheme, host and port, the default port filled in; a star in the host stands for any number of labels.</summary>
    internal static bool CoversOrigin(string allowed, string origin)
    {
        if (allowed == Any)
        {
            return true;
        }
        if (Split(allowed) is not { } wanted || Split(origin) is not { } actual
            || !wanted.Scheme.Equals(actual.Scheme, StringComparison.OrdinalIgnoreCase) || wanted.Port != actual.Port)
        {
            return false;
        }
        return wanted.Host == Any
            || (wanted.Host.StartsWith("*.", StringComparison.Ordinal)
                ? actual.Host.Length >= wanted.Host.Length && actual.Host.EndsWith(wanted.Host[1..], StringComparison.OrdinalIgnoreCase)
                : actual.Host.Equals(wanted.Host, StringComparison.OrdinalIgnoreCase));
    }

    private static (string Scheme, string Host, int Port)? Split(string origin)
    {
        int scheme = origin.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return null;
        }
        string name = origin[..scheme];
        string host = origin[(scheme + 3)..];
        int defaultPort = name.Equals("https", StringComparison.OrdinalIgnoreCase) ? 443 : 80;
        int colon = host.LastIndexOf(':');
        return colon > host.LastIndexOf(']') && int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? (name, host[..colon], port)
            : (name, host, defaultPort);
    }
}
