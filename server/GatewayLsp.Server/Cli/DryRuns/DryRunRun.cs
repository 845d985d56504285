using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.DryRuns;

/// <summary>Gives the verdicts on all objects of the paths: in parallel, reported in path order.</summary>
internal sealed class DryRunRun(IReadOnlyList<string> paths, Channel channel, ClusterMap clusters, int? minor, Terminal terminal)
{
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    /// <summary>Of a kustomization, only what comes out: patches and bases are not mentioned.</summary>
    public bool OnlyBuilt { get; init; }

    public async Task<int> ExecuteAsync(IDryRunReport report, TargetDefinitions targets, CancellationToken cancellation)
    {
        var loader = new WorkspaceLoader(terminal);
        (Workspace workspace, List<ManifestSource> read) = loader.Load(paths, "<stdin>", WorkspaceSettings.Default with { Channel = channel, Clusters = clusters }, withNamed: true);
        loader.TellProblems();
        if (OnlyBuilt && Obstacles(loader, workspace, read) is { Count: > 0 } obstacles)
        {
            foreach (string obstacle in obstacles)
            {
                loader.TellError(obstacle);
            }
            report.Begin();
            report.End(obstacles);
            return loader.HasFailed ? ExitCode.Usage : ExitCode.Findings;
        }
        IReadOnlyList<string> notes = loader.TellNotes(workspace, "dry-run");
        foreach (ManifestSource source in read)
        {
            _shown[source.Key] = source.Shown;
        }
        if (await targets.OverAsync(new Analysis(workspace), cancellation).ConfigureAwait(false) is not { } analysis)
        {
            return ExitCode.Usage;
        }
        workspace = analysis.Workspace;
        bool isRefused = false;
        report.Begin();
        foreach (FileReport file in Partitioner.Create(read, EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(source => Judge(workspace, source)))
        {
            foreach (ObjectReport one in file.Objects)
            {
                isRefused |= one.Outcome == ObjectOutcome.Refused;
            }
            report.Add(file);
        }
        report.End(notes);
        return loader.HasFailed ? ExitCode.Usage : isRefused ? ExitCode.Findings : ExitCode.Fine;
    }

    /// <summary>Why nothing comes of the kustomization, so that there is nothing to judge.</summary>
    private static IReadOnlyList<string> Obstacles(WorkspaceLoader loader, Workspace workspace, List<ManifestSource> read)
    {
        if (loader.MissingFiles(workspace) is { Count: > 0 } missing)
        {
            return [.. missing.Select(one => loader.Shown($"kustomize refuses to build {Path.GetDirectoryName(one.Path)}: `{one.Named}` is not there"))];
        }
        if (read.Find(static source => !source.IsBeyond) is not { Key: var kustomization })
        {
            return [];
        }
        string folder = Path.GetDirectoryName(kustomization)!;
        string? reason = workspace.RefusalOf(kustomization, out bool isSure);
        return loader.Problems.Count > 0 ? [loader.Shown($"{folder} can't be built: not all of its files can be read, see above")]
            : reason is null ? []
            : [loader.Shown(isSure ? $"kustomize refuses to build {folder}: {reason}"
                : $"{folder} can't be built here: {reason}. If kubectl can build it: kubectl kustomize {folder} | gateway-lsp dry-run -")];
    }

    private FileReport Judge(Workspace workspace, ManifestSource source)
    {
        if (OnlyBuilt && (workspace.Partials.Contains(source.Key) || workspace.IsKustomization(source.Key)) && ReferenceEquals(workspace.Deployed.File(source.Key)?.Manifest, workspace.File(source.Key)!.Manifest))
        {
            return new FileReport(source.Shown, []);
        }
        var reports = new List<ObjectReport>();
        if (workspace.Deployed is { } deployed && !ReferenceEquals(deployed, workspace) && deployed.File(source.Key) is { } built && !ReferenceEquals(built.Manifest, workspace.File(source.Key)!.Manifest))
        {
            return Built(deployed, built, source);
        }
        bool isPatch = workspace.Partials.Contains(source.Key);
        foreach (DocumentSlot slot in workspace.File(source.Key)!.Manifest.Documents)
        {
            ImmutableArray<ManifestObject> objects = ManifestObject.Of(slot.Document);
            if (workspace.IsBuiltFrom(source.Key) && (!isPatch || OnlyBuilt))
            {
                break;
            }
            if (objects.IsEmpty)
            {
                if (!slot.Document.Errors.IsEmpty || (!isPatch && !slot.Document.IsTemplate && OtherTools.IsMeantAsObject(slot.Document.Root.Resolved() as YamlMapping)))
                {
                    reports.Add(new ObjectReport(null, slot, ObjectOutcome.Refused, DryRun.Of(slot.Document, workspace.Catalog, channel)));
                }
                continue;
            }
            foreach (ManifestObject one in objects)
            {
                reports.Add(Judge(workspace, one, slot, source, isPatch) with { Clusters = workspace.ClusterNamesOf(source.Key, slot.Document) });
            }
        }
        return new FileReport(source.Shown, reports);
    }

    /// <summary>What a kustomization builds; what is said of it is shown where it is written.</summary>
    private FileReport Built(Workspace deployed, WorkspaceFile built, ManifestSource source)
    {
        var reports = new List<ObjectReport>();
        foreach (DocumentSlot slot in built.Manifest.Documents)
        {
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                reports.Add(Judge(deployed, one, slot, source, isPatch: false) with
                {
                    Clusters = deployed.ClusterNamesOf(source.Key, slot.Document),
                    PlaceOf = span => deployed.SourceOf(source.Key, slot, span) is { } place ? (_shown.GetValueOrDefault(place.Path, place.Path), place) : null,
                });
            }
        }
        return new FileReport(source.Shown, reports);
    }

