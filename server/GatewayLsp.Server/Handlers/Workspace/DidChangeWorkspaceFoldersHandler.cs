using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Workspace;

/// <summary><c>workspace/didChangeWorkspaceFolders</c>: files of folders that went are forgotten, new folders are read.</summary>
internal sealed class DidChangeWorkspaceFoldersHandler(Session session, DiskWorker disk) : IMutatingHandler<DidChangeWorkspaceFoldersParams>
{
    public void Handle(DidChangeWorkspaceFoldersParams parameters)
    {
        var removed = (parameters.Event.Removed ?? []).Select(f => DocumentKey.Of(f.Uri)).ToHashSet(StringComparer.Ordinal);
        var added = (parameters.Event.Added ?? []).Select(f => DocumentKey.Of(f.Uri)).Except(session.Folders).ToList();
        session.SetFolders([.. session.Folders.Where(f => !removed.Contains(f)), .. added]);
        session.OnDisk([.. session.FilesOnDisk().Where(key => !session.IsInFolders(key)).Select(key => (key, (string?)null))]);
        foreach (var folder in added)
        {
            disk.Scan(folder);
        }
    }
}
