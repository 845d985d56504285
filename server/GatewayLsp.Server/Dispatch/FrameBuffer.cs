using System.Buffers;
using System.Buffers.Text;

namespace GatewayLsp.Server.Dispatch;

/// <summary>Collects one outgoing body behind room for its header, so that both leave in a single write.</summary>
internal sealed class FrameBuffer : IBufferWriter<byte>
{
    private const int HeaderRoom = 32;
    private const int UsualBytes = 64 * 1024;

    private byte[] _bytes = new byte[UsualBytes];
    private int _length = HeaderRoom;

    public void Clear()
    {
        _length = HeaderRoom;
        if (_bytes.Length > 16 * UsualBytes)
        {
            _bytes = new byte[UsualBytes];
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Header and body; valid until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Frame()
    {
        Span<byte> header = stackalloc byte[HeaderRoom];
        "Content-Length: "u8.CopyTo(header);
        Utf8Formatter.TryFormat(_length - HeaderRoom, header[16..], out var digits);
        "\r\n\r\n"u8.CopyTo(header[(16 + digits)..]);
        var size = 20 + digits;
        header[..size].CopyTo(_bytes.AsSpan(HeaderRoom - size));
        return _bytes.AsMemory(HeaderRoom - size, _length - HeaderRoom + size);
    }

    private void Reserve(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 256);
        if (_bytes.Length - _length < wanted)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, (long)_length + wanted), Array.MaxLength));
        }
    }
}
