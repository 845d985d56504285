using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Localization;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Publishing;

/// <summary>
/// Pushes diagnostics: for a client that pulls only those of files that are not open, for any other those of all. One
/// pass at a time, over the newest snapshot: first the documents that changed, then, when nothing more happens, all others.
/// A newer change cancels the pass under way, and what it had not got to is done by the next. Sets that did not change are
/// not sent again. While folders are being read, and while much of them is not looked into yet, a document that changed gets
/// the findings that it has by itself at once; what it means beside the others follows.
/// </summary>
internal sealed class DiagnosticsPublisher : IDisposable
{
    /// <summary>
    /// How long nothing may happen before the other files are looked at. In that time a client asks what it wants to know of
    /// the edit, and folders are read in without a look at everything after each file.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    /// <summary>A folder that is read within that time is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, (ulong Hash, string Uri)> _published = new(StringComparer.Ordinal);

    /// <summary>What was last seen of each file that has findings: the engine gives the same array again as long as nothing changed.</summary>
    private readonly Dictionary<string, (ImmutableArray<FileDiagnostic> Found, PhraseBook? Phrases, ulong Hash)> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _first = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _gate = new();
    private readonly IClient _client;
    private readonly PulledSets _pulled;
    private readonly Log _log;
    private readonly IdleCollection _collection = new();
    private CancellationTokenSource _pass = new();
    private Task _catchingUp = Task.CompletedTask;
    private Snapshot? _wanted;
    private Snapshot? _latest;
    private bool _isForClusters;
    private int _changes;
    private bool _stopped;

    public DiagnosticsPublisher(IClient client, PulledSets pulled, Log log)
    {
        (_client, _pulled, _log) = (client, pulled, log);
        Completion = RunAsync();
    }

    public Task Completion { get; }

    /// <summary>Called when all diagnostics of a snapshot are published, on the publisher's own time: it must be quick.</summary>
    public Action<Snapshot> OnDone { get; set; } = _ => { };

    /// <param name="key">The document that changed comes first; null: there is no such one.</param>
    public void Changed(Snapshot snapshot, string? key)
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            if (key is not null)
            {
                _first.Add(key);
            }

            _wanted = _latest = snapshot;
            _isForClusters = false;

