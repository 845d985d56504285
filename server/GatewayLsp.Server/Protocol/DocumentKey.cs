using System.Text;

namespace GatewayLsp.Server.Protocol;

/// <summary>
/// The one place that turns URIs into keys. Editors write the same file in several ways (<c>file:///C:/a b</c>,
/// <c>file:///c%3A/a%20b</c>); the key is one spelling of them, itself a URI, and opaque to everybody else.
/// </summary>
internal static class DocumentKey
{
    private const string FileScheme = "file";

    /// <summary>The key of a URI as a client wrote it. Any text has one.</summary>
    public static string Of(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return uri;
        }

        var scheme = uri[..colon].ToLowerInvariant();
        var rest = uri.AsSpan(colon + 1);
        if (scheme != FileScheme)
        {
            return string.Concat(scheme, ":", rest);
        }

        var authority = ReadOnlySpan<char>.Empty;
        if (rest.StartsWith("//"))
        {
            rest = rest[2..];
            var slash = rest.IndexOf('/');
            authority = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? "/" : rest[slash..];
        }

        if (rest.IndexOfAny('?', '#') is var end and >= 0)
        {
            rest = rest[..end];
        }

        var host = authority.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? "" : authority.ToString().ToLowerInvariant();
        return Build(host, Unescape(rest));
    }

    /// <summary>The key of an absolute path of this machine.</summary>
    public static string FromPath(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            return Build("", Encoding.UTF8.GetBytes(path));
        }

        path = path.Replace('\\', '/');
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            var slash = path.IndexOf('/', 2);
            return slash < 0 ? Build(path[2..].ToLowerInvariant(), "/"u8) : Build(path[2..slash].ToLowerInvariant(), Encoding.UTF8.GetBytes(path[slash..]));
        }

        return Build("", Encoding.UTF8.GetBytes("/" + path));
    }

    /// <summary>The path on this machine; null for documents that are not files here.</summary>
    public static string? ToPath(string key)
    {
        if (!key.StartsWith("file://", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = key.AsSpan(7);
        var slash = rest.IndexOf('/');
        if (slash < 0)
        {
            return null;
        }

        var path = Encoding.UTF8.GetString(Unescape(rest[slash..]));
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (OperatingSystem.IsWindows())
        {
            path = slash > 0 ? $@"\\{rest[..slash]}{path}" : path.TrimStart('/');
            return path.Replace('/', '\\');
        }

        return slash > 0 ? null : path;
    }

    private static string Build(string host, ReadOnlySpan<byte> path)
    {
        var key = new StringBuilder("file://", 16 + path.Length).Append(host);
        if (path.IsEmpty || path[0] != (byte)'/')
        {
            key.Append('/');
        }

        var drive = path is [(byte)'/', _, (byte)':', ..] && char.IsAsciiLetter((char)path[1]);
        for (var i = 0; i < path.Length; i++)
        {
            var b = path[i];
            if (drive && i == 1)
            {
                key.Append(char.ToLowerInvariant((char)b));
            }
            else if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'/' or (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                key.Append((char)b);
            }
            else
            {
                key.Append('%').Append(Hex(b >> 4)).Append(Hex(b & 15));
            }
        }

        return key.ToString();
    }

    private static char Hex(int digit) => (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);

    /// <summary>Bytes, not text: a path need not be UTF-8. A <c>%</c> without two digits stands for itself.</summary>
    private static byte[] Unescape(ReadOnlySpan<char> text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b == (byte)'%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                b = (byte)((Value(bytes[i + 1]) << 4) | Value(bytes[i + 2]));
                i += 2;
            }

            bytes[length++] = b;
        }

        return bytes[..length];
    }

    private static int Value(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
