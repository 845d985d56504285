using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// A workspace as it is deployed: the files of kustomizations that change something are replaced by what these build. The objects of
/// each kustomization that no other one includes are a file of their own, under the path of the kustomization. Where two of
/// them make objects of the same name, they are for two clusters: without one of their own, each gets its folder's name.
/// </summary>
internal sealed class Deployment
{
    private readonly DeploymentPlan _plan;
    private readonly ImmutableDictionary<string, BuiltFile> _built;

    /// <summary>The same before some were withdrawn for the sake of others.</summary>
    private readonly ImmutableDictionary<string, BuiltFile> _builds;
    private readonly WorkspaceSettings _settings;
    private readonly Lock _finding = new();
    private readonly Dictionary<string, ILookup<string, BuiltFinding>> _findings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<BuiltExpectation>> _expectations = new(StringComparer.Ordinal);
    private Dictionary<string, ImmutableArray<BuiltFile>>? _bySource;
    private ConditionalWeakTable<KustomizedFiles, KustomizedFiles> _kustomized = [];
    private ImmutableArray<string> _unseen = [];
    private ImmutableHashSet<string> _guessed = [];
    private List<(string Path, FileDiagnostic Finding)>? _refusals;

    private Deployment(Workspace files, WorkspaceSettings settings, DeploymentPlan plan, ImmutableDictionary<string, BuiltFile> built, ImmutableDictionary<string, BuiltFile> builds) =>
        (Files, _settings, _plan, _built, _builds) = (files, settings, plan, built, builds);

    /// <summary>The files as deployed.</summary>
    public Workspace Files { get; private set; }

    /// <summary>Kustomizations by the path of their file, sorted: those that were built and those that could not be.</summary>
    public IEnumerable<BuiltFile> Built => _built.Values.OrderBy(static one => one.Path, StringComparer.Ordinal);

    public BuiltFile? Find(string path) => _built.GetValueOrDefault(path);

    /// <summary>The built kustomizations that anything of a file goes into.</summary>
    public ImmutableArray<BuiltFile> From(string path) => (_bySource ??= BySource()).GetValueOrDefault(path, []);

    /// <summary>What kustomize refuses, where it is written: once, however many kustomizations it concerns.</summary>
    public ImmutableArray<FileDiagnostic> RefusalsIn(string path) => (_refusals ??= [.. Built.Select(static one => one.RefusalFinding).OfType<(string Path, FileDiagnostic Finding)>()])
        .Where(one => one.Path == path).Select(static one => one.Finding).DistinctBy(static one => (one.Slot, one.Diagnostic.Span)).ToImmutableArray();

    /// <summary>True where it is not told which of the overlays of several bases go together, so that what one lacks another may bring.</summary>
    public bool IsGuessed(BuiltFile one) => _guessed.Contains(one.Path) && _guessed.Any(path => _built[path].Root.Group != one.Root.Group);

    /// <summary>The clusters that kustomizations are taken for, sorted, each with these: <c>east (apps/east, infra/east)</c>; without where it has the name of the only one.</summary>
    public IReadOnlyCollection<string> GuessedClusters =>
    [
        .. _guessed.GroupBy(path => Files.Settings.Clusters.Paths?.ClusterOf(path) ?? "", path => _built[path].Root.Name, StringComparer.Ordinal)
            .OrderBy(static cluster => cluster.Key, StringComparer.Ordinal)
            .Select(static cluster => cluster.ToArray() is [var only] && only == cluster.Key ? only : $"{cluster.Key} ({string.Join(", ", cluster.Order(StringComparer.Ordinal))})"),
    ];

    /// <summary>Where a part of a built document is written; null for documents that are not built, and for what nobody wrote.</summary>
    public BuildOrigin? Origin(string path, ManifestDocument document, TextSpan span) => Find(path)?.Origin(document, span);

    /// <summary>Null when nothing is changed by kustomizations: then the files are what is deployed.</summary>
    public static Deployment? Of(Workspace whole, Deployment? before, CancellationToken cancel)
    {
        DeploymentPlan plan = whole.Plan;
        if (plan.Roots.IsEmpty)
        {
            return null;
        }
        var builds = ImmutableDictionary.CreateBuilder<string, BuiltFile>(StringComparer.Ordinal);
        foreach (DeployedRoot root in plan.Roots)
        {
            BuiltFile? known = before?._builds.GetValueOrDefault(root.Path);
            builds[root.Path] = known is not null && ReferenceEquals(before!._plan, plan) && known.IsUpToDate(whole) ? known : BuiltFile.Of(root, plan, whole, known, cancel);
        }
        ImmutableDictionary<string, BuiltFile> built = WithdrawGroups(plan, builds.ToImmutable());
        if (built.Values.All(static one => one.Manifest is null))
        {
            return new Deployment(whole, whole.Settings, plan, built, builds.ToImmutable());
        }
        ClusterMap clusters = DeployedClusters.Of(whole, [.. built.Values.Where(static one => one.Manifest is not null).OrderBy(static one => one.Path, StringComparer.Ordinal)], out ImmutableHashSet<string> guessed);
        WorkspaceSettings settings = clusters.Equals(whole.Settings.Clusters) ? whole.Settings : whole.Settings with { Clusters = clusters };
        ImmutableArray<string> unseen = [.. built.Values.Where(static one => one.Manifest is not null && !one.Unseen.IsEmpty).Select(static one => one.Path).Order(StringComparer.Ordinal)];
        // What nobody sees here decides whether something is called missing: what was found out with another answer to that does not hold.
        bool isSame = before is not null && before._settings.Equals(settings) && before._unseen.AsSpan().SequenceEqual(unseen.AsSpan())
            && before._built.Values.Any(static one => one.Manifest is not null);
        Workspace files = isSame ? before!.Files : Workspace.Empty.WithSettings(settings);
        HashSet<string> consumed = [.. built.Values.Where(static one => one.Manifest is not null).SelectMany(static one => one.Consumed)];
        foreach (string path in files.Files.Keys)
        {
            if (built.GetValueOrDefault(path)?.Manifest is null && (consumed.Contains(path) || !whole.Files.ContainsKey(path)))
            {
                files = files.WithFile(path, null, null);
            }
        }
        foreach ((string path, WorkspaceFile file) in whole.Files)
        {
            if (!consumed.Contains(path) && built.GetValueOrDefault(path)?.Manifest is null)
            {
                files = Put(files, path, file.Manifest);
            }
        }
        foreach (BuiltFile one in built.Values)
        {
            if (one.Manifest is { } manifest)
            {
                files = Put(files, one.Path, manifest);
            }
        }
        if (before is not null && ReferenceEquals(files, before.Files))
        {
            // Snapshots do not change: this one has the places of before, and others still read it.
            files = files.WithLive(files.Live);
        }
        var made = new Deployment(files, settings, plan, built, builds.ToImmutable()) { _unseen = unseen, _guessed = guessed };
        if (isSame)
        {
            made._kustomized = before!._kustomized;
        }
        made.Files = files.AsDeployed(made);
        return made;
    }

