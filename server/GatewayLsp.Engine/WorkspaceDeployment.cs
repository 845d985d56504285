using System.Collections.Immutable;
using GatewayLsp.Engine.Kustomize;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine;

/// <summary>
/// The workspace as it is deployed: with what its kustomizations build instead of what they are built from. Made when first asked for;
/// the next snapshot takes over what did not change.
/// </summary>
public sealed partial class Workspace
{
    private readonly Lock _deploying = new();
    private bool _isDeploymentMade;
    private Deployment? _made;

    /// <summary>That of a snapshot before, to be taken over as far as it holds.</summary>
    private Deployment? _madeBefore;
    private Deployment? _deployment;

    /// <summary>Of a deployed workspace, and of its worlds: what it was made by. Null for files as they are written.</summary>
    internal Deployment? Deployment => Whole._deployment;

    /// <summary>What kustomizations make of the files; itself when they change nothing, or can't be built here.</summary>
    public Workspace Deployed => _whole is null && _deployment is null && Deploy() is { } made ? made.Files : this;

    /// <summary>What became of the kustomizations that have to be built: null when there are none.</summary>
    internal Deployment? Deploy()
    {
        if (_kustomizations.IsEmpty || _deployment is not null)
        {
            return _deployment;
        }
        lock (_deploying)
        {
            if (!_isDeploymentMade)
            {
                _made = Deployment.Of(this, _madeBefore)?.WithLive(Live);
                _madeBefore = null;
                _isDeploymentMade = true;
            }
            return _made;
        }
    }

    /// <summary>One sentence for each kustomization that is not built, or of which not all is here.</summary>
    public ImmutableArray<string> KustomizationNotes => Deploy() is not { } deployment ? [] :
    [
        .. deployment.Built.Where(static one => one.Manifest is null && one.Refusal is not null)
            .Select(static one => $"the kustomization {one.Root.Name} is not built: {one.Refusal!.Message}; its files are taken as they are written"),
        .. deployment.Built.Where(static one => one.Manifest is not null && !one.Unseen.IsEmpty)
            .Select(static one => $"the kustomization {one.Root.Name} is built without {string.Join(", ", one.Unseen)}, which is not here"),
        .. deployment.GuessedClusters is { Count: > 0 } names
            ? [$"{string.Join(", ", names)} build objects of the same names, so each is taken for a cluster of its own; name clusters with `# gateway-lsp: cluster=NAME` in the first line of a kustomization"]
            : Array.Empty<string>(),
    ];

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

    /// <summary>Objects of its kustomizations, roughly: what is said of a keystroke does not wait for many.</summary>
    internal int ObjectsToBuild
    {
        get
        {
            DeploymentPlan plan = _made?.Plan is { } made && made.IsOf(this) ? made : _madeBefore?.Plan is { } before && before.IsOf(this) ? before : DeploymentPlan.Of(this);
            int count = 0;
            foreach (DeployedRoot root in plan.Roots)
            {
                foreach (string path in root.Reach.Files)
                {
                    count += File(path)?.Manifest.Documents.Length ?? 0;
                }
            }
            return count;
        }
    }

    /// <summary>True for a file that only goes into what kustomizations build, and is not deployed as it is.</summary>
    public bool IsBuiltFrom(string path) => Deploy() is { } made && !made.From(path).IsEmpty;

    /// <summary>Files and folders that kustomizations name and the workspace does not have, by path.</summary>
    public ImmutableArray<string> MissingOfKustomizations()
    {
        if (_kustomizations.IsEmpty)
        {
            return [];
        }
        var byFolder = KustomizeReach.ByFolder(_kustomizations);
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((ManifestDocument document, string path) in _kustomizations)
        {
            if (KustomizedFiles.IsOwn(document))
            {
                missing.UnionWith(KustomizeReach.Listed(path, document, KustomizeReach.AllLists).Where(named => !Files.ContainsKey(named) && !byFolder.ContainsKey(named)));
            }
        }
        return [.. missing];
    }

    internal Workspace AsDeployed(Deployment deployment)
    {
        _deployment = deployment;
        return this;
    }

    private void TakeDeployment(Workspace before) => _madeBefore = before._made ?? before._madeBefore;
}

/// <summary>A place in a file of the workspace.</summary>
/// <param name="Slot">Its document; for a patch in a kustomization's text the one that stands for it.</param>
public sealed record SourcePlace(string Path, DocumentSlot Slot, TextSpan Span)
{
    public LineRange Range => Slot.RangeOf(Span);
}
