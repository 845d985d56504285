namespace GatewayLsp.Server.Cli.Input;

/// <summary>
/// The ignore files that hold in a folder, from the innermost outwards: a chain that each folder with a
/// <c>.gitignore</c> of its own makes longer by one. Inner files overrule outer ones; <c>.git/info/exclude</c> comes last.
/// </summary>
internal sealed class IgnoreScope
{
    private const int MaxFileLength = 1_000_000;

    private readonly string _folder;
    private readonly GitIgnoreFile _file;
    private readonly IgnoreScope? _outer;

    private IgnoreScope(string folder, GitIgnoreFile file, IgnoreScope? outer)
    {
        _folder = folder;
        _file = file;
        _outer = outer;
    }

    /// <summary>What holds in a folder that the user named: the rules of its repository, unless they ignore the folder itself; then only its own do.</summary>
    public static IgnoreScope? Of(string folder)
    {
        string? repository = folder;
        while (repository is not null && !Path.Exists(Path.Combine(repository, ".git")))
        {
            repository = Path.GetDirectoryName(repository);
        }
        IgnoreScope? scope = null;
        if (repository is not null)
        {
            scope = Read(ExcludeFile(repository), repository, null);
            string[] steps = Path.GetRelativePath(repository, folder).Split(Path.DirectorySeparatorChar);
            string at = repository;
            foreach (string step in steps[0] == "." ? [] : steps)
            {
                scope = Enter(scope, at);
                at = Path.Combine(at, step);
                if (IsIgnored(scope, at, isFolder: true))
                {
                    scope = null;
                    break;
                }
            }
        }
        return Enter(scope, folder);
    }

    /// <summary>The scope within a folder: longer by its own <c>.gitignore</c>, if it has one.</summary>
    public static IgnoreScope? Enter(IgnoreScope? outer, string folder) => Read(Path.Combine(folder, ".gitignore"), folder, outer);

    public static bool IsIgnored(IgnoreScope? scope, string path, bool isFolder)
    {
        for (; scope is not null; scope = scope._outer)
        {
            if (path.Length > scope._folder.Length && path.StartsWith(scope._folder, StringComparison.Ordinal)
                && scope._file.Judge(Relative(path, scope._folder), isFolder) is { } judged)
            {
                return judged;
            }
        }
        return false;
    }

    private static string Relative(string path, string folder)
    {
        string relative = path[folder.Length..].TrimStart(Path.DirectorySeparatorChar);
        return Path.DirectorySeparatorChar == '/' ? relative : relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    private static IgnoreScope? Read(string file, string folder, IgnoreScope? outer)
    {
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists || info.Length is 0 or > MaxFileLength)
            {
                return outer;
            }
            GitIgnoreFile rules = GitIgnoreFile.Parse(File.ReadAllText(file));
            return rules.IsEmpty ? outer : new IgnoreScope(folder, rules, outer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return outer;
        }
    }

    /// <summary>In a worktree or submodule <c>.git</c> is a file that names the real folder, which may name a common one.</summary>
    private static string ExcludeFile(string repository)
    {
        string git = Path.Combine(repository, ".git");
        if (File.Exists(git))
        {
            git = Pointed(git, "gitdir:") ?? git;
            git = Pointed(Path.Combine(git, "commondir"), "") ?? git;
        }
        return Path.Combine(git, "info", "exclude");
    }

    private static string? Pointed(string file, string prefix)
    {
        try
        {
            string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault() : null;
            return line is not null && line.StartsWith(prefix, StringComparison.Ordinal)
                ? Path.GetFullPath(line[prefix.Length..].Trim(), Path.GetDirectoryName(file)!)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
