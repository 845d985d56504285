using System.IO.Enumeration;
using GatewayLsp.Engine.Kustomize;

namespace GatewayLsp.Server.Cli.Input;

/// <summary>
/// Turns the paths of a command line into files, each once, ordered by path. Folders are searched for YAML and JSON; what git
/// ignores, hidden folders and <c>node_modules</c> are left out there, but taken when named.
/// </summary>
/// <param name="withMarkdown">Take Markdown, too.</param>
internal sealed class ManifestFinder(string currentFolder, bool withMarkdown = false)
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private readonly List<ManifestSource> _found = [];
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Queue<(string Target, string Shown, bool IsFolder)> _links = new();

    public List<InputProblem> Problems { get; } = [];

    /// <summary>Folders to look into.</summary>
    public int MaxFolders { get; init; } = int.MaxValue;

    /// <summary>There were more folders, so not all is found.</summary>
    public bool IsCut { get; private set; }

    public IReadOnlyList<ManifestSource> Find(IEnumerable<string> paths, string stdinName)
    {
        foreach (string path in paths)
        {
            if (path == "-")
            {
                Take(new ManifestSource(Path.GetFullPath(stdinName, currentFolder), stdinName, IsNamed: true, IsStdin: true));
                continue;
            }
            string full = path.Length == 0 ? "" : Path.GetFullPath(path, currentFolder);
            if (Directory.Exists(full))
            {
                string folder = Path.TrimEndingDirectorySeparator(full);
                Search(folder, Shown(path), IgnoreScope.Of(folder), isNamed: true);
            }
            else if (File.Exists(full) && !SpecialFiles.IsSpecial(full))
            {
                Take(new ManifestSource(full, Shown(path), IsNamed: true));
            }
            else
            {
                Problems.Add(new InputProblem(path, File.Exists(full) ? "not a regular file; use - to read from standard input"
                    : IsHidden(full) ? "no right to read the folder that it is in" : "no such file or folder", IsNamed: true));
            }
        }
        FollowLinks();
        _found.Sort((a, b) => string.CompareOrdinal(a.Shown, b.Shown));
        return _found;
    }

    /// <summary>True where the system does not tell whether there is such a file.</summary>
    private static bool IsHidden(string path)
    {
        try
        {
            File.GetAttributes(path);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private void Search(string top, string shownTop, IgnoreScope? topScope, bool isNamed)
    {
        var waiting = new Stack<(string Folder, string Shown, IgnoreScope? Scope, bool IsNamed)>();
        waiting.Push((top, shownTop, topScope, isNamed));
        while (waiting.TryPop(out var at))
        {
            if (_folders.Count == MaxFolders)
            {
                IsCut = true;
                return;
            }
            if (!_folders.Add(at.Folder))
            {
                continue;
            }
            List<Child> children;
            try
            {
                children = [.. new FileSystemEnumerable<Child>(at.Folder, Child.Of, All)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Problems.Add(new InputProblem(at.Shown.Length == 0 ? "." : at.Shown, ManifestReader.Explain(e), at.IsNamed));
                continue;
            }
            foreach (Child child in children)
            {
                string full = Path.Join(at.Folder, child.Name);
                if (!IsWanted(child) || IgnoreScope.IsIgnored(at.Scope, full, child.IsFolder))
                {
                    continue;
                }
                string shown = at.Shown.Length == 0 ? child.Name : at.Shown.EndsWith('/') ? at.Shown + child.Name : at.Shown + "/" + child.Name;
                if (child.IsLink)
                {
                    Resolve(full, shown, child.IsFolder);
                }
                else if (child.IsFolder)
                {
                    waiting.Push((full, shown, IgnoreScope.Enter(at.Scope, full), false));
                }
                else if (!SpecialFiles.IsSpecial(full))
                {
                    Take(new ManifestSource(full, shown, IsNamed: false));
                }
            }
        }
    }

    /// <summary>Last of all, so that a file that can also be reached straight is shown under its own path.</summary>
    private void FollowLinks()
    {
        while (_links.TryDequeue(out var link))
        {
            if (link.IsFolder)
            {
                Search(link.Target, link.Shown, IgnoreScope.Of(link.Target), isNamed: false);
            }
            else if (!SpecialFiles.IsSpecial(link.Target))
            {
                Take(new ManifestSource(link.Target, link.Shown, IsNamed: false));
            }
        }
    }

    /// <summary>A link counts as what it leads to, and that only once: a link to a folder above would never end.</summary>
    private void Resolve(string link, string shown, bool isFolder)
    {
        try
        {
            FileSystemInfo? target = isFolder ? Directory.ResolveLinkTarget(link, returnFinalTarget: true) : File.ResolveLinkTarget(link, returnFinalTarget: true);
            if (target is not { Exists: true })
            {
                Problems.Add(new InputProblem(shown, "leads nowhere (broken link)", IsNamed: false));
            }
            else
            {
                _links.Enqueue((Path.TrimEndingDirectorySeparator(target.FullName), shown, isFolder));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problems.Add(new InputProblem(shown, ManifestReader.Explain(e), IsNamed: false));
        }
    }

    private void Take(ManifestSource source)
    {
        if (_files.Add(source.Key))
        {
            _found.Add(source);
        }
    }

    private bool IsWanted(Child child) => child.IsFolder
        ? child.Name[0] != '.' && child.Name != "node_modules"
        : HasExtension(child.Name, ".yaml") || HasExtension(child.Name, ".yml") || HasExtension(child.Name, ".json")
            || KustomizationFile.IsName(child.Name)
            || (withMarkdown && HasExtension(child.Name, ".md"));

    private static bool HasExtension(string name, string extension) =>
        name.Length > extension.Length && name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>As written, without <c>./</c> in front or a slash behind; empty for the current folder.</summary>
    private static string Shown(string path)
    {
        string shown = Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');
        while (shown.StartsWith("./", StringComparison.Ordinal))
        {
            shown = shown[2..].TrimStart('/');
        }
        shown = shown.Length > 1 ? shown.TrimEnd('/') : shown;
        return shown is "." ? "" : shown.Length == 0 && path.StartsWith('/') ? "/" : shown;
    }

    private readonly record struct Child(string Name, bool IsFolder, bool IsLink)
    {
        public static Child Of(ref FileSystemEntry entry) =>
            new(entry.FileName.ToString(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) != 0);
    }
}
