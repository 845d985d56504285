using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server;

/// <summary>The mutable state of a connection. Changed on the queue alone; others see it through <see cref="TakeSnapshot"/>.</summary>
internal sealed class Session
{
    private readonly AnalysisHost _host = new();
    private readonly Dictionary<string, CancellationTokenSource> _changes = [];

    /// <summary>Open documents that the user excluded: kept in step with the editor, but unknown to the engine.</summary>
    private readonly Dictionary<string, ManifestFile> _parked = [];

    private int _version;

    /// <summary>Folders that are being read.</summary>
    private readonly List<Action> _waiting = [];
    private int _loading;

    private ImmutableDictionary<string, OpenDocument> _open = ImmutableDictionary<string, OpenDocument>.Empty;

    public ClientFeatures Client { get; set; } = new();

    /// <summary>From <c>initialized</c> on the client may be told things.</summary>
    public bool IsInitialized { get; set; }

    public ServerSettings Settings { get; private set; } = ServerSettings.Default;

    public Exclusion Exclusion { get; private set; } = Exclusion.None;

    /// <summary>LSP <c>TraceValue</c>; read by the receiving thread, too.</summary>
    public string Trace { get; set; } = "off";

    /// <summary>Keys of the workspace folders.</summary>
    public ImmutableArray<string> Folders => Exclusion.Folders;

    /// <summary>Called after each change with the key of the document concerned; null: many or all.</summary>
    public Action<Snapshot, string?> OnChange { get; set; } = (_, _) => { };

    /// <summary>Called when the settings, or the folders that relative paths start from, may say something else of connections to clusters.</summary>
    public Action<ClusterSetup, string> OnConnections { get; set; } = (_, _) => { };

    public Snapshot TakeSnapshot() => new(new Analysis(_host.Current), _open, Client, Settings) { Version = _version, IsLoading = _loading > 0 };

    public bool IsOpen(string key) => _open.ContainsKey(key);

    public void Open(string uri, string text, int? version)
    {
        var key = DocumentKey.Of(uri);
        Track(key, uri, version);
        if (Exclusion.Covers(key))
        {
            _parked[key] = ManifestFile.Parse(key, text);
        }
        else
        {
            _host.Apply(new WorkspaceChange.Opened(key, text, version ?? 0));
        }

        Changed(key);
    }

    /// <summary>False when the document is not open: such an edit has no text to apply to.</summary>
    public bool Edit(string uri, IReadOnlyList<TextChange> changes, int? version)
    {
        var key = DocumentKey.Of(uri);
        if (!_open.TryGetValue(key, out var document))
        {
            return false;
        }

        Track(key, document.Uri, version);
        if (_parked.TryGetValue(key, out var parked))
        {
            _parked[key] = parked.Apply(changes);
        }
        else
        {
            _host.Apply(new WorkspaceChange.Edited(key, changes, version ?? 0));
        }

        Changed(key);
        return true;
    }

    /// <param name="diskText">What counts from now on; null when there is no such file.</param>
    public void Close(string uri, string? diskText)
    {
        var key = DocumentKey.Of(uri);
        if (!_open.ContainsKey(key))
        {
            return;
        }

        Supersede(key);
        _open = _open.Remove(key);
        if (!_parked.Remove(key))
        {
            _host.Apply(new WorkspaceChange.Closed(key, diskText));
        }

        Changed(key);
    }

    /// <summary>Files as they are on disk; null text: gone. Those that are open or excluded keep out.</summary>
    public void OnDisk(IReadOnlyList<(string Key, string? Text)> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        foreach (var (key, text) in files)
        {
            _host.Apply(new WorkspaceChange.OnDisk(key, Exclusion.Covers(key) ? null : text));
        }

        Changed(files.Count == 1 ? files[0].Key : null);
    }

    /// <summary>A folder is going to be read; <see cref="EndLoading"/> follows in any case.</summary>
    public void BeginLoading() => _loading++;

    public void EndLoading()
    {
        _loading--;
        Changed(null);
        if (_loading > 0)
        {
            return;
        }

        Action[] waiting = [.. _waiting];
        _waiting.Clear();
        foreach (var action in waiting)
        {
            action();
        }
    }

    /// <summary>Does something once no folder is being read any more. On the queue, as the action will be.</summary>
    public void WhenLoaded(Action action) => _waiting.Add(action);

    public void Configure(ServerSettings settings)
    {
        if (!settings.Equals(Settings))
        {
            Settings = settings;
            _host.Apply(new WorkspaceChange.Configured(settings.EngineIn(Folders)));
            SetExclusion(new Exclusion(Folders, settings.Exclude));
            TellConnections();
            Changed(null);
        }
    }

    /// <summary>
    /// Takes in what clusters were last seen to be. Nobody is told by this alone: clusters may change many times a second,
    /// and who types must not feel it.
    /// </summary>
    public void Observe(LiveClusters clusters)
    {
        _host.Apply(new WorkspaceChange.ClustersObserved(clusters));
        _version++;
    }

    public void SetFolders(ImmutableArray<string> folders)
    {
        _host.Apply(new WorkspaceChange.Configured(Settings.EngineIn(folders)));
        SetExclusion(new Exclusion(folders, Exclusion.Globs));
        TellConnections();
    }

    /// <summary>Keys of files that are known from disk.</summary>
    public IEnumerable<string> FilesOnDisk() => _host.Current.Files.Where(f => !f.Value.IsOpen).Select(f => f.Key);

    /// <summary>Whether a file lies in the workspace, as opposed to one that was opened from elsewhere.</summary>
    public bool IsInFolders(string key)
    {
        foreach (var folder in Folders)
        {
            if (key.Length > folder.Length && key.StartsWith(folder, StringComparison.Ordinal) && (folder[^1] == '/' || key[folder.Length] == '/'))
            {
                return true;
            }
        }

        return false;
    }

    public void LookAgain(string key) => Changed(key);

    private void TellConnections() => OnConnections(Settings.Connections, Folders is [var first, ..] ? DocumentKey.ToPath(first) ?? "" : "");

    private void SetExclusion(Exclusion exclusion)
    {
        Exclusion = exclusion;
        foreach (var (key, document) in _open)
        {
            var excluded = exclusion.Covers(key);
            if (excluded && !_parked.ContainsKey(key) && _host.Current.File(key) is { } file)
            {
                _parked[key] = file.Manifest;
                _host.Apply(new WorkspaceChange.Closed(key, null));
            }
            else if (!excluded && _parked.Remove(key, out var parked))
            {
                _host.Apply(new WorkspaceChange.Opened(key, parked.GetText(), document.Version ?? 0));
            }
        }

        OnDisk([.. FilesOnDisk().Where(exclusion.Covers).Select(key => (key, (string?)null))]);
    }

    /// <summary>A document has a new version; work on the one before is cancelled.</summary>
    private void Track(string key, string uri, int? version)
    {
        Supersede(key);
        var source = _changes[key] = new CancellationTokenSource();
        _open = _open.SetItem(key, new OpenDocument(key, uri, version, source.Token));
    }

    private void Supersede(string key)
    {
        if (_changes.Remove(key, out var before))
        {
            before.Cancel();
        }
    }

    private void Changed(string? key)
    {
        _version++;
        OnChange(TakeSnapshot(), key);
    }
}
