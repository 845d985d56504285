using GatewayLsp.Engine;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Configuration;

namespace GatewayLsp.Server.Cli.Input;

/// <summary>Reads the paths of a command line into one workspace and keeps what could not be read.</summary>
internal sealed class WorkspaceLoader(Terminal terminal)
{
    private readonly List<InputProblem> _problems = [];
    private readonly List<(string Cluster, string Glob)> _unused = [];

    public IReadOnlyList<InputProblem> Problems => _problems;

    /// <summary>True when a path that the user named could not be read.</summary>
    public bool HasFailed => _problems.Exists(problem => problem.IsNamed);

    public (Workspace Workspace, List<ManifestSource> Read) Load(IReadOnlyList<string> paths, string stdinName, WorkspaceSettings settings)
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
        if (settings.Clusters.Paths is ClusterGlobs globs)
        {
            _unused.AddRange(globs.Unused([.. read.Select(source => source.Key)]));
        }
        return (host.Current, read);
    }

    /// <summary>Says on stderr that what kustomizations change is not what is answered for: they are not built here.</summary>
    public void TellKustomizations(Workspace workspace)
    {
        if (workspace.AreChangedByKustomizations)
        {
            terminal.Error.WriteLine("note: kustomizations change these manifests; what they change is not applied. For what comes out: kubectl kustomize DIR | gateway-lsp ... -");
        }
    }

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
