using GatewayLsp.Engine;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Configuration;

namespace GatewayLsp.Server.Cli.Input;

/// <summary>Reads the paths of a command line into one workspace and keeps what could not be read.</summary>
internal sealed class WorkspaceLoader(Terminal terminal)
{
    /// <summary>Files beyond those named; a kustomization that names the whole disk is a slip.</summary>
    private const int MaxNamed = 100_000;

    private readonly List<InputProblem> _problems = [];
    private readonly List<(string Cluster, string Glob)> _unused = [];

    public IReadOnlyList<InputProblem> Problems => _problems;

    /// <summary>True when a path that the user named could not be read.</summary>
    public bool HasFailed => _problems.Exists(problem => problem.IsNamed);

    /// <param name="withNamed">Also read what kustomizations name outside of the paths, such as the base of an overlay.</param>
    public (Workspace Workspace, List<ManifestSource> Read) Load(IReadOnlyList<string> paths, string stdinName, WorkspaceSettings settings, bool withNamed = false)
    {
        var finder = new ManifestFinder(terminal.Folder);
        IReadOnlyList<ManifestSource> sources = finder.Find(paths, stdinName);
        _problems.AddRange(finder.Problems);
        if (sources.Count == 0 && _problems.Count == 0)
        {
            terminal.Error.WriteLine("warning: no *.yaml, *.yml or *.json here that git does not ignore");
        }
        var results = new ReadResult[sources.Count];
        Parallel.For(0, sources.Count, i => results[i] = ManifestReader.Read(sources[i], terminal.In));
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(settings));
        var read = new List<ManifestSource>(sources.Count);
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i].Text is { } text)
            {
                host.Apply(new WorkspaceChange.OnDisk(sources[i].Key, text));
                read.Add(sources[i]);
            }
            else if (results[i].Problem is { } problem)
            {
                _problems.Add(new InputProblem(sources[i].Shown, problem, sources[i].IsNamed));
            }
        }
        if (withNamed)
        {
            ReadNamed(host, read);
        }
        if (settings.Clusters.Paths is ClusterGlobs globs)
        {
            _unused.AddRange(globs.Unused([.. read.Select(source => source.Key)]));
        }
        return (host.Current, read);
    }

    /// <summary>Kustomizations name files and folders, whose kustomizations name others.</summary>
    private void ReadNamed(AnalysisHost host, List<ManifestSource> read)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        for (bool isMore = true; isMore && read.Count < MaxNamed;)
        {
            isMore = false;
            foreach (string path in host.Current.MissingOfKustomizations())
            {
                if (!tried.Add(path))
                {
                    continue;
                }
                string? file = File.Exists(path) ? path : KustomizationOf(path);
                if (file is null || SpecialFiles.IsSpecial(file) || host.Current.File(file) is not null)
                {
                    continue;
                }
                var source = new ManifestSource(file, Path.GetRelativePath(terminal.Folder, file).Replace('\\', '/'), IsNamed: false);
                ReadResult result = ManifestReader.Read(source with { IsNamed = true }, terminal.In);
                if (result.Text is { } text)
                {
                    host.Apply(new WorkspaceChange.OnDisk(source.Key, text));
                    read.Add(source);
                    isMore = true;
                }
                else if (result.Problem is { } problem)
                {
                    _problems.Add(new InputProblem(source.Shown, problem, IsNamed: false));
                }
            }
        }
    }

    /// <summary>The file of the kustomization that a folder has; null for none.</summary>
    public static string? KustomizationOf(string folder) =>
        Array.Find(["kustomization.yaml", "kustomization.yml", "Kustomization"], name => File.Exists(Path.Join(folder, name))) is { } found ? Path.Join(folder, found) : null;

    /// <summary>
    /// What is answered for where that is not plain: kustomizations that are not built, or not whole, and definitions that are not the only
    /// ones of their object. One sentence each, also on stderr.
    /// </summary>
    public IReadOnlyList<string> TellNotes(Workspace workspace)
    {
        List<string> notes = [.. workspace.KustomizationNotes, .. workspace.DuplicateNotes.Select(Shown)];
        foreach (string note in notes)
        {
            terminal.Error.WriteLine("note: " + Printable.Of(note));
        }
        return notes;
    }

    /// <summary>Paths as the user would write them.</summary>
    private string Shown(string note) => note.Replace(terminal.Folder.TrimEnd('/') + "/", "", StringComparison.Ordinal);

    /// <summary>One line for each on stderr.</summary>
    public void TellProblems()
    {
        foreach (InputProblem problem in _problems)
        {
            terminal.Error.WriteLine($"{(problem.IsNamed ? "error" : "warning")}: {Printable.Of(problem.Shown)}: {Printable.Of(problem.Message)}");
        }
        foreach ((string cluster, string glob) in _unused)
        {
            terminal.Error.WriteLine($"warning: --cluster {Printable.Of(cluster)}={Printable.Of(glob)}: none of the files that were read fits it");
        }
    }
}