            // As long as a folder is being read, a pass is short and there is another one at its end.
            if (key is not null || !snapshot.IsLoading)
            {
                _pass.Cancel();
            }
        }

        _wake.Release();
    }

    /// <summary>Looks once more at what is the newest snapshot: a client has just got findings that may not be all.</summary>
    public void LookAgain()
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _wanted ??= _latest;
            }
        }

        _wake.Release();
    }

    /// <summary>
    /// Clusters changed: all files are looked at when there is time. Work under way goes on, and a snapshot that waits is as new.
    /// </summary>
    public void ClustersChanged(Snapshot snapshot)
    {
        lock (_gate)
        {
            if (_stopped || (_wanted is { } waiting && waiting.Version >= snapshot.Version))
            {
                return;
            }

            _isForClusters = _wanted is null || _isForClusters;
            _wanted = _latest = snapshot;
        }

        _wake.Release();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _wanted = null;
            _pass.Cancel();
        }

        _wake.Release();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await _wake.WaitAsync().ConfigureAwait(false);
            Snapshot? snapshot;
            string[] first;
            CancellationToken token;
            bool isForClusters;
            lock (_gate)
            {
                if (_stopped)
                {
                    return;
                }

                (snapshot, _wanted) = (_wanted, null);
                isForClusters = _isForClusters;
                first = [.. _first];
                _pass = new CancellationTokenSource();
                token = _pass.Token;
            }

            if (snapshot is null)
            {
                continue;
            }

            var before = _changes;
            try
            {
                if (snapshot.IsLoading)
                {
                    await Task.Delay(Patience, token).ConfigureAwait(false);
                }

                var early = LookAtChanged(snapshot, first, token);
                if (snapshot.IsLoading)
                {
                    continue;
                }

                if (early.Count > 0)
                {
                    await CatchUpAsync(snapshot, early, token).ConfigureAwait(false);
                }

                await Task.Delay(Rest, token).ConfigureAwait(false);
                LookAtOthers(snapshot, first, token);

                // Clusters change all the time, and what others make of findings is mostly the same.
                if (!isForClusters || _changes != before)
                {
                    OnDone(snapshot);
                }

                await _collection.RunAsync(token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // The newer snapshot is waiting already.
            }
            catch (Exception e)
            {
                _log.Error("Diagnostics could not be published.", e);
            }
        }
    }

    /// <summary>Returns the documents of which only their own findings were told.</summary>
    private List<string> LookAtChanged(Snapshot snapshot, string[] first, CancellationToken token)
    {
        var early = new List<string>();
        foreach (var key in first)
        {
            if (snapshot.IsEarly(key))
            {
                LookEarly(snapshot, key, token);
                early.Add(key);
            }
            else
            {
                Look(snapshot, key, changed: true, token);
                Done(key);
            }
        }

        return early;
    }

    private void LookEarly(Snapshot snapshot, string key, CancellationToken token)
    {
        ImmutableArray<FileDiagnostic> found = snapshot.Client.PullsDiagnostics && snapshot.Open.ContainsKey(key) ? [] : snapshot.Analysis.DiagnoseAlone(key, snapshot.IsLoading, token);
        Publish(snapshot, key, DiagnosticSetHash.Of(found, snapshot.Phrases), found);
    }

    /// <summary>Reads what was left out, aside: the next edit is answered meanwhile. Then tells the rest.</summary>
    private async Task CatchUpAsync(Snapshot snapshot, List<string> early, CancellationToken token)
    {
        // Two at a time would only take longer, and the second finds read what the first one did.
        await Task.WhenAny(_catchingUp).WaitAsync(token).ConfigureAwait(false);
        _catchingUp = Task.Run(() => early.ForEach(snapshot.Analysis.CatchUp), CancellationToken.None);
        await _catchingUp.WaitAsync(token).ConfigureAwait(false);
        var stale = new List<(string Key, ulong Hash)>();
        foreach (var key in early)
        {
            if (Look(snapshot, key, changed: false, token) is { } hash && _pulled.IsStale(key, hash))
            {
                stale.Add((key, hash));
            }

            Done(key);
        }

        Announce(snapshot, stale);
    }

    private void Done(string key)
    {
        lock (_gate)
        {
            _first.Remove(key);
        }
    }

    private void LookAtOthers(Snapshot snapshot, string[] first, CancellationToken token)
    {
        var stale = new List<(string Key, ulong Hash)>();
        foreach (var (key, _) in snapshot.Analysis.Workspace.Files)
        {
            token.ThrowIfCancellationRequested();
            if (Array.IndexOf(first, key) < 0 && Look(snapshot, key, changed: false, token) is { } hash && _pulled.IsStale(key, hash))
            {
                stale.Add((key, hash));
            }
        }

        foreach (var key in _published.Keys.Where(k => snapshot.Analysis.Workspace.File(k) is null).ToList())
        {
            _seen.Remove(key);
            Publish(snapshot, key, DiagnosticSetHash.Empty, []);
        }

        Announce(snapshot, stale);
    }

    private void Announce(Snapshot snapshot, List<(string Key, ulong Hash)> stale)
    {
        if (stale.Count > 0 && snapshot.Client.RefreshesDiagnostics)
        {
            stale.ForEach(s => _pulled.Announce(s.Key, s.Hash));
            _ = _client.RequestAsync("workspace/diagnostic/refresh", null, LspJson.Default.JsonElement);
        }
    }

    /// <summary>Pushes what is to be pushed. For a document that the client pulls: what it would get now, or null when it knows itself that it changed.</summary>
    private ulong? Look(Snapshot snapshot, string key, bool changed, CancellationToken token)
    {
        if (snapshot.Client.PullsDiagnostics && snapshot.Open.ContainsKey(key))
        {
            Publish(snapshot, key, DiagnosticSetHash.Empty, []);
            return changed ? null : HashOf(snapshot, key, snapshot.Analysis.Diagnose(key, token));
        }

        var found = snapshot.Analysis.Diagnose(key, token);
        Publish(snapshot, key, HashOf(snapshot, key, found), found);
        return null;
    }

    private ulong HashOf(Snapshot snapshot, string key, ImmutableArray<FileDiagnostic> found)
    {
        if (found.IsEmpty)
        {
            _changes += _seen.Remove(key) ? 1 : 0;
            return DiagnosticSetHash.Empty;
        }

        var phrases = snapshot.Phrases;
        if (_seen.TryGetValue(key, out var seen) && seen.Found == found && seen.Phrases == phrases)
        {
            return seen.Hash;
        }

        _changes++;
        var hash = DiagnosticSetHash.Of(found, phrases);
        _seen[key] = (found, phrases, hash);
        return hash;
    }

    private void Publish(Snapshot snapshot, string key, ulong hash, IReadOnlyList<FileDiagnostic> found)
    {
        var open = snapshot.Open.GetValueOrDefault(key);
        var known = _published.TryGetValue(key, out var before);
        var pushesOpen = open is not null && !snapshot.Client.PullsDiagnostics;

        // An open document that is fine is told once, so that the client knows it was looked at.
        if (known ? before.Hash == hash : found.Count == 0 && !pushesOpen)
        {
            return;
        }

        var uri = open?.Uri ?? (known ? before.Uri : snapshot.UriOf(key));
        if (found.Count == 0 && !pushesOpen)
        {
            _published.Remove(key);
        }
        else
        {
            _published[key] = (hash, uri);
        }

        _client.Notify(
            "textDocument/publishDiagnostics",
            new PublishDiagnosticsParams(uri, ConvertDiagnostics.ToLsp(found, snapshot), open?.Version),
            LspJson.Default.PublishDiagnosticsParams);
    }
}
