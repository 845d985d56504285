using System.Globalization;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>What <c>traffic</c> asks for: a path, or a URL whose host becomes the Host header and whose scheme and port choose the listener.</summary>
/// <param name="Host">Empty for the Gateway's own address.</param>
/// <param name="Port">Of the listener; null to take the usual one.</param>
internal sealed record TrafficTarget(bool IsSecure, string Host, int? Port, string Path)
{
    private const int LongestHost = 253;

    /// <summary>Null, and why, when the text is neither a path nor a URL.</summary>
    public static TrafficTarget? Parse(string text, out string problem)
    {
        problem = "";
        if (text.Any(letter => letter <= ' ' || letter == 0x7F))
        {
            problem = $"'{text}' has blanks in it; write them as %20";
            return null;
        }
        if (text.StartsWith('/'))
        {
            return new TrafficTarget(false, "", null, text);
        }
        bool isSecure = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!isSecure && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            problem = $"'{text}' is neither a path (begin it with /) nor a URL (http://HOST/PATH, https://HOST/PATH)";
            return null;
        }
        string rest = text[(isSecure ? "https://".Length : "http://".Length)..];
        int slash = rest.AsSpan().IndexOfAny('/', '?');
        string authority = slash < 0 ? rest : rest[..slash];
        string path = slash < 0 ? "/" : rest[slash] == '?' ? "/" + rest[slash..] : rest[slash..];
        int colon = authority.LastIndexOf(':');
        string name = colon < 0 ? authority : authority[..colon];
        int? port = colon < 0 ? null : CommandOptions.Number(authority[(colon + 1)..]);
        if (!IsHost(authority))
        {
            problem = $"'{authority}' in '{text}' is no host";
            return null;
        }
        return new TrafficTarget(isSecure, port is null ? name : authority, port, path);
    }

    /// <summary>True for a DNS name or IPv4 address, with a port or without.</summary>
    public static bool IsHost(string text)
    {
        int colon = text.LastIndexOf(':');
        string name = colon < 0 ? text : text[..colon];
        return name.Length is > 0 and <= LongestHost && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_')
            && Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4
            && (colon < 0 || CommandOptions.Number(text[(colon + 1)..]) is > 0 and < 65536);
    }

    /// <summary>A header as <c>NAME:VALUE</c>; null when it is none.</summary>
    public static (string Name, string Value)? Header(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? "" : text[..colon].Trim();
        string value = colon < 0 ? "" : text[(colon + 1)..].Trim();
        return name.Length > 0 && name.All(IsTokenLetter) && !value.Any(char.IsControl) && value.All(char.IsAscii) ? (name, value) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsSecure ? "https" : "http")}://{(Host.Length > 0 ? Host : "GATEWAY")}{Path}");

    /// <summary>RFC 9110, 5.6.2.</summary>
    private static bool IsTokenLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal);
}
