namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Hostnames of listeners, routes and requests (Gateway API, <c>Hostname</c>): exact, wildcard (<c>*.example.com</c>, any
/// number of labels in front, never the bare suffix) or empty, which stands for all. Compared without regard to case.
/// </summary>
internal static class Hostnames
{
    private const string WildcardPrefix = "*.";

    public static bool IsWildcard(string hostname) => hostname.StartsWith(WildcardPrefix, StringComparison.Ordinal);

    /// <summary>True when a request for that host (no wildcard, no port) is one for this hostname.</summary>
    public static bool Covers(string hostname, ReadOnlySpan<char> host)
    {
        if (hostname.Length == 0)
        {
            return true;
        }
        return IsWildcard(hostname)
            ? HasSuffix(host, hostname.AsSpan(1))
            : host.Equals(hostname, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// What two hostnames have in common: the narrower of the two; empty when both are, null when there is nothing. Either
    /// side may be a wildcard.
    /// </summary>
    public static string? Intersect(string a, string b)
    {
        if (a.Length == 0)
        {
            return b;
        }
        if (b.Length == 0 || a.Equals(b, StringComparison.OrdinalIgnoreCase))
        {
            return a;
        }
        if (IsWildcard(a) && HasSuffix(b, a.AsSpan(1)))
        {
            return b;
        }
        return IsWildcard(b) && HasSuffix(a, b.AsSpan(1)) ? a : null;
    }

    /// <summary>
    /// Orders hostnames that all cover one host: the more specific comes first (negative). Exact before wildcard, a longer
    /// wildcard before a shorter one, empty last.
    /// </summary>
    public static int CompareSpecificity(string a, string b)
    {
        int byClass = Rank(a).CompareTo(Rank(b));
        return byClass != 0 ? byClass : b.Length.CompareTo(a.Length);
    }

    /// <summary>The host of a <c>Host</c> header or authority: without port, brackets, user and the dot of a full name; lower case.</summary>
    public static string OfAuthority(string authority)
    {
        ReadOnlySpan<char> host = authority.AsSpan().Trim();
        int user = host.LastIndexOf('@');
        host = host[(user + 1)..];
        if (host.StartsWith("["))
        {
            int end = host.IndexOf(']');
            return (end < 0 ? host[1..] : host[1..end]).ToString().ToLowerInvariant();
        }
        int colon = host.IndexOf(':');
        if (colon >= 0 && host[(colon + 1)..].IndexOf(':') < 0)
        {
            host = host[..colon];
        }
        return host.TrimEnd('.').ToString().ToLowerInvariant();
    }

    /// <summary>The port of a <c>Host</c> header or authority; null when it names none.</summary>
    public static int? PortOfAuthority(string authority)
    {
        int colon = authority.LastIndexOf(':');
        bool isPort = colon >= 0 && colon > authority.LastIndexOf(']')
            && (authority.Contains(']', StringComparison.Ordinal) || authority.IndexOf(':', StringComparison.Ordinal) == colon);
        return isPort && ushort.TryParse(authority.AsSpan(colon + 1), out ushort port) && port > 0 ? port : null;
    }

    private static int Rank(string hostname) => hostname.Length == 0 ? 2 : IsWildcard(hostname) ? 1 : 0;

    /// <param name="suffix">With its leading dot.</param>
    private static bool HasSuffix(ReadOnlySpan<char> host, ReadOnlySpan<char> suffix) =>
        host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
}
