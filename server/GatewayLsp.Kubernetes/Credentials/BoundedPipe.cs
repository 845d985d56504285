namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>Reads a stream to its end and keeps no more than so many bytes of it.</summary>
/// <param name="keepsReading">Read on when full and drop the rest, so that the writer never waits; else stop.</param>
internal sealed class BoundedPipe(Stream stream, int limit, bool keepsReading = false)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _overflow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = new byte[4096];
    private int _count;

    public Task Overflowed => _overflow.Task;

    public bool HasOverflowed => _overflow.Task.IsCompleted;

    public ReadOnlyMemory<byte> Content
    {
        get
        {
            lock (_gate)
            {
                return _buffer.AsSpan(0, _count).ToArray();
            }
        }
    }

    /// <summary>Never fails: a broken pipe is an end.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        byte[] chunk = new byte[16 << 10];
        try
        {
            while (true)
            {
                int read = await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }
                if (!Keep(chunk.AsSpan(0, read)))
                {
                    _overflow.TrySetResult();
                    if (!keepsReading)
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // What came so far counts.
        }
    }

    private bool Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            int fits = Math.Min(bytes.Length, limit - _count);
            if (_count + fits > _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(limit, Math.Max(_buffer.Length * 2, _count + fits)));
            }
            bytes[..fits].CopyTo(_buffer.AsSpan(_count));
            _count += fits;
            return fits == bytes.Length;
        }
    }
}