    /// <summary>Something is put into the name first, so that nobody knows what object it is.</summary>
    private static bool IsNameOpen(ManifestObject one) => one.At("metadata", "name") is YamlScalar { IsOpaque: true };

    private ObjectReport Judge(Workspace workspace, ManifestObject one, DocumentSlot slot, ManifestSource source, bool isPatch)
    {
        if (isPatch)
        {
            return new ObjectReport(one, slot, ObjectOutcome.Skipped, DryRunResult.Fine, "a patch, not an object");
        }
        if (slot.Document.IsTemplate || IsNameOpen(one))
        {
            return new ObjectReport(one, slot, ObjectOutcome.Skipped, DryRunResult.Fine, "a template that is not rendered");
        }
        if (!source.IsNamed && OtherTools.Have(one))
        {
            return new ObjectReport(one, slot, ObjectOutcome.Skipped, DryRunResult.Fine, "not an object of Kubernetes");
        }
        SchemaCatalog catalog = workspace.CatalogOf(source.Key, slot.Document);
        DryRunResult result = DryRun.Of(one, catalog, channel, minor: minor);
        return DryRun.IsUnknownKind(one, catalog, channel)
            ? new ObjectReport(one, slot, ObjectOutcome.Skipped, result, "its kind is not known here")
            : !result.Accepted && result.Causes.All(cause => workspace.IsChangedByKustomization(source.Key, one, cause.Field))
            ? new ObjectReport(one, slot, ObjectOutcome.Skipped, DryRunResult.Fine, "a kustomization changes what would be refused")
            : new ObjectReport(one, slot, result.Accepted ? ObjectOutcome.Accepted : ObjectOutcome.Refused, result);
    }
}

/// <summary>A form of the output of <c>dry-run</c>; files come in path order.</summary>
internal interface IDryRunReport
{
    void Begin();

    void Add(FileReport file);

    /// <param name="notes">What is answered for where that is not plain.</param>
    void End(IReadOnlyList<string> notes);
}
