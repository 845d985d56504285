using System.Text;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server;

/// <summary>The language server on stdin and stdout of this process.</summary>
internal static class StdioServer
{
    /// <summary>
    /// One thread of the pool sits in a blocking read of stdin for good, and checking a large file takes one for each
    /// core; a request that comes then must not wait until the pool thinks of growing.
    /// </summary>
    private const int MinThreads = 8;

    public static async Task<int> RunAsync()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, MinThreads), completions);

        var errors = Console.OpenStandardError();
        var log = new Log(line => errors.Write(Encoding.UTF8.GetBytes(line)));
        var output = Console.OpenStandardOutput();

        // stdout belongs to JSON-RPC: whatever else prints, prints to stderr.
        Console.SetOut(new StreamWriter(errors, new UTF8Encoding(false), 256, leaveOpen: true) { AutoFlush = true });
        using var server = new LanguageServer(new BlockingStream(Console.OpenStandardInput()), new BlockingStream(output), log);
        return await server.RunAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Console streams have no asynchronous calls of their own: the base class would take a second thread for each
    /// read and write. This one does them where it is called.
    /// </summary>
    private sealed class BlockingStream(Stream inner) : Stream
    {
        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(inner.Read(buffer.Span));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            inner.Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            inner.Flush();
            return Task.CompletedTask;
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
