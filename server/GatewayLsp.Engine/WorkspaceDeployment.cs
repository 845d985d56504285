using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Kustomize;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine;

/// <summary>
/// The workspace as it is deployed: with what its kustomizations build instead of what they are built from. Made when first asked for;
/// the next snapshot takes over what did not change.
/// </summary>
public sealed partial class Workspace
{
    /// <summary>Files that a note names.</summary>
    private const int MaxPaths = 5;

    private readonly Lock _deploying = new();
    private bool _isDeploymentMade;
    private Deployment? _made;

    /// <summary>That of a snapshot before, to be taken over as far as it holds.</summary>
    private Deployment? _madeBefore;
    private Deployment? _deployment;
    private DeploymentPlan? _plan;
    private int? _mostToBuild;

    /// <summary>Of a deployed workspace, and of its worlds: what it was made by. Null for files as they are written.</summary>
    internal Deployment? Deployment => Whole._deployment;

    /// <summary>What kustomizations make of the files; itself when they change nothing, or can't be built here.</summary>
    public Workspace Deployed => _whole is null && _deployment is null && Deploy() is { } made ? made.Files : this;

    /// <summary>What became of the kustomizations that have to be built: null when there are none.</summary>
    internal Deployment? Deploy(CancellationToken cancel = default)
    {
        if (_kustomizations.IsEmpty || _deployment is not null)
        {
            return _deployment;
        }
        lock (_deploying)
        {
            if (!_isDeploymentMade)
            {
                _made = Deployment.Of(this, _madeBefore, cancel)?.WithLive(Live);
                _madeBefore = null;
                _isDeploymentMade = true;
            }
            return _made;
        }
    }

    /// <summary>One sentence for each kustomization that is not built, or of which not all is here; folders with their whole path.</summary>
    public ImmutableArray<string> KustomizationNotes => Deploy() is not { } deployment ? [] :
    [
        .. RefusedKustomizations,
        .. deployment.Built.Where(static one => one.Manifest is not null && !one.Unseen.IsEmpty)
            .Select(static one => $"the kustomization {one.Folder} is built without {Naming.List([.. one.Unseen])}, which {(one.Unseen.Length == 1 ? "is" : "are")} not here"),
        .. deployment.GuessedClusters is { Count: > 0 } clusters
            ? [$"overlays of one base, and those that build objects of the same names, are taken for different clusters, called by their folders: {string.Join(", ", clusters)}; name clusters with `# gateway-lsp: cluster=NAME` in the first line of a kustomization"]
            : Array.Empty<string>(),
    ];

    /// <summary>One sentence for each kustomization that is not built.</summary>
    public ImmutableArray<string> RefusedKustomizations => Deploy() is not { } deployment ? [] :
    [
        .. deployment.Built.Where(static one => one.Manifest is null && one.Refusal is not null)
            .Select(static one => $"the kustomization {one.Folder} is not built: {one.Refusal!.Message}; its files are taken as they are written"),
    ];

    /// <summary>
    /// Why nothing can be built of a kustomization, as a clause; null where it can be. It is asked for also of one that only puts files together,
    /// for which the files stand as they are.
    /// </summary>
    /// <param name="isSure">Whether it is kubectl that refuses it, and not only this builder.</param>
    public string? RefusalOf(string kustomization, out bool isSure)
    {
        BuildProblem? problem = Deploy()?.Find(kustomization) is { } built ? built.Refusal
            : KustomizeReach.ByFolder(_kustomizations).Values.FirstOrDefault(one => one.Path == kustomization) is { Document: { } document }
                ? KustomizationBuilder.Build(kustomization, document, KustomizeReach.ByFolder(_kustomizations), path => File(path)?.Manifest, CancellationToken.None).Refusal
            : null;
        isSure = problem is { At: not null } or { IsOutside: true };
        return problem?.Message;
    }

    /// <summary>One sentence for each object of a cluster that is defined more than once: only one definition is answered for.</summary>
    public ImmutableArray<string> DuplicateNotes
    {
        get
        {
            var notes = new SortedSet<string>(StringComparer.Ordinal);
            // Files of no cluster are in every one: what is said of them once holds there, too.
            foreach (Workspace world in Deployed.AllWorlds.OrderBy(static world => world.Cluster ?? "", StringComparer.Ordinal))
            {
                foreach ((ObjectKey key, ImmutableList<IndexedObject> same) in world.Index.Shared.Lists)
                {
                    IndexedObject[] real = [.. same.Where(one => !Partials.Contains(one.Path) && !one.Object.Document.IsTemplate && world.Catalog.Kind(one.Object.Gvk) is not null)
                        .OrderBy(static one => one.Path, StringComparer.Ordinal)];
                    if (real.Length > 1 && KindGroups.Canonical(same) is { } counts)
                    {
                        string cluster = world.Cluster is { Length: > 0 } name ? $" in cluster {name}" : "";
                        string who = $"{key.Kind} {(key.Namespace.Length > 0 ? key.Namespace + "/" : "")}{key.Name} is defined {real.Length} times";
                        string where = $" ({string.Join(", ", real.Select(static one => one.Path).Distinct(StringComparer.Ordinal).Take(MaxPaths))}); the definition in {counts.Path} is taken";
                        if (!notes.Contains(who + where))
                        {
                            notes.Add(who + cluster + where);
                        }
                    }
                }
            }
            return [.. notes];
        }
    }

