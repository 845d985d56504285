using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.CodeActions.Refactorings;
using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Expectations;
using GatewayLsp.Engine.Formatting;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Kustomize;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Migration.Ingresses;
using GatewayLsp.Engine.InlayHints;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Building;

namespace GatewayLsp.Engine;

/// <summary>
/// All questions that an edge may ask of a snapshot. Answers depend on the snapshot alone; a path that the workspace does
/// not know has an empty answer. Thread-safe. Throws only <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class Analysis(Workspace workspace)
{
    public Workspace Workspace => workspace;

    /// <summary>The kinds of the refactorings that <see cref="Actions"/> may offer.</summary>
    public static ImmutableArray<string> RefactoringKinds { get; } = [.. RefactoringCatalog.All.Select(one => one.Kind)];

    /// <summary>
    /// The findings of a file, by place. The same array as from the snapshot before when the file is the same and so are all
    /// of its findings.
    /// </summary>
    public ImmutableArray<FileDiagnostic> Diagnose(string path, CancellationToken cancel = default)
    {
        if (!workspace.Settings.Validate || workspace.File(path) is not { } file)
        {
            return [];
        }
        ImmutableArray<FileDiagnostic> own = FileFindings.Of(workspace, file, workspace.ContextOf(path), cancel);
        if (workspace.Kustomizations.Count > 0 && workspace.Deployment is null)
        {
            own = BuiltFindings.Of(workspace, file, own, cancel);
        }
        return workspace.Live.IsEmpty ? own : LiveFindings.Of(workspace, file, own, cancel);
    }

    /// <summary>
    /// Those findings that need no other file, at once: while <see cref="IsBehind"/>, or files are still to come.
    /// </summary>
    /// <param name="mayBePatch">Whether a file that is not there yet may make this one a patch: then nothing is called missing.</param>
    public ImmutableArray<FileDiagnostic> DiagnoseAlone(string path, bool mayBePatch, CancellationToken cancel = default)
    {
        if (!workspace.Settings.Validate || workspace.File(path) is not { } file)
        {
            return [];
        }
        DocumentContext context = workspace.ContextOf(path);
        return FileFindings.Alone(workspace, file, mayBePatch ? context with { IsPartial = true } : context, cancel);
    }

    /// <summary>True while so many other files are still to be read that <see cref="Diagnose"/> would take long.</summary>
    public bool IsBehind(string path) => workspace.IsBehind(path);

    /// <summary>Reads what is still to be read for the file's findings.</summary>
    public void CatchUp(string path) => _ = workspace.WorldOf(path).Resolver;

    public CompletionList Complete(string path, LinePosition position, CancellationToken cancel = default) =>
        CompletionProvider.Complete(workspace.WorldAt(path, position), path, position, cancel);

    public HoverText? Hover(string path, LinePosition position, CancellationToken cancel = default) =>
        HoverProvider.Hover(workspace.WorldAt(path, position), path, position, cancel);

    public ImmutableArray<OutlineItem> Outline(string path, CancellationToken cancel = default) =>
        OutlineProvider.Outline(workspace, path, cancel);

    /// <summary>Objects whose name or kind matches the query's letters in order; at most a few hundred, best first.</summary>
    public ImmutableArray<WorkspaceItem> FindSymbols(string query, CancellationToken cancel = default) =>
        WorkspaceSymbolProvider.Find(workspace, query, cancel);

    public ImmutableArray<FoldingItem> Fold(string path, CancellationToken cancel = default) =>
        FoldingProvider.Fold(workspace, path, cancel);

    public ImmutableArray<LineRange> SelectionRanges(string path, LinePosition position) =>
        SelectionRangeProvider.Ranges(workspace.WorldAt(path, position), path, position);

    public ImmutableArray<LinkItem> Links(string path, CancellationToken cancel = default) =>
        LinkProvider.Links(workspace.WorldOf(path), path, cancel);

    /// <summary>Where a name leads: to the object, listener, port or anchor that it is the name of. Null when nothing is known.</summary>
    public DefinitionItem? Definition(string path, LinePosition position) => DefinitionProvider.Definition(workspace.WorldAt(path, position), path, position);

    /// <summary>The definition of the kind of what is named.</summary>
    public DefinitionItem? TypeDefinition(string path, LinePosition position) => DefinitionProvider.TypeDefinition(workspace.WorldAt(path, position), path, position);

    /// <summary>The workloads that a Service selects.</summary>
    public DefinitionItem? Implementation(string path, LinePosition position) => DefinitionProvider.Implementation(workspace.WorldAt(path, position), path, position);

    /// <summary>Every place of the workspace that names what is at the position.</summary>
    public ImmutableArray<PlaceItem> References(string path, LinePosition position, bool withDefinition, CancellationToken cancel = default) =>
        ReferenceProvider.References(workspace.WorldAt(path, position), path, position, withDefinition, cancel);

    /// <summary>Those of the file alone.</summary>
    public ImmutableArray<HighlightItem> Highlights(string path, LinePosition position, CancellationToken cancel = default) =>
        ReferenceProvider.Highlights(workspace.WorldAt(path, position), path, position, cancel);

    public RenameOffer PrepareRename(string path, LinePosition position) => RenameProvider.Prepare(workspace.WorldAt(path, position), path, position);

    public RenameResult Rename(string path, LinePosition position, string newName, CancellationToken cancel = default) =>
        RenameProvider.Rename(workspace.WorldAt(path, position), path, position, newName, cancel);

    /// <summary>The object whose place in the flow of traffic can be asked for; null where no object is named.</summary>
    public ImmutableArray<CallItem> PrepareCalls(string path, LinePosition position) => CallHierarchyProvider.Prepare(workspace.WorldAt(path, position), path, position);

    /// <summary>What leads to the object, by the object's identity and, where there are clusters, its file.</summary>
    public ImmutableArray<CallEdge> IncomingCalls(ObjectKey key, string? path = null) => CallHierarchyProvider.Incoming(WorldOf(path), key);

    /// <summary>Where the object leads.</summary>
    public ImmutableArray<CallEdge> OutgoingCalls(ObjectKey key, string? path = null) => CallHierarchyProvider.Outgoing(WorldOf(path), key);

    /// <summary>Hints in the lines of the range.</summary>
    public ImmutableArray<InlayHintItem> InlayHints(string path, LineRange range, InlayHintOptions options, CancellationToken cancel = default) =>
        InlayHintProvider.Hints(workspace.WorldOf(path), path, range, options, cancel);

    public ImmutableArray<LensItem> Lenses(string path, CancellationToken cancel = default) => LensProvider.Lenses(workspace.WorldOf(path), path, cancel);

    /// <summary>What a lens says now; null when what it was for is gone.</summary>
    public LensText? ResolveLens(LensKind kind, ObjectKey key, string? section, string? path = null) => LensResolver.Resolve(WorldOf(path), kind, key, section, path);

    /// <summary>Edits that format the file, or the documents that a range touches.</summary>
    public ImmutableArray<TextEdit> Format(string path, LineRange? range, FormattingOptions options, CancellationToken cancel = default) =>
        FormattingProvider.Format(workspace, path, range, options, cancel);

    public ImmutableArray<CodeActionItem> Actions(string path, LineRange range, CancellationToken cancel = default) =>
        CodeActionProvider.Actions(workspace.WorldAt(path, range.Start), path, range, cancel);

    /// <summary>
    /// A deferred action with its edits, by what it was offered as; null when it is not offered there any more, or can't be done in this
    /// text.
    /// </summary>
    public CodeActionItem? ResolveAction(string path, LineRange range, string kind, string title, CancellationToken cancel = default) =>
        RefactoringProvider.Resolve(workspace, path, range, kind, title, cancel);

    /// <summary>A file brought to today's version of Gateway API; null for a path that the workspace does not know.</summary>
    public FileMigration? Migrate(string path, CancellationToken cancel = default) => WorkspaceMigrator.File(workspace, path, cancel);

    /// <summary>The same for Markdown that stands beside the manifests and is no part of the workspace.</summary>
    public FileMigration MigrateMarkdown(string path, string text) => MarkdownMigrator.Run(path, text, new WorkspaceFacts(workspace, guesses: true));

    /// <summary>All Ingresses of those files as Gateway API objects.</summary>
    public IngressConversion ConvertIngresses(IEnumerable<string> paths, ConversionOptions? options = null) =>
        IngressConverter.Convert(workspace, [.. paths.SelectMany(path => workspace.File(path)?.Manifest.Documents.SelectMany(slot => ManifestObject.Of(slot.Document)) is { } objects
            ? objects.Where(IngressModel.IsIngress).Select(one => (path, one)) : [])], options ?? new ConversionOptions());

    /// <summary>All files brought to today's version of Gateway API, by path, also those that stay as they are.</summary>
    public ImmutableArray<FileMigration> MigrateAll(CancellationToken cancel = default) => WorkspaceMigrator.All(workspace, cancel);

    /// <summary>Follows a request through a Gateway or mesh; nothing is sent anywhere.</summary>
    public RequestTrace Trace(TraceRequest request)
    {
        Workspace deployed = workspace.Deployed;
        return deployed.HasClusters || request.Cluster is not null ? FleetTracer.Trace(deployed, request) : deployed.Routing.Trace(request);
    }

    /// <summary>The requests that comments of the file say something of (<c># expect: GET /api -> my-service</c>), and whether that holds.</summary>
    public ImmutableArray<ExpectationResult> Expectations(string path, CancellationToken cancel = default) => ExpectationFinder.Results(workspace.WorldOf(path), path, workspace.Deploy(cancel), cancel);

    /// <summary>The files that may have expectations, in order.</summary>
    public ImmutableArray<string> FilesWithExpectations() =>
        [.. workspace.Files.Where(file => file.Value.Manifest.Documents.Any(slot => ExpectationReader.MayHave(slot.Document))).Select(file => file.Key).Order(StringComparer.Ordinal)];

    /// <summary>What becomes of the request now as an expectation beside the route that takes it, or the Gateway that answers it.</summary>
    public NewExpectation ExpectationOf(TraceRequest request)
    {
        RequestTrace trace = Trace(request);
        return ExpectationWriter.Of(trace.Cluster is { } cluster && workspace.World(cluster) is { } world ? world : workspace, request, trace);
    }

    /// <summary>A request that the match, rule or listener at a place would take: a start for <see cref="Trace"/>. Null elsewhere.</summary>
    public RequestSample? RequestAt(string path, LinePosition position) => RequestSampler.At(workspace, path, position);

    /// <summary>The way of requests through all objects of the workspace, with what is not well on it.</summary>
    public TopologyGraph Topology(CancellationToken cancel = default) => TopologyBuilder.Build(ReferenceEquals(workspace.Deployed, workspace) ? this : new Analysis(workspace.Deployed), cancel);

    /// <summary>The same of these clusters alone, also of such that nothing names yet: files of no cluster are applied to each of them.</summary>
    public TopologyGraph TopologyOf(IReadOnlyList<string> clusters, CancellationToken cancel = default)
    {
        ClusterMap known = workspace.Settings.Clusters;
        ImmutableArray<ClusterSettings> missing = [.. clusters.Except(workspace.Clusters, StringComparer.Ordinal).Select(name => new ClusterSettings(name))];
        Analysis analysis = missing.IsEmpty ? this : new Analysis(workspace.WithSettings(workspace.Settings with { Clusters = known with { Clusters = [.. known.Clusters, .. missing] } }));
        return analysis.Topology(cancel).Where(node => node.Cluster.Length == 0 || clusters.Contains(node.Cluster, StringComparer.Ordinal));
    }

    /// <summary>The same files as if no cluster were connected.</summary>
    public Analysis WithoutClusters() => workspace.Live.IsEmpty ? this : new Analysis(workspace.WithLive(LiveClusters.None));

    /// <summary>The same files with these clusters instead of the connected ones.</summary>
    public Analysis WithClusters(LiveClusters clusters) => new(workspace.WithLive(clusters));

    /// <summary>What connected clusters have of the objects of a file, by object and cluster; nothing without clusters.</summary>
    public IEnumerable<LiveSight> LiveSights(string path) => LiveSight.Of(workspace, path);

    /// <summary>True where the text of an object is that a topology may have.</summary>
    public bool HasTraffic(string path, LinePosition position) => ObjectAt(path, position) is { } key && TopologyKinds.MayHave(key);

    /// <summary>The identity of the object whose text is at the position; null between objects and for those without kind or name.</summary>
    public ObjectKey? ObjectAt(string path, LinePosition position)
    {
        if (workspace.File(path) is not { } file)
        {
            return null;
        }
        DocumentSlot slot = file.Manifest.At(position);
        ImmutableArray<ManifestObject> objects = ManifestObject.Of(slot.Document);
        int offset = slot.OffsetOf(position);
        ManifestObject? one = objects.Length == 1 ? objects[0] : objects.FirstOrDefault(item => item.Node.Span.Touches(offset));
        return one is { Kind.Length: > 0, Name.Length: > 0 } ? ResourceIndex.KeyOf(one, workspace.Catalog) : null;
    }

    /// <summary>The identities of the objects in a file; none for those without kind or name.</summary>
    public IEnumerable<ObjectKey> ObjectsIn(string path) => workspace.File(path) is { } file
        ? file.Manifest.Documents.SelectMany(slot => ManifestObject.Of(slot.Document)).Where(one => one is { Kind.Length: > 0, Name.Length: > 0 }).Select(one => ResourceIndex.KeyOf(one, workspace.Catalog))
        : [];

    /// <summary>The file itself, and of a kustomization all files of the workspace that pass through it.</summary>
    public IReadOnlySet<string> FilesBehind(string path) => KustomizeReach.Behind(workspace, path);

    /// <summary>Where the match or rule that took the request is written; null when no route took it.</summary>
    public TracedPlace? PlaceOf(RequestTrace trace) => TracePlaces.OfRule(trace.Cluster is { } cluster && workspace.Deployed.World(cluster) is { } world ? world : workspace.Deployed, trace);

    /// <summary>The Gateways of the workspace, by namespace and name.</summary>
    public ImmutableArray<ObjectName> Gateways() => workspace.Deployed.Routing.Gateways();

    /// <summary>What a conformant controller would write into the status of all objects: by cluster, kind, then namespace and name.</summary>
    public ImmutableArray<ObjectConditions> Conditions(CancellationToken cancel = default)
    {
        Workspace deployed = workspace.Deployed;
        return deployed.HasClusters ? [.. deployed.AllWorlds.SelectMany(world => ConditionsProvider.All(world, cancel))] : ConditionsProvider.All(deployed, cancel);
    }

    /// <summary>The same for one object; null when it has no such status, or another definition of it counts.</summary>
    public ObjectConditions? Conditions(ManifestObject one, string? path = null) =>
        one.View() is { } view ? ConditionsProvider.Of((path is null ? workspace : workspace.WorldOf(path, one.Document)).Resolver, view) : null;

    private Workspace WorldOf(string? path) => path is null ? workspace : workspace.WorldOf(path);
}
