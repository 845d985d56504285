using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace GatewayLsp.Sandbox.Net;

/// <summary>What a client begins a connection with.</summary>
internal enum OpeningKind { Nothing, Tls, Http1, Http2, Other }

/// <summary>The first bytes of a connection, looked at and left for whoever reads on.</summary>
/// <param name="ServerName">Of a TLS handshake; empty when it names none.</param>
internal readonly record struct Opening(OpeningKind Kind, string ServerName)
{
    private const int LongestHello = 16 * 1024;

    private static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n");

    private static readonly string[] Methods = ["GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HEAD ", "OPTIONS ", "CONNECT ", "TRACE "];

    /// <summary>Waits for enough bytes to tell.</summary>
    public static async Task<Opening> Look(PipeReader input, CancellationToken cancel)
    {
        while (true)
        {
            ReadResult read = await input.ReadAsync(cancel);
            byte[] seen = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, LongestHello)).ToArray();
            Opening? opening = Of(seen, isAll: read.IsCompleted || seen.Length == LongestHello);
            if (opening is { } known)
            {
                // Examined nothing: the next reader gets all of it without waiting.
                input.AdvanceTo(read.Buffer.Start);
                return known;
            }
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Opening? Of(byte[] seen, bool isAll)
    {
        if (seen.Length == 0)
        {
            return isAll ? new Opening(OpeningKind.Nothing, "") : null;
        }
        if (seen[0] == 0x16)
        {
            return ClientHello.IsWhole(seen) ? new Opening(OpeningKind.Tls, ClientHello.ServerName(seen)) : isAll ? new Opening(OpeningKind.Other, "") : null;
        }
        if (StartsLike(seen, Preface))
        {
            return seen.Length >= Preface.Length ? new Opening(OpeningKind.Http2, "") : isAll ? new Opening(OpeningKind.Other, "") : null;
        }
        foreach (string method in Methods)
        {
            byte[] word = Encoding.ASCII.GetBytes(method);
            if (StartsLike(seen, word))
            {
                return seen.Length >= word.Length ? new Opening(OpeningKind.Http1, "") : isAll ? new Opening(OpeningKind.Other, "") : null;
            }
        }
        return new Opening(OpeningKind.Other, "");
    }

    private static bool StartsLike(byte[] seen, byte[] word) =>
        seen.AsSpan(0, Math.Min(seen.Length, word.Length)).SequenceEqual(word.AsSpan(0, Math.Min(seen.Length, word.Length)));
}

/// <summary>Reads the server name out of a TLS ClientHello (RFC 8446, RFC 6066).</summary>
internal static class ClientHello
{
    private const int RecordHeader = 5;

    public static bool IsWhole(ReadOnlySpan<byte> record) => record.Length >= RecordHeader && record.Length >= RecordHeader + (record[3] << 8 | record[4]);

    /// <summary>Lower case; empty when there is none or the record can't be read.</summary>
    public static string ServerName(ReadOnlySpan<byte> record)
    {
        ReadOnlySpan<byte> at = record[RecordHeader..];
        // Handshake header (4), version (2), random (32), session, cipher suites, compression methods.
        if (!Skip(ref at, 38) || !SkipBlock(ref at, 1) || !SkipBlock(ref at, 2) || !SkipBlock(ref at, 1) || !Skip(ref at, 2))
        {
            return "";
        }
        while (at.Length >= 4)
        {
            int type = at[0] << 8 | at[1];
            int length = at[2] << 8 | at[3];
            at = at[4..];
            if (length > at.Length)
            {
                return "";
            }
            if (type == 0 && length >= 5 && at[2] == 0)
            {
                int name = at[3] << 8 | at[4];
                return name <= length - 5 ? Encoding.ASCII.GetString(at.Slice(5, name)).ToLowerInvariant() : "";
            }
            at = at[length..];
        }
        return "";
    }

    private static bool Skip(ref ReadOnlySpan<byte> at, int count)
    {
        if (at.Length < count)
        {
            return false;
        }
        at = at[count..];
        return true;
    }

    private static bool SkipBlock(ref ReadOnlySpan<byte> at, int sizeBytes)
    {
        if (at.Length < sizeBytes)
        {
            return false;
        }
        int size = sizeBytes == 1 ? at[0] : at[0] << 8 | at[1];
        return Skip(ref at, sizeBytes + size);
    }
}
