using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine;

/// <summary>Something that happened to the workspace. Paths are opaque keys, equal for the same file.</summary>
public abstract record WorkspaceChange
{
    private WorkspaceChange()
    {
    }

    /// <summary>The editor opened a file; from now on its text counts, not the disk's.</summary>
    public sealed record Opened(string Path, string Text, int Version) : WorkspaceChange;

    /// <summary>Edits of an open file, in the order and manner of LSP's didChange.</summary>
    public sealed record Edited(string Path, IReadOnlyList<TextChange> Changes, int Version) : WorkspaceChange;

    /// <summary>The editor closed a file; <c>DiskText</c> is what counts now, null when there is no such file (any more).</summary>
    public sealed record Closed(string Path, string? DiskText) : WorkspaceChange;

    /// <summary>A file that no editor has open was found, changed or (null) deleted. Ignored while the file is open.</summary>
    public sealed record OnDisk(string Path, string? Text) : WorkspaceChange;

    public sealed record Configured(WorkspaceSettings Settings) : WorkspaceChange;

    /// <summary>What connected clusters were last seen to be; all of them, those that are not among them are no longer connected.</summary>
    public sealed record ClustersObserved(LiveClusters Clusters) : WorkspaceChange;
}

/// <summary>
/// The one mutable object of the engine: holds the present workspace and makes the next. <see cref="Apply"/> is called by
/// one writer at a time (the server's queue); <see cref="Current"/> may be read from anywhere.
/// </summary>
public sealed class AnalysisHost
{
    private volatile Workspace _current = Workspace.Empty;

    public Workspace Current => _current;

    public Workspace Apply(WorkspaceChange change)
    {
        Workspace before = _current;
        Workspace after = change switch
        {
            WorkspaceChange.Opened opened => Open(before, opened),
            WorkspaceChange.Edited edited when before.File(edited.Path) is { } file =>
                before.WithFile(edited.Path, file.Manifest.Apply(edited.Changes), edited.Version),
            WorkspaceChange.Closed closed => OnDisk(before, closed.Path, closed.DiskText),
            WorkspaceChange.OnDisk disk when before.File(disk.Path) is not { IsOpen: true } => OnDisk(before, disk.Path, disk.Text),
            WorkspaceChange.Configured configured when !configured.Settings.Equals(before.Settings) => before.WithSettings(configured.Settings),
            WorkspaceChange.ClustersObserved observed when observed.Clusters != before.Live => before.WithLive(observed.Clusters),
            _ => before,
        };
        _current = after;
        return after;
    }

    /// <summary>A file that was read from disk and is opened unchanged keeps its trees.</summary>
    private static Workspace Open(Workspace before, WorkspaceChange.Opened opened)
    {
        ManifestFile manifest = before.File(opened.Path) is { } known && known.Manifest.HasText(opened.Text)
            ? known.Manifest
            : ManifestFile.Parse(opened.Path, opened.Text);
        return before.WithFile(opened.Path, manifest, opened.Version);
    }

    private static Workspace OnDisk(Workspace before, string path, string? text)
    {
        if (text is null)
        {
            return before.Files.ContainsKey(path) ? before.WithFile(path, null, null) : before;
        }
        ManifestFile manifest = before.File(path) is { } known && known.Manifest.HasText(text) ? known.Manifest : ManifestFile.Parse(path, text);
        return before.WithFile(path, manifest, null);
    }
}
