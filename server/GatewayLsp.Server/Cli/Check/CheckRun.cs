using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Check;

/// <summary>
/// Reads all files into one workspace, then checks them in parallel and reports each as soon as all before it are reported,
/// so the output is in path order however the threads run.
/// </summary>
internal sealed class CheckRun(CheckOptions options, Terminal terminal, IProgressLine progress)
{
    /// <summary>The files that were asked about.</summary>
    private HashSet<string> _asked = [];

    /// <summary>What the engine can't know: files that kustomizations name and the disk does not have.</summary>
    private ILookup<string, FileDiagnostic> _missing = Array.Empty<FileDiagnostic>().ToLookup(static _ => "");

    public async Task<int> ExecuteAsync(IReport report, TargetDefinitions targets, CancellationToken cancellation)
    {
        var loader = new WorkspaceLoader(terminal);
        (Workspace workspace, List<ManifestSource> read) = loader.Load(options.Paths, options.StdinName, options.Settings, withNamed: true);
        progress.Clear();
        loader.TellProblems();
        if (await targets.OverAsync(new Analysis(workspace), cancellation).ConfigureAwait(false) is not { } analysis)
        {
            return ExitCode.Usage;
        }
        workspace = analysis.Workspace;
        _missing = loader.MissingFiles(workspace).ToLookup(static one => one.Path, static one => one.Finding, StringComparer.Ordinal);
        loader.TellRefusals(workspace);
        _asked = [.. read.Where(static source => !source.IsBeyond).Select(static source => source.Key)];
        read.Sort(static (a, b) => string.CompareOrdinal(a.Shown, b.Shown));

        var summary = new CheckSummary();
        report.Begin(new ReportPlaces(workspace, read));
        foreach (CheckedFile file in Check(analysis, read))
        {
            if (file.IsReported)
            {
                summary.Add(file);
                report.Add(file);
            }
        }
        progress.Clear();
        report.End(summary, loader.Problems);
        loader.TellDuplicates(workspace);
        loader.TellTemplates(workspace, "check");
        return loader.HasFailed ? ExitCode.Usage : summary.Errors > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private IEnumerable<CheckedFile> Check(Analysis analysis, List<ManifestSource> sources)
    {
        // Reads every document, on all cores. The threads below would wait for the one of them that came first.
        _ = analysis.Workspace.Resolver;
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
        foreach (FileDiagnostic diagnostic in analysis.Diagnose(source.Key).Concat(_missing[source.Key]))
        {
            // Of a base that was not asked about, only what is wrong with a kustomization that was.
            if (source.IsBeyond && !diagnostic.Diagnostic.BuiltBy.Any(_asked.Contains))
            {
                continue;
            }
            DiagnosticSeverity severity = diagnostic.Diagnostic.Severity;
            severity = options.WarningsAsErrors && severity == DiagnosticSeverity.Warning ? DiagnosticSeverity.Error : severity;
            if (severity <= options.Least)
            {
                found.Add(new Finding(options.Phrases is { } phrases ? diagnostic with { Diagnostic = phrases.Translate(diagnostic.Diagnostic) } : diagnostic, severity));
            }
        }
        found.Sort((a, b) => Order(a.Place.Range, b.Place.Range) is not 0 and var byPlace ? byPlace : string.CompareOrdinal(a.Diagnostic.Code, b.Diagnostic.Code));
        return new CheckedFile(source.Shown, analysis.Workspace.File(source.Key)!.Manifest, [.. found]) { IsReported = !source.IsBeyond || found.Count > 0 };
    }

    private static int Order(LineRange a, LineRange b) => a.Start.CompareTo(b.Start) is not 0 and var byStart ? byStart : a.End.CompareTo(b.End);
}
