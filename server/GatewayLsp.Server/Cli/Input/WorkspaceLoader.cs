using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Kustomize;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Configuration;

namespace GatewayLsp.Server.Cli.Input;

/// <summary>Reads the paths of a command line into one workspace and keeps what could not be read.</summary>
internal sealed class WorkspaceLoader(Terminal terminal)
{
    /// <summary>Files beyond those named; a kustomization that names the whole disk is a slip.</summary>
    private const int MaxNamed = 100_000;

    /// <summary>Files that a note names.</summary>
    private const int MaxTold = 3;

    /// <summary>Objects with several definitions that are named: whole trees of environments have thousands.</summary>
    private const int MaxDuplicates = 5;

    private readonly List<InputProblem> _problems = [];
    private readonly List<(string Cluster, string Glob)> _unused = [];
    private List<ManifestSource> _read = [];

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
            TellEmpty(paths, terminal);
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
        _read = read;
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
                var source = new ManifestSource(file, Path.GetRelativePath(terminal.Folder, file).Replace('\\', '/'), IsNamed: false) { IsBeyond = true };
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

    public static void TellEmpty(IEnumerable<string> paths, Terminal terminal) =>
        terminal.Error.WriteLine($"warning: no *.yaml, *.yml or *.json in {Printable.Of(string.Join(", ", paths))} that git does not ignore");

    /// <summary>The file of the kustomization that a folder has; null for none.</summary>
    public static string? KustomizationOf(string folder) =>
        KustomizationFile.Names.FirstOrDefault(name => File.Exists(Path.Join(folder, name))) is { } found ? Path.Join(folder, found) : null;

    /// <summary>
    /// What is answered for where that is not plain: kustomizations that are not built, or not whole, definitions that are not the only
    /// ones of their object, and templates. One sentence each, also on stderr.
    /// </summary>
    /// <param name="command">What rendered templates are to be given to.</param>
    public IReadOnlyList<string> TellNotes(Workspace workspace, string command)
    {
        List<string> notes = [.. workspace.KustomizationNotes.Concat(workspace.DuplicateNotes).Select(Shown)];
        if (TemplateNote(workspace, command) is { } note)
        {
            notes.Add(note);
        }
        notes.ForEach(TellNote);
        return notes;
    }

    /// <summary>One line on stderr for each kustomization that is not built, so that nothing is said of what it deploys.</summary>
    public void TellRefusals(Workspace workspace)
    {
        foreach (string note in workspace.RefusedKustomizations)
        {
            TellNote(Shown(note));
        }
    }

    /// <summary>Tells which objects are defined more than once, so that nothing is said of what the other definitions come to.</summary>
    public void TellDuplicates(Workspace workspace)
    {
        ImmutableArray<string> notes = workspace.DuplicateNotes;
        foreach (string note in notes.Take(MaxDuplicates))
        {
            TellNote(Shown(note));
        }
        if (notes.Length > MaxDuplicates)
        {
            TellNote(string.Create(CultureInfo.InvariantCulture, $"{notes.Length - MaxDuplicates} more are defined more than once; check such folders one at a time, or name their clusters"));
        }
    }

    /// <summary>Tells that templates are not rendered, if there are any. Reads every document, so not before others did on all cores.</summary>
    public void TellTemplates(Workspace workspace, string command)
    {
        if (TemplateNote(workspace, command) is { } note)
        {
            TellNote(note);
        }
    }

    /// <summary>What is certain here, where every file was looked for on the disk: without them kustomize builds nothing.</summary>
    public IReadOnlyList<(string Path, string Named, FileDiagnostic Finding)> MissingFiles(Workspace workspace) =>
        [.. workspace.MissingFilesOfKustomizations(File.Exists).Where(one => !_read.Exists(source => source.IsStdin && source.Key == one.Path))];

    public void TellError(string message) => terminal.Error.WriteLine("error: " + Printable.Of(message));

    private void TellNote(string note) => terminal.Error.WriteLine("note: " + Printable.Of(note));

    /// <summary>Null where there are no templates.</summary>
    private string? TemplateNote(Workspace workspace, string command)
    {
        ManifestSource[] templates = [.. _read.Where(source => workspace.File(source.Key)!.Manifest.Documents.Any(static slot => slot.Document.IsTemplate))];
        if (templates.Length == 0)
        {
            return null;
        }
        string names = string.Join(", ", templates.Take(MaxTold).Select(static source => source.Shown)) + (templates.Length > MaxTold ? $" and {templates.Length - MaxTold} more" : "");
        string chart = templates.Select(static source => ChartOf(source.Key)).FirstOrDefault(static folder => folder is not null) is { } found ? Path.GetRelativePath(terminal.Folder, found) : "CHART";
        return $"{names} {(templates.Length == 1 ? "is a template" : "are templates")}, and templates are not rendered here: what they fill in is not known. Give what they render to, as in: helm template {chart} | gateway-lsp {command} -";
    }

    /// <summary>The folder of the Helm chart that a file belongs to.</summary>
    private static string? ChartOf(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        while (folder is not null && !File.Exists(Path.Join(folder, "Chart.yaml")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder;
    }

    /// <summary>Paths as the user would write them.</summary>
    public string Shown(string note) => terminal.Folder.TrimEnd('/') is { Length: > 0 } folder ? note.Replace(folder + "/", "", StringComparison.Ordinal) : note;

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
