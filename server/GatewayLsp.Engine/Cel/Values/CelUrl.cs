using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Cel.Values;

/// <summary>A URL with a scheme, or an absolute path, as Go's <c>net/url</c> reads them.</summary>
public sealed class CelUrl : CelExtension
{
    private const string Hexadecimal = "0123456789ABCDEF";

    private CelUrl(string text, string scheme, string host, string path, string query)
        : base(CelKind.Url)
    {
        Text = text;
        Scheme = scheme;
        Host = host;
        EscapedPath = path;
        Query = query;
    }

    internal string Text { get; }

    internal string Scheme { get; }

    /// <summary>With the port; an IPv6 address in brackets.</summary>
    internal string Host { get; }

    internal string EscapedPath { get; }

    /// <summary>Without the question mark, as written.</summary>
    internal string Query { get; }

    internal static bool IsUrl(string text) => Parse(text, fragmentIsPath: true) is not null;

    /// <summary>Null when the text is no URL.</summary>
    internal static CelUrl? Read(string text)
    {
        if (!IsUrl(text))
        {
            return null;
        }
        int fragment = text.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0 && Unescape(text[(fragment + 1)..], plusIsBlank: false) is null)
        {
            return null;
        }
        return Parse(fragment < 0 ? text : text[..fragment], fragmentIsPath: false);
    }

    internal string Hostname
    {
        get
        {
            string host = HostWithoutPort();
            return host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        }
    }

    internal string Port
    {
        get
        {
            string host = HostWithoutPort();
            return host.Length < Host.Length ? Host[(host.Length + 1)..] : "";
        }
    }

    internal override bool SameAs(CelExtension other) => other is CelUrl url && url.Text == Text;

    /// <summary>The values of each key in order, unescaped. Pairs that can't be are left out.</summary>
    internal List<KeyValuePair<string, List<string>>> QueryValues()
    {
        var values = new List<KeyValuePair<string, List<string>>>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string pair in Query.Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string? key = Unescape(equals < 0 ? pair : pair[..equals], plusIsBlank: true);
            string? value = equals < 0 ? "" : Unescape(pair[(equals + 1)..], plusIsBlank: true);
            if (pair.Length == 0 || pair.Contains(';', StringComparison.Ordinal) || key is null || value is null)
            {
                continue;
            }
            if (!places.TryGetValue(key, out int place))
            {
                places.Add(key, place = values.Count);
                values.Add(new(key, []));
            }
            values[place].Value.Add(value);
        }
        return values;
    }

    private static CelUrl? Parse(string text, bool fragmentIsPath)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or '\u007f')
            {
                return null;
            }
        }
        if (text.Length == 0 || SchemeOf(text) is not { } scheme)
        {
            return fragmentIsPath ? null : text.Length == 0 ? new CelUrl("", "", "", "", "") : null;
        }
        string rest = scheme.Length == 0 ? text : text[(scheme.Length + 1)..];
        int question = rest.IndexOf('?', StringComparison.Ordinal);
        string query = question < 0 ? "" : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];
        if (!rest.StartsWith('/'))
        {
            // "mailto:x" is fine: something opaque behind a scheme.
            return scheme.Length > 0 ? new CelUrl(text, scheme.ToLowerInvariant(), "", "", query) : null;
        }
        string host = "";
        if (rest.StartsWith("//", StringComparison.Ordinal) && (scheme.Length > 0 || !fragmentIsPath) && !rest.StartsWith("///", StringComparison.Ordinal))
        {
            int slash = rest.IndexOf('/', 2);
            string authority = slash < 0 ? rest[2..] : rest[2..slash];
            rest = slash < 0 ? "" : rest[slash..];
            if (ReadAuthority(authority) is not { } found)
            {
                return null;
            }
            host = found;
        }
        else if (rest.StartsWith("///", StringComparison.Ordinal) && scheme.Length > 0)
        {
            rest = rest[2..];
        }
        return Unescape(rest, plusIsBlank: false) is null ? null : new CelUrl(text, scheme.ToLowerInvariant(), host, EscapePath(rest), query);
    }

    /// <summary>The scheme; empty when there is none, null when the text can't start so.</summary>
    private static string? SchemeOf(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiLetter(c))
            {
                continue;
            }
            if (c == ':')
            {
                return i == 0 ? null : text[..i];
            }
            return (char.IsAsciiDigit(c) || c is '+' or '-' or '.') && i > 0 ? Continue(text, i) : "";
        }
        return "";

        static string Continue(string text, int from)
        {
            for (int i = from; i < text.Length; i++)
            {
                if (text[i] == ':')
                {
                    return text[..i];
                }
                if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '-' or '.'))
                {
                    return "";
                }
            }
            return "";
        }
    }

    private static string? ReadAuthority(string authority)
    {
        int at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            string user = authority[..at];
            if (user.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:~!$&'()*+,;=%@") || Unescape(user, plusIsBlank: false) is null)
            {
                return null;
            }
        }
        string host = authority[(at + 1)..];
        if (host.StartsWith('['))
        {
            int close = host.LastIndexOf(']');
            return close < 0 || !IsPort(host[(close + 1)..]) ? null : Unescape(host, plusIsBlank: false);
        }
        int colon = host.LastIndexOf(':');
        if (colon >= 0 && (!IsPort(host[colon..]) || host.AsSpan(0, colon).Contains(':')))
        {
            return null;
        }
        if (host.AsSpan().IndexOfAny(" <>\"`{}|\\^") >= 0)
        {
            return null;
        }
        return UnescapeHost(host);
    }

    private static bool IsPort(string text) => text.Length == 0 || (text[0] == ':' && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9'));

    /// <summary>In a host only bytes beyond ASCII may be escaped.</summary>
    private static string? UnescapeHost(string host)
    {
        for (int i = host.IndexOf('%', StringComparison.Ordinal); i >= 0; i = host.IndexOf('%', i + 1))
        {
            if (i + 1 >= host.Length || host[i + 1] < '8')
            {
                return null;
            }
        }
        return Unescape(host, plusIsBlank: false);
    }

    private static string? Unescape(string text, bool plusIsBlank)
    {
        if (text.IndexOf('%', StringComparison.Ordinal) < 0)
        {
            return plusIsBlank ? text.Replace('+', ' ') : text;
        }
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int to = 0;
        for (int i = 0; i < bytes.Length; i++, to++)
        {
            bytes[to] = plusIsBlank && bytes[i] == '+' ? (byte)' ' : bytes[i];
            if (bytes[i] == '%')
            {
                if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
                {
                    return null;
                }
                bytes[to] = byte.Parse([(char)bytes[i + 1], (char)bytes[i + 2]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
            }
        }
        return Encoding.UTF8.GetString(bytes.AsSpan(0, to));
    }

    /// <summary>The path as written when all it holds may stand in one; else with escapes for what may not.</summary>
    private static string EscapePath(string path)
    {
        const string plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!$&'()*+,;=:@[]%/";
        if (!path.AsSpan().ContainsAnyExcept(plain))
        {
            return path;
        }
        const string kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~$&+,/:;=@";
        var escaped = new StringBuilder(path.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(Unescape(path, plusIsBlank: false) ?? path))
        {
            if (kept.Contains((char)b, StringComparison.Ordinal))
            {
                escaped.Append((char)b);
            }
            else
            {
                escaped.Append('%').Append(Hexadecimal[b >> 4]).Append(Hexadecimal[b & 15]);
            }
        }
        return escaped.ToString();
    }

    private string HostWithoutPort()
    {
        int colon = Host.LastIndexOf(':');
        return colon >= 0 && colon > Host.LastIndexOf(']') && IsPort(Host[colon..]) ? Host[..colon] : Host;
    }
}
