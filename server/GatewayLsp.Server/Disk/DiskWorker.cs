using System.Threading.Channels;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Disk;

/// <summary>
/// Brings what is on disk into the session: one reader in the background, so that a later look at a file never loses
/// against an earlier one. What it found is posted to the queue in small portions, the next when the last was taken in: the
/// user's own messages wait behind one at most.
/// </summary>
internal sealed class DiskWorker : IDisposable
{
    /// <summary>Files, and characters, that are taken in within a millisecond or two.</summary>
    private const int Portion = 32;
    private const int PortionCharacters = 256 * 1024;

    /// <summary>Text kept of files that nobody opened.</summary>
    private const long MaxCharacters = 128L * 1024 * 1024;

    private readonly Channel<Action<CancellationToken>> _orders = Channel.CreateUnbounded<Action<CancellationToken>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Session _session;
    private readonly RequestQueue _queue;
    private readonly IProgressReporter _progress;
    private readonly Log _log;

    public DiskWorker(Session session, RequestQueue queue, IProgressReporter progress, Log log)
    {
        (_session, _queue, _progress, _log) = (session, queue, progress, log);
        Completion = RunAsync();
    }

    public Task Completion { get; }

    /// <summary>Reads every manifest under the folder. On the queue.</summary>
    public void Scan(string folder)
    {
        if (DocumentKey.ToPath(folder) is not { } path)
        {
            return;
        }

        _session.BeginLoading();
        Order(token =>
        {
            try
            {
                using var progress = _progress.Begin("Reading manifests");
                ReadAll(FolderScan.Files(path, token), progress, token);
            }
            finally
            {
                _queue.Post(_session.EndLoading);
            }
        });
    }

    /// <summary>Looks at files that were created, changed or deleted.</summary>
    public void Look(IReadOnlyList<string> keys) => Order(token => Post(keys.Select(key => (key, ManifestReader.Read(DocumentKey.ToPath(key)))), token));

    public void Dispose()
    {
        _stop.Cancel();
        _orders.Writer.TryComplete();
    }

    private void Order(Action<CancellationToken> order) => _orders.Writer.TryWrite(order);

    private void ReadAll(IEnumerable<string> paths, IProgressScope progress, CancellationToken token)
    {
        var read = 0;
        Post(Texts(), token);
        _log.Information($"Read {read} YAML {(read == 1 ? "file" : "files")} of the workspace.");

        IEnumerable<(string Key, string? Text)> Texts()
        {
            var room = MaxCharacters;
            foreach (var path in paths)
            {
                if (++read % Portion == 0)
                {
                    progress.Report($"{read} files");
                }

                if (ManifestReader.Read(path) is { } text)
                {
                    room -= text.Length;
                    if (room < 0)
                    {
                        _log.Warning("The workspace holds more manifests than are kept in mind; the rest counts only while it is open.");
                        yield break;
                    }

                    yield return (DocumentKey.FromPath(path), text);
                }
            }
        }
    }

    private void Post(IEnumerable<(string Key, string? Text)> files, CancellationToken token)
    {
        var portion = new List<(string Key, string? Text)>();
        var characters = 0;
        foreach (var file in files)
        {
            portion.Add(file);
            characters += file.Text?.Length ?? 0;
            if (portion.Count >= Portion || characters >= PortionCharacters)
            {
                Post(portion, token);
                (portion, characters) = ([], 0);
            }
        }

        Post(portion, token);
    }

    /// <summary>Returns when the session has taken them in.</summary>
    private void Post(List<(string Key, string? Text)> portion, CancellationToken token)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Post(() =>
        {
            try
            {
                _session.OnDisk(portion);
            }
            finally
            {
                taken.SetResult();
            }
        });
        taken.Task.Wait(token);
    }

    private async Task RunAsync()
    {
        await foreach (var order in _orders.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                order(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                _log.Error("Files of the workspace could not be read.", e);
            }
        }
    }
}
