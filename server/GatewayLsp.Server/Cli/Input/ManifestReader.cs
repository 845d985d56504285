using System.Text;

namespace GatewayLsp.Server.Cli.Input;

/// <summary>A manifest's text, or why there is none. Exactly one is set; neither for a file that is of no concern.</summary>
internal readonly record struct ReadResult(string? Text, string? Problem);

/// <summary>Reads a file or stdin into text and says plainly what stands in the way.</summary>
internal static class ManifestReader
{
    /// <summary>Bytes. No manifest is near it; a mistaken dump or <c>/dev/zero</c> must not fill the memory.</summary>
    private const int MaxLength = 256 * 1024 * 1024;

    /// <summary>Found JSON beyond this is data, not manifests.</summary>
    private const int MaxFoundJson = 16 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ReadResult Read(ManifestSource source, Func<Stream> stdin)
    {
        try
        {
            if (source.IsStdin)
            {
                using Stream input = stdin();
                return Decode(ReadAll(input, 0));
            }
            var info = new FileInfo(source.Key);
            if (!source.IsNamed && info is { Exists: true, Length: 0 })
            {
                // Empty, or a pipe or device, which would wait for a writer forever.
                return new ReadResult("", null);
            }
            bool isJson = source.Key.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
            if (isJson && !source.IsNamed && info.Length > MaxFoundJson)
            {
                return default;
            }
            using var file = new FileStream(source.Key, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            ReadResult result = Decode(ReadAll(file, info.Length));
            return isJson && !source.IsNamed && !HoldsObjects(result.Text) ? default : result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new ReadResult(null, Explain(e));
        }
    }

    public static string Explain(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "is gone",
        UnauthorizedAccessException => "no right to read it",
        FileTooLargeException => $"is larger than {MaxLength / 1024 / 1024} MB",
        _ => "can't be read: " + exception.Message,
    };

    /// <summary>YAML allows UTF-8 and, told by a byte order mark, UTF-16 and UTF-32.</summary>
    internal static ReadResult Decode(ReadOnlySpan<byte> bytes)
    {
        Encoding encoding = StrictUtf8;
        int mark = 0;
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            mark = 3;
        }
        else if (bytes is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            encoding = new UTF32Encoding(bigEndian: bytes[0] == 0, byteOrderMark: false, throwOnInvalidCharacters: true);
            mark = 4;
        }
        else if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            encoding = new UnicodeEncoding(bigEndian: bytes[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true);
            mark = 2;
        }
        else if (bytes[..Math.Min(bytes.Length, 8000)].Contains((byte)0))
        {
            return new ReadResult(null, "is not text (it holds NUL bytes)");
        }
        try
        {
            return new ReadResult(encoding.GetString(bytes[mark..]), null);
        }
        catch (DecoderFallbackException e)
        {
            return new ReadResult(null, encoding == StrictUtf8 ? NotUtf8(bytes, mark + e.Index) : "is not valid UTF-" + (mark == 2 ? "16" : "32"));
        }
    }

    private static string NotUtf8(ReadOnlySpan<byte> bytes, int at)
    {
        at = Math.Clamp(at, 0, bytes.Length - 1);
        return $"is not UTF-8: byte 0x{bytes[at]:X2} in line {bytes[..at].Count((byte)'\n') + 1}";
    }

    private static bool HoldsObjects(string? text) =>
        text is not null && text.Contains("\"apiVersion\"", StringComparison.Ordinal) && text.Contains("\"kind\"", StringComparison.Ordinal);

    private static ReadOnlySpan<byte> ReadAll(Stream stream, long expected)
    {
        byte[] buffer = new byte[Math.Clamp(expected + 1, 4096, MaxLength)];
        int length = 0;
        while (true)
        {
            int read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0)
            {
                return buffer.AsSpan(0, length);
            }
            length += read;
            if (length == MaxLength)
            {
                throw new FileTooLargeException();
            }
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxLength));
            }
        }
    }

    private sealed class FileTooLargeException : IOException;
}
