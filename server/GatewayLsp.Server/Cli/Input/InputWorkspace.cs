using GatewayLsp.Engine;

namespace GatewayLsp.Server.Cli.Input;

/// <summary>All files of a command line as one workspace, and what could not be read.</summary>
internal sealed record InputWorkspace(Workspace Workspace, List<ManifestSource> Sources, List<InputProblem> Problems)
{
    /// <summary>Something that the user named can't be read.</summary>
    public bool HasFailed => Problems.Exists(p => p.IsNamed);

    public static InputWorkspace Read(IReadOnlyList<string> paths, string stdinName, WorkspaceSettings settings, Terminal terminal)
    {
        var finder = new ManifestFinder(terminal.Folder);
        IReadOnlyList<ManifestSource> sources = finder.Find(paths, stdinName);
        var problems = new List<InputProblem>(finder.Problems);
        if (sources.Count == 0 && problems.Count == 0)
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
                problems.Add(new InputProblem(sources[i].Shown, problem, sources[i].IsNamed));
            }
        }
        return new InputWorkspace(host.Current, read, problems);
    }
}
