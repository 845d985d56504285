namespace GatewayLsp.Server.Disk;

/// <summary>Finds the YAML files under a folder, within bounds: a workspace may be a home folder.</summary>
internal static class FolderScan
{
    public const int MaxFiles = 20_000;
    public const int MaxFolders = 50_000;
    private const int MaxDepth = 40;

    private static readonly HashSet<string> Skipped = new(StringComparer.OrdinalIgnoreCase)
    {
        ".git", ".hg", ".svn", ".terraform", ".venv", ".cache", ".idea", "node_modules", "__pycache__",
    };

    /// <summary>Folders that are links are not followed: they lead in circles, or to files that are found anyway.</summary>
    public static IEnumerable<string> Files(string root, CancellationToken token)
    {
        var open = new Stack<(string Path, int Depth)>([(root, 0)]);
        var (files, folders) = (0, 0);
        while (open.TryPop(out var folder) && folders++ < MaxFolders)
        {
            token.ThrowIfCancellationRequested();
            foreach (var entry in Entries(folder.Path))
            {
                if (entry.Attributes.HasFlag(FileAttributes.Directory))
                {
                    if (folder.Depth < MaxDepth && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && !Skipped.Contains(entry.Name))
                    {
                        open.Push((entry.FullName, folder.Depth + 1));
                    }
                }
                else if (ManifestReader.IsManifestName(entry.Name))
                {
                    if (++files > MaxFiles)
                    {
                        yield break;
                    }

                    yield return entry.FullName;
                }
            }
        }
    }

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return [];
        }
    }
}