    /// <summary>What is found about the objects of a kustomization, by the file that it is written in. Found out once.</summary>
    public ImmutableArray<BuiltFinding> FindingsIn(BuiltFile built, string path, CancellationToken cancel)
    {
        lock (_finding)
        {
            if (!_findings.TryGetValue(built.Path, out ILookup<string, BuiltFinding>? known))
            {
                _findings[built.Path] = known = BuiltFinding.Of(built, Files, cancel)
                    .Concat(ExpectationsOf(built, cancel).Select(static one => one.Finding).OfType<BuiltFinding>()).ToLookup(static one => one.Origin.Path, StringComparer.Ordinal);
            }
            return [.. known[path]];
        }
    }

    /// <summary>The expectations of a file, once for each built object that they are for; none where it is only guessed what is deployed together.</summary>
    public ImmutableArray<(BuiltFile By, BuiltExpectation Expectation)> ExpectationsIn(string path, CancellationToken cancel)
    {
        lock (_finding)
        {
            return [.. From(path).Where(one => !IsGuessed(one)).SelectMany(one => ExpectationsOf(one, cancel).Where(expectation => expectation.Path == path).Select(expectation => (one, expectation)))];
        }
    }

    private ImmutableArray<BuiltExpectation> ExpectationsOf(BuiltFile built, CancellationToken cancel) =>
        _expectations.TryGetValue(built.Path, out ImmutableArray<BuiltExpectation> known) ? known
            : _expectations[built.Path] = Files.Settings.DisabledRules.Contains(RuleCatalog.ExpectationFailed.Code) ? [] : [.. BuiltExpectation.Of(built, Files, cancel)];

    /// <summary>The same files with other live clusters.</summary>
    public Deployment WithLive(LiveClusters live)
    {
        if (ReferenceEquals(live, Files.Live) || Files.Deployment is null)
        {
            return this;
        }
        var made = new Deployment(Files.WithLive(live), _settings, _plan, _built, _builds);
        (made._unseen, made._guessed, made._kustomized) = (_unseen, _guessed, _kustomized);
        made.Files = made.Files.AsDeployed(made);
        return made;
    }

    /// <summary>What kustomizations of files make, and those that are built but lack something. The same instance as before while that is the same.</summary>
    public KustomizedFiles WithUnseen(KustomizedFiles own) => _unseen.IsEmpty ? own : _kustomized.GetValue(own, own => own.WithUnseen(_unseen));

    private static Workspace Put(Workspace files, string path, ManifestFile manifest) =>
        ReferenceEquals(files.File(path)?.Manifest, manifest) ? files : files.WithFile(path, manifest, null);

    /// <summary>Where one of several that share files can't be built, none of them is: the files can't be there and be replaced at once.</summary>
    private static ImmutableDictionary<string, BuiltFile> WithdrawGroups(DeploymentPlan plan, ImmutableDictionary<string, BuiltFile> all)
    {
        ImmutableDictionary<string, BuiltFile>.Builder built = all.ToBuilder();
        HashSet<int> refused = [.. plan.Roots.Where(root => built[root.Path].Manifest is null).Select(static root => root.Group)];
        foreach (DeployedRoot root in plan.Roots)
        {
            BuiltFile one = built[root.Path];
            if (one.Manifest is not null && refused.Contains(root.Group))
            {
                built[root.Path] = one.Withdrawn();
            }
        }
        return built.ToImmutable();
    }

    private Dictionary<string, ImmutableArray<BuiltFile>> BySource()
    {
        var found = new Dictionary<string, ImmutableArray<BuiltFile>>(StringComparer.Ordinal);
        foreach (BuiltFile one in Built)
        {
            foreach (string path in one.Manifest is null ? [] : one.Consumed)
            {
                found[path] = found.GetValueOrDefault(path, []).Add(one);
            }
        }
        return found;
    }
}
