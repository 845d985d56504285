namespace GatewayLsp.Engine.Routing;

/// <summary>Takes apart what stands in a <c>Host</c> header: host and port (RFC 9110, 7.2).</summary>
internal static class Authority
{
    /// <summary>The host of a <c>Host</c> header or authority: without port, brackets, user and the dot of a full name; lower case.</summary>
    public static string Host(string authority)
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
    public static int? Port(string authority)
    {
        int colon = authority.LastIndexOf(':');
        bool isPort = colon >= 0 && colon > authority.LastIndexOf(']')
            && (authority.Contains(']', StringComparison.Ordinal) || authority.IndexOf(':', StringComparison.Ordinal) == colon);
        return isPort && ushort.TryParse(authority.AsSpan(colon + 1), out ushort port) && port > 0 ? port : null;
    }
}
