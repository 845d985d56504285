using System.Buffers.Text;

namespace GatewayLsp.Server.Dispatch;

/// <summary>What came off the wire: a message body, a stretch that could not be read, or the end.</summary>
internal readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Body = default, string Problem = "");

internal enum FrameKind
{
    Body,
    Malformed,
    End,
}

/// <summary>
/// Cuts a byte stream into bodies by their <c>Content-Length</c> header. After a bad header block it looks for the next
/// <c>Content-Length:</c> and goes on there; every step consumes input, so no input makes it loop.
/// </summary>
internal sealed class FrameReader(Stream input)
{
    /// <summary>Bodies over this many bytes are refused: no editor sends them, a broken peer does.</summary>
    public const int MaxBodyBytes = 256 * 1024 * 1024;

    private const int MaxHeaderBytes = 16 * 1024;
    private const int UsualBufferBytes = 64 * 1024;

    private byte[] _buffer = new byte[UsualBufferBytes];
    private int _start;
    private int _end;
    private bool _lost;

    private static ReadOnlySpan<byte> LengthHeader => "content-length:"u8;

    private ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The body stays valid until the next call.</summary>
    public async ValueTask<Frame> ReadAsync(CancellationToken token)
    {
        Shrink();
        while (true)
        {
            if (_lost && !FindNextHeader())
            {
                if (!await FillAsync(token).ConfigureAwait(false))
                {
                    return new Frame(FrameKind.End);
                }

                continue;
            }

            SkipBlankLines();
            var header = HeaderLength(Available);
            if (header < 0 && Available.Length <= MaxHeaderBytes)
            {
                if (!await FillAsync(token).ConfigureAwait(false))
                {
                    return new Frame(FrameKind.End);
                }

                continue;
            }

            var problem = header < 0
                ? $"A header block does not end within {MaxHeaderBytes} bytes."
                : ReadLength(Available[..header], out var length) ?? (length > MaxBodyBytes ? TooLong(length) : null);
            if (problem is not null)
            {
                var first = !_lost;
                _lost = true;
                _start++;
                if (first)
                {
                    return new Frame(FrameKind.Malformed, Problem: problem);
                }

                continue;
            }

            ReadLength(Available[..header], out var size);
            _start += header;
            _lost = false;
            while (_end - _start < size)
            {
                if (!await FillAsync(token).ConfigureAwait(false))
                {
                    return new Frame(FrameKind.End);
                }
            }

            var body = _buffer.AsMemory(_start, (int)size);
            _start += (int)size;
            return new Frame(FrameKind.Body, body);
        }
    }

    /// <summary>Length of the header block with its empty line; -1 when it is not there yet.</summary>
    private static int HeaderLength(ReadOnlySpan<byte> bytes)
    {
        for (var from = 0; from < bytes.Length;)
        {
            var newline = bytes[from..].IndexOf((byte)'\n');
            if (newline < 0)
            {
                return -1;
            }

            var line = bytes.Slice(from, newline);
            from += newline + 1;
            if (line.IsEmpty || line is [(byte)'\r'])
            {
                return from;
            }
        }

        return -1;
    }

    /// <summary>Null when the block says how long the body is, else what is wrong with it.</summary>
    private static string? ReadLength(ReadOnlySpan<byte> block, out long length)
    {
        length = -1;
        foreach (var range in block.Split((byte)'\n'))
        {
            var line = Trim(block[range]);
            if (line.Length < LengthHeader.Length || !EqualsIgnoringCase(line[..LengthHeader.Length], LengthHeader))
            {
                continue;
            }

            var value = Trim(line[LengthHeader.Length..]);
            if (!Utf8Parser.TryParse(value, out length, out var used) || used != value.Length || length < 0)
            {
                return "A Content-Length header is not a whole number of bytes.";
            }
        }

        return length < 0 ? "A header block has no Content-Length." : null;
    }

    private static string TooLong(long length)
        => $"A message of {length} bytes is refused: the limit is {MaxBodyBytes} bytes.";

    private static bool EqualsIgnoringCase(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> lower)
    {
        for (var i = 0; i < lower.Length; i++)
        {
            var b = bytes[i];
            if ((b is >= (byte)'A' and <= (byte)'Z' ? b | 0x20 : b) != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t\r"u8);

    private bool FindNextHeader()
    {
        var bytes = Available;
        for (var from = 0; ; from++)
        {
            var next = bytes[from..].IndexOfAny((byte)'c', (byte)'C');
            if (next < 0 || from + next + LengthHeader.Length > bytes.Length)
            {
                break;
            }

            from += next;
            if (EqualsIgnoringCase(bytes.Slice(from, LengthHeader.Length), LengthHeader))
            {
                _start += from;
                return true;
            }
        }

        // The tail may be the first half of the header.
        _start = Math.Max(_start, _end - LengthHeader.Length + 1);
        return false;
    }

    private void SkipBlankLines()
    {
        while (_start < _end && _buffer[_start] is (byte)'\r' or (byte)'\n')
        {
            _start++;
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken token)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            var kept = _end - _start;
            var target = kept > _buffer.Length / 2 ? new byte[(int)Math.Min(_buffer.Length * 2L, Array.MaxLength)] : _buffer;
            Buffer.BlockCopy(_buffer, _start, target, 0, kept);
            (_buffer, _start, _end) = (target, 0, kept);
        }

        try
        {
            var read = await input.ReadAsync(_buffer.AsMemory(_end), token).ConfigureAwait(false);
            _end += read;
            return read > 0;
        }
        catch (IOException)
        {
            // A peer that died and one that hung up are the same to us.
            return false;
        }
    }

    /// <summary>Gives back the memory that one huge message took.</summary>
    private void Shrink()
    {
        var kept = _end - _start;
        if (_buffer.Length > 16 * UsualBufferBytes && kept <= UsualBufferBytes)
        {
            var small = new byte[UsualBufferBytes];
            Buffer.BlockCopy(_buffer, _start, small, 0, kept);
            (_buffer, _start, _end) = (small, 0, kept);
        }
    }
}
