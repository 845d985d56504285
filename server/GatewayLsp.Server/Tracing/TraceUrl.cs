using System.Globalization;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Server.Tracing;

/// <summary>The URL of a command line, taken apart; what it leaves out is null or empty.</summary>
/// <param name="Host">With the port, if there is one.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>; null for others and when none is written.</param>
internal sealed record TraceUrl(TraceProtocol? Protocol, string? Scheme, string Host, string Path)
{
    /// <summary>The port that is written in it; null when none is.</summary>
    public int? Port =>
        Host.LastIndexOf(':') is var colon && colon > Host.LastIndexOf(']') && int.TryParse(Host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? port : null;

    /// <summary>
    /// <c>scheme://host:port/path?query</c>, of which all may be missing but something: <c>/path</c>, <c>host/path</c> and
    /// <c>:port</c> are URLs too. Null, with the reason, for what is none.
    /// </summary>
    public static TraceUrl? Parse(string text, out string problem)
    {
        problem = "";
        string rest = text.Trim();
        string? scheme = null;
        int mark = rest.IndexOf("://", StringComparison.Ordinal);
        if (mark >= 0 && !rest.AsSpan(0, mark).ContainsAny('/', '?', '#'))
        {
            scheme = rest[..mark].ToLowerInvariant();
            rest = rest[(mark + 3)..];
        }
        TraceProtocol? protocol = scheme switch
        {
            null => null,
            "http" or "https" => TraceProtocol.Http,
            "grpc" or "grpcs" => TraceProtocol.Grpc,
            "tls" => TraceProtocol.Tls,
            "tcp" => TraceProtocol.Tcp,
            "udp" => TraceProtocol.Udp,
            _ => (TraceProtocol)(-1),
        };
        if (protocol is { } known && !Enum.IsDefined(known))
        {
            problem = $"the scheme '{scheme}' is none of http, https, grpc, grpcs, tls, tcp, udp";
            return null;
        }
        int end = rest.AsSpan().IndexOfAny('/', '?', '#');
        string host = end < 0 ? rest : rest[..end];
        string path = end < 0 ? "/" : rest[end] == '/' ? rest[end..] : "/" + rest[end..];
        if (rest.Length == 0 || host.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0 || path.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0)
        {
            problem = rest.Length == 0 ? "it is empty" : "it has blanks or control characters in it; write them as %20 and so on";
            return null;
        }
        if (host.Contains('*', StringComparison.Ordinal))
        {
            problem = "a request is for one host, without '*'";
            return null;
        }
        int colon = host.LastIndexOf(':');
        bool hasPort = colon >= 0 && colon > host.LastIndexOf(']');
        if (hasPort && !(ushort.TryParse(host.AsSpan(colon + 1), out ushort port) && port > 0))
        {
            problem = $"'{host[(colon + 1)..]}' is no port";
            return null;
        }
        return new TraceUrl(protocol, scheme switch { "http" or "grpc" => "http", "https" or "grpcs" => "https", _ => null }, host, path);
    }
}
