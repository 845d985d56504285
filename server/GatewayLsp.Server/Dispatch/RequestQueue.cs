using System.Threading.Channels;

namespace GatewayLsp.Server.Dispatch;

/// <summary>A turn in the queue. <see cref="Run"/> holds up everything behind it.</summary>
internal interface IQueuedWork
{
    void Run();
}

/// <summary>
/// The one order of things. Work runs one at a time in the order it was posted: a mutation does its work in its
/// turn, a read only takes its snapshot and leaves for the pool.
/// </summary>
internal sealed class RequestQueue
{
    private readonly Channel<IQueuedWork> _channel = Channel.CreateUnbounded<IQueuedWork>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = false });

    private readonly Log _log;

    public RequestQueue(Log log)
    {
        _log = log;
        Completion = RunAsync();
    }

    public Task Completion { get; }

    public void Post(IQueuedWork work) => _channel.Writer.TryWrite(work);

    public void Post(Action action) => Post(new ActionWork(action));

    /// <summary>No more work; what is queued still runs.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    private async Task RunAsync()
    {
        var reader = _channel.Reader;
        while (await reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (reader.TryRead(out var work))
            {
                try
                {
                    work.Run();
                }
                catch (Exception e)
                {
                    // Work reports its own failures; whatever gets here must not stop the queue.
                    _log.Error("A queued step failed.", e);
                }
            }
        }
    }

    private sealed class ActionWork(Action action) : IQueuedWork
    {
        public void Run() => action();
    }
}
