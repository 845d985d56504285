using GatewayLsp.Engine;

namespace GatewayLsp.Server.Cli.Input;

/// <summary>The files of a run as one workspace; Markdown stands beside it.</summary>
internal sealed record LoadedWorkspace(Workspace Workspace, List<(ManifestSource Source, string Text)> Files, List<InputProblem> Problems)
{
    /// <summary>Reads what the paths name.</summary>
    public static LoadedWorkspace Load(IEnumerable<string> paths, string stdinName, Terminal terminal, bool withMarkdown)
    {
        var finder = new ManifestFinder(terminal.Folder, withMarkdown);
        IReadOnlyList<ManifestSource> sources = finder.Find(paths, stdinName);
        if (sources.Count == 0 && finder.Problems.Count == 0)
        {
            WorkspaceLoader.TellEmpty(paths, terminal);
        }
        var loaded = new LoadedWorkspace(Workspace.Empty, [], [.. finder.Problems]);
        var host = new AnalysisHost();
        foreach (ManifestSource source in sources)
        {
            ReadResult read = ManifestReader.Read(source, terminal.In);
            if (read.Text is { } text)
            {
                loaded.Files.Add((source, text));
                if (!IsMarkdown(source))
                {
                    host.Apply(new WorkspaceChange.OnDisk(source.Key, text));
                }
            }
            else if (read.Problem is { } problem)
            {
                loaded.Problems.Add(new InputProblem(source.Shown, problem, source.IsNamed));
            }
        }
        return loaded with { Workspace = host.Current };
    }

    public static bool IsMarkdown(ManifestSource source) => source.Shown.EndsWith(".md", StringComparison.OrdinalIgnoreCase);
}
