using System.Collections.Immutable;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>Finds a plugin's executable as a shell would, with folders of our own before and after those of <c>PATH</c>.</summary>
internal sealed class CommandFinder
{
    private static readonly string[] WindowsEndings = [".exe", ".cmd", ".bat"];

    private readonly ImmutableArray<string> _folders;

    /// <param name="extra">From the settings; searched first.</param>
    /// <param name="path">The variable <c>PATH</c>.</param>
    public CommandFinder(IEnumerable<string> extra, string? path, string home)
    {
        // An editor started from a desktop has a PATH without what shells add. Installers put plugins here.
        string[] usual = OperatingSystem.IsWindows()
            ? []
            : ["/usr/local/bin", "/opt/homebrew/bin", "/snap/bin", Path.Combine(home, ".local/bin"), Path.Combine(home, "google-cloud-sdk/bin")];
        _folders = [.. extra.Select(folder => folder.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, folder[2..]) : folder)
            .Concat((path ?? "").Split(Path.PathSeparator))
            .Concat(usual)
            // A relative folder would make what runs depend on where we stand.
            .Where(Path.IsPathFullyQualified)
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The folders as a <c>PATH</c>, for the plugin too.</summary>
    public string SearchPath => string.Join(Path.PathSeparator, _folders);

    public ImmutableArray<string> Folders => _folders;

    /// <summary>The file to run; null when there is none.</summary>
    /// <param name="baseFolder">Where relative names with a separator start: the folder of the kubeconfig.</param>
    public string? Find(string command, string baseFolder)
    {
        if (command.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }
        if (command.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0)
        {
            return Executable(Path.GetFullPath(command, baseFolder.Length > 0 ? baseFolder : "/"));
        }
        foreach (string folder in _folders)
        {
            if (Executable(Path.Combine(folder, command)) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    private static string? Executable(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            if (Path.HasExtension(path) && File.Exists(path))
            {
                return path;
            }
            foreach (string ending in WindowsEndings)
            {
                if (File.Exists(path + ending))
                {
                    return path + ending;
                }
            }
            return null;
        }
        const UnixFileMode Run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            return File.Exists(path) && (File.GetUnixFileMode(path) & Run) != 0 ? path : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
