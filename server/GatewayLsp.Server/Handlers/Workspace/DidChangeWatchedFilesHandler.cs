using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Workspace;

/// <summary><c>workspace/didChangeWatchedFiles</c>: what kind of event it was does not matter, the disk is looked at.</summary>
internal sealed class DidChangeWatchedFilesHandler(DiskWorker disk) : IMutatingHandler<DidChangeWatchedFilesParams>
{
    public void Handle(DidChangeWatchedFilesParams parameters)
    {
        var keys = parameters.Changes.Select(c => DocumentKey.Of(c.Uri))
            .Where(key => DocumentKey.ToPath(key) is { } path && ManifestReader.IsManifestName(path))
            .Distinct(StringComparer.Ordinal).ToList();
        if (keys.Count > 0)
        {
            disk.Look(keys);
        }
    }
}