    /// <summary>The place in a file that a part of a document comes from: itself, unless a kustomization built the document. Null for what nobody wrote.</summary>
    public SourcePlace? SourceOf(string path, DocumentSlot slot, TextSpan span)
    {
        if (Deployment?.Find(path) is not { } built)
        {
            return new SourcePlace(path, slot, span);
        }
        return built.Origin(slot.Document, span) is { } origin && built.SlotOf(origin) is { } place ? new SourcePlace(origin.Path, place, origin.Span) : null;
    }

    /// <summary>True for a file that holds a kustomization.</summary>
    public bool IsKustomization(string path) => File(path) is { } file && file.Manifest.Documents.Any(slot => _kustomizations.ContainsKey(slot.Document) && KustomizedFiles.IsOwn(slot.Document));

    /// <summary>Which kustomizations have to be built; two threads may both find out, and find the same.</summary>
    internal DeploymentPlan Plan => _plan is { } known && known.IsOf(this) ? known : _plan = DeploymentPlan.Of(this);

    /// <summary>
    /// Roughly the objects that an edit may build anew: those of the kustomizations that share files, where these are most. What is said of
    /// a keystroke does not wait for many.
    /// </summary>
    internal int MostToBuild => _mostToBuild ??= Plan.Roots.GroupBy(static root => root.Group)
        .Select(group => group.Sum(root => root.Reach.Files.Sum(path => File(path)?.Manifest.Documents.Length ?? 0))).DefaultIfEmpty().Max();

    /// <summary>True for a file that only goes into what kustomizations build, and is not deployed as it is.</summary>
    public bool IsBuiltFrom(string path) => Deploy() is { } made && !made.From(path).IsEmpty;

    /// <summary>Files and folders that kustomizations name and the workspace does not have, by path.</summary>
    public ImmutableArray<string> MissingOfKustomizations() => [.. Missing().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>
    /// What is found wrong with kustomizations that name files which are nowhere: kustomize can't do without them. A folder may be an address,
    /// and a name with a template is none yet.
    /// </summary>
    /// <param name="isThere">Whether a file exists, asked of such as the workspace does not have.</param>
    public ImmutableArray<(string Path, string Named, FileDiagnostic Finding)> MissingFilesOfKustomizations(Func<string, bool> isThere)
    {
        var byFolder = KustomizeReach.ByFolder(_kustomizations);
        var found = ImmutableArray.CreateBuilder<(string, string, FileDiagnostic)>();
        if (Settings.DisabledRules.Contains(RuleCatalog.KustomizationRefused.Code))
        {
            return [];
        }
        foreach ((ManifestDocument document, string path) in _kustomizations.OrderBy(static one => one.Value, StringComparer.Ordinal))
        {
            if (!KustomizedFiles.IsOwn(document) || File(path) is not { } file)
            {
                continue;
            }
            IEnumerable<(string Target, string Named, YamlNode Node, DiagnosticSeverity Severity)> named = KustomizeReach.ListedAt(path, document, KustomizeReach.AllLists)
                .Where(one => KustomizeReach.IsFile(one.Target) && !byFolder.ContainsKey(one.Target)).Select(static one => (one.Target, one.Node.Text()!, one.Node, DiagnosticSeverity.Error))
                // A `.env` is kept out of the repository as a rule, and put there where it is deployed.
                .Concat(KustomizeReach.Sources(path, document).Select(static one => (one.Target, one.Named, one.Node, DiagnosticSeverity.Warning)));
            (string Target, string Named, YamlNode Node, DiagnosticSeverity Severity)[] missing = [.. named.Where(one => !one.Target.Contains('{') && !Placeholders.IsInPath(one.Named) && !Files.ContainsKey(one.Target) && !isThere(one.Target))];
            if (missing.Length == 0)
            {
                continue;
            }
            ImmutableArray<string> by = [.. byFolder.Values.Where(one => KustomizeReach.Of(one.Path, one.Document, byFolder).Kustomizations.Any(below => below.Path == path)).Select(static one => one.Path)];
            DocumentSlot slot = file.Manifest.Documents.First(one => ReferenceEquals(one.Document, document));
            string name = DeploymentPlan.NameOf(path, byFolder);
            found.AddRange(missing.Select(one =>
                (path, one.Named, new FileDiagnostic(RuleCatalog.KustomizationRefused.Finding(name, one.Named.EndsWith('/') ? $"`{one.Named}` is not a file" : $"`{one.Named}` is not there", one.Node.Span) with { BuiltBy = by, Severity = one.Severity }, slot))));
        }
        return found.ToImmutable();
    }

    /// <summary>Files and folders that kustomizations name and the workspace does not have.</summary>
    private IEnumerable<string> Missing()
    {
        if (_kustomizations.IsEmpty)
        {
            yield break;
        }
        var byFolder = KustomizeReach.ByFolder(_kustomizations);
        foreach ((ManifestDocument document, string path) in _kustomizations)
        {
            if (!KustomizedFiles.IsOwn(document))
            {
                continue;
            }
            foreach (string named in KustomizeReach.Listed(path, document, KustomizeReach.AllLists))
            {
                if (!Files.ContainsKey(named) && !byFolder.ContainsKey(named))
                {
                    yield return named;
                }
            }
        }
    }

    internal Workspace AsDeployed(Deployment deployment)
    {
        _deployment = deployment;
        return this;
    }

    private void TakeDeployment(Workspace before)
    {
        _madeBefore = before._made ?? before._madeBefore;
        _plan = before._plan;
    }
}

/// <summary>A place in a file of the workspace.</summary>
/// <param name="Slot">Its document; for a patch in a kustomization's text the one that stands for it.</param>
public sealed record SourcePlace(string Path, DocumentSlot Slot, TextSpan Span)
{
    public LineRange Range => Slot.RangeOf(Span);
}
