using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Check;

/// <summary>
/// Reads all files into one workspace, then checks them in parallel and reports each as soon as all before it are reported,
/// so the output is in path order however the threads run.
/// </summary>
internal sealed class CheckRun(CheckOptions options, Terminal terminal, IProgressLine progress)
{
    private readonly List<InputProblem> _problems = [];

    public int Execute(IReport report)
    {
        var finder = new ManifestFinder(terminal.Folder);
        IReadOnlyList<ManifestSource> sources = finder.Find(options.Paths, options.StdinName);
        _problems.AddRange(finder.Problems);
        if (sources.Count == 0 && _problems.Count == 0)
        {
            terminal.Error.WriteLine("warning: no *.yaml, *.yml or *.json here that git does not ignore");
        }
        (Workspace workspace, List<ManifestSource> read) = Load(sources);
        TellProblems();

        var summary = new CheckSummary();
        report.Begin(new ReportPlaces(workspace, read));
        foreach (CheckedFile file in Check(workspace, read))
        {
            summary.Add(file);
            report.Add(file);
        }
        progress.Clear();
        report.End(summary, _problems);
        return _problems.Exists(p => p.IsNamed) ? ExitCode.Usage : summary.Errors > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private void TellProblems()
    {
        if (_problems.Count == 0)
        {
            return;
        }
        progress.Clear();
        foreach (InputProblem problem in _problems)
        {
            terminal.Error.WriteLine($"{(problem.IsNamed ? "error" : "warning")}: {Printable.Of(problem.Shown)}: {Printable.Of(problem.Message)}");
        }
    }

    private (Workspace Workspace, List<ManifestSource> Read) Load(IReadOnlyList<ManifestSource> sources)
    {
        var results = new ReadResult[sources.Count];
        Parallel.For(0, sources.Count, i => results[i] = ManifestReader.Read(sources[i], terminal.In));
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(options.Settings));
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
        return (host.Current, read);
    }

    private IEnumerable<CheckedFile> Check(Workspace workspace, List<ManifestSource> sources)
    {
        var analysis = new Analysis(workspace);
        int done = 0;
        // One file at a time to each thread: in ranges, the second thread's files would all have to wait for the first's.
        foreach (CheckedFile file in Partitioner.Create(sources, EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(source => Check(analysis, source)))
        {
            progress.Tell(++done, sources.Count);
            yield return file;
        }
    }

    private CheckedFile Check(Analysis analysis, ManifestSource source)
    {
        var found = ImmutableArray.CreateBuilder<Finding>();
        foreach (FileDiagnostic diagnostic in analysis.Diagnose(source.Key))
        {
            DiagnosticSeverity severity = diagnostic.Diagnostic.Severity;
            severity = options.WarningsAsErrors && severity == DiagnosticSeverity.Warning ? DiagnosticSeverity.Error : severity;
            if (severity <= options.Least)
            {
                found.Add(new Finding(diagnostic, severity));
            }
        }
        found.Sort((a, b) => Order(a.Place.Range, b.Place.Range) is not 0 and var byPlace ? byPlace : string.CompareOrdinal(a.Diagnostic.Code, b.Diagnostic.Code));
        return new CheckedFile(source.Shown, analysis.Workspace.File(source.Key)!.Manifest, found.DrainToImmutable());
    }

    private static int Order(LineRange a, LineRange b) => a.Start.CompareTo(b.Start) is not 0 and var byStart ? byStart : a.End.CompareTo(b.End);
}
