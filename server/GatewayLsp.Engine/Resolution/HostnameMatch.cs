namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Hostnames of listeners and routes (Gateway API, Hostname): <c>*.example.com</c> stands for one or more labels in front,
/// never for <c>example.com</c> itself. All in lower case; null stands for every hostname.
/// </summary>
public static class HostnameMatch
{
    /// <summary>What both allow, the narrower of the two; false when nothing.</summary>
    public static bool TryIntersect(string? a, string? b, out string? common)
    {
        common = null;
        if (a is null || b is null || a == b)
        {
            common = a ?? b;
            return true;
        }
        if (Covers(a, b))
        {
            common = b;
            return true;
        }
        if (Covers(b, a))
        {
            common = a;
            return true;
        }
        return false;
    }

    /// <summary>True when every hostname that the narrower one stands for is one of the pattern's.</summary>
    public static bool Covers(string? pattern, string? narrower)
    {
        if (pattern is null || pattern == narrower)
        {
            return true;
        }
        if (narrower is null || !IsWildcard(pattern))
        {
            return false;
        }
        ReadOnlySpan<char> suffix = pattern.AsSpan(1);
        ReadOnlySpan<char> rest = IsWildcard(narrower) ? narrower.AsSpan(1) : narrower;
        return rest.Length > suffix.Length && rest.EndsWith(suffix, StringComparison.Ordinal);
    }

    /// <summary>
    /// True when a certificate's name is good for some of a listener's hostnames. In a certificate <c>*</c> stands for exactly one
    /// label (RFC 9525, 6.3).
    /// </summary>
    public static bool IsCertifiedBy(string hostname, string name)
    {
        if (hostname == name)
        {
            return true;
        }
        if (IsWildcard(hostname))
        {
            return Covers(hostname, name);
        }
        return IsWildcard(name) && hostname.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && hostname.AsSpan(dot).SequenceEqual(name.AsSpan(1));
    }

    public static bool IsWildcard(string hostname) => hostname.StartsWith("*.", StringComparison.Ordinal);

    /// <summary>
    /// How specific a hostname is, more is better: exact before wildcard before every hostname, then by length.
    /// Comparable between hostnames that cover the same request.
    /// </summary>
    public static int Rank(string? hostname) => hostname switch
    {
        null => 0,
        _ when IsWildcard(hostname) => hostname.Length,
        _ => 100_000 + hostname.Length,
    };
}
