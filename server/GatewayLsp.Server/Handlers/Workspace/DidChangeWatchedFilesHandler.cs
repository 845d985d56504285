using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Workspace;

/// <summary>
/// <c>workspace/didChangeWatchedFiles</c>: what kind of event it was does not matter, the disk is looked at. Of a folder
/// that was deleted some clients report nothing else: all that is known below it is looked at.
/// </summary>
internal sealed class DidChangeWatchedFilesHandler(Session session, DiskWorker disk) : IMutatingHandler<DidChangeWatchedFilesParams>
{
    public void Handle(DidChangeWatchedFilesParams parameters)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var deleted = new List<string>();
        foreach (var change in parameters.Changes)
        {
            var key = DocumentKey.Of(change.Uri);
            if (DocumentKey.ToPath(key) is not { } path)
            {
                continue;
            }

            if (ManifestReader.IsManifestName(path))
            {
                keys.Add(key);
            }
            else if (change.Type == FileChangeType.Deleted)
            {
                deleted.Add(key.TrimEnd('/') + "/");
            }
        }

        if (deleted.Count > 0)
        {
            keys.UnionWith(session.FilesOnDisk().Where(key => deleted.Exists(folder => key.StartsWith(folder, StringComparison.Ordinal))));
        }

        if (keys.Count > 0)
        {
            disk.Look([.. keys]);
        }
    }
}
