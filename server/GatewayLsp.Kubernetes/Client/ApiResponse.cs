using System.Collections.Immutable;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>The body of an answer, complete.</summary>
internal sealed record ApiBody(ReadOnlyMemory<byte> Utf8, int Status, ImmutableArray<string> Warnings);

/// <summary>An answer whose body is still to be read. Holds the request's timer: reading to the end is part of its time.</summary>
internal sealed class ApiResponse(HttpResponseMessage response, CancellationTokenSource timer, ImmutableArray<string> warnings) : IDisposable
{
    public int Status => (int)response.StatusCode;

    public ImmutableArray<string> Warnings { get; } = warnings;

    /// <summary>Null when the body is longer than the limit.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadToEndAsync(int limit, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        long? length = response.Content.Headers.ContentLength;
        if (length > limit)
        {
            return null;
        }
        byte[] buffer = new byte[length is { } known ? (int)known + 1 : 16 << 10];
        int count = 0;
        using Stream stream = await response.Content.ReadAsStreamAsync(stop.Token).ConfigureAwait(false);
        while (true)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(count), stop.Token).ConfigureAwait(false);
            if (read == 0)
            {
                return buffer.AsMemory(0, count);
            }
            count += read;
            if (count > limit)
            {
                return null;
            }
            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, limit + 1));
            }
        }
    }

    /// <summary>For streams without an end: from here on only the caller's token counts.</summary>
    public Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        timer.CancelAfter(Timeout.InfiniteTimeSpan);
        return response.Content.ReadAsStreamAsync(cancellation);
    }

    public void Dispose()
    {
        response.Dispose();
        timer.Dispose();
    }
}
