using System.Collections.Immutable;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// All kinds that are known: the bundled ones and those that CustomResourceDefinitions of the workspace add. Immutable and
/// thread-safe; schemas are decoded when first asked for and then shared.
/// </summary>
/// <remarks>
/// A CRD of the workspace replaces a bundled kind of the same group, version and kind, unless that kind is of Gateway API,
/// of a provider or built into Kubernetes: workspaces often carry the Gateway API bundle of some release, and the chosen channel
/// must not depend on which; the kinds of GKE come with the cluster, whatever copy of them a repository holds; built-in kinds
/// can't be defined by CRDs at all.
/// </remarks>
public sealed class SchemaCatalog
{
    /// <summary>Release of Gateway API that the bundled kinds are of.</summary>
    public const string GatewayApiVersion = "1.6";

    private static readonly Lazy<SchemaCatalog> BundledCatalog = new(static () => new SchemaCatalog(SchemaPack.ReadEmbedded()));

    private readonly SchemaPack _pack;
    private readonly Dictionary<Gvk, int> _bundled;
    private readonly Dictionary<Gvk, CustomKind> _custom;
    private readonly Dictionary<string, ImmutableArray<ResourceKind>> _byName;
    private readonly HashSet<string> _groups;

    internal SchemaCatalog(SchemaPack pack)
        : this(pack, IndexBundled(pack), [])
    {
    }

    private SchemaCatalog(SchemaPack pack, Dictionary<Gvk, int> bundled, Dictionary<Gvk, CustomKind> custom, bool isOfCluster = false)
    {
        _pack = pack;
        _bundled = bundled;
        _custom = custom;
        IsOfCluster = isOfCluster;
        Kinds = [.. pack.Kinds.Where(kind => bundled.ContainsKey(kind.Gvk) && !custom.ContainsKey(kind.Gvk)), .. custom.Values.Select(one => one.Kind).OrderBy(one => one.Gvk.ToString(), StringComparer.Ordinal)];
        _byName = Kinds.GroupBy(kind => kind.Kind, StringComparer.Ordinal).ToDictionary(named => named.Key, named => named.ToImmutableArray(), StringComparer.Ordinal);
        _groups = Kinds.Select(kind => kind.Group).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The kinds that come with the program.</summary>
    public static SchemaCatalog Bundled => BundledCatalog.Value;

    /// <summary>True when kinds are as a cluster defines them: then its release of Gateway API counts, not the bundled one.</summary>
    public bool IsOfCluster { get; }

    /// <summary>Every known version of every kind, those served nowhere included; the preferred version of a kind first.</summary>
    public ImmutableArray<ResourceKind> Kinds { get; }

    /// <summary>
    /// Schema of the whole object (<c>apiVersion</c>, <c>kind</c>, <c>metadata</c>, <c>spec</c>, ...) as the channel serves it;
    /// null when the channel does not serve the kind.
    /// </summary>
    public SchemaNode? Find(Gvk gvk, Channel channel)
    {
        if (_custom.TryGetValue(gvk, out var custom))
        {
            return custom.Kind.IsServed(channel) ? custom.Schema : null;
        }

        return _bundled.TryGetValue(gvk, out var index) && _pack.Kinds[index].IsServed(channel)
            ? _pack.ReadRoot(index, channel)
            : null;
    }

    /// <summary>Schema even when no channel serves the kind (any more): for hovers, never for verdicts.</summary>
    public SchemaNode? FindAny(Gvk gvk)
    {
        if (_custom.TryGetValue(gvk, out var custom))
        {
            return custom.Schema;
        }

        return _bundled.TryGetValue(gvk, out var index) ? _pack.ReadRoot(index, Channel.Experimental) : null;
    }

    public ResourceKind? Kind(Gvk gvk) =>
        _custom.TryGetValue(gvk, out var custom) ? custom.Kind
        : _bundled.TryGetValue(gvk, out var index) ? _pack.Kinds[index]
        : null;

    /// <summary>All versions of all kinds of this name, in any group.</summary>
    public ImmutableArray<ResourceKind> KindsNamed(string kind) => _byName.GetValueOrDefault(kind, []);

    /// <summary>True for the groups of Gateway API. Of these we know all kinds; of any other group there may be more than we know.</summary>
    public static bool IsGatewayApiGroup(string group) => group is "gateway.networking.k8s.io" or "gateway.networking.x-k8s.io";

    /// <summary>True for the groups whose known kinds have no versions but the known ones; other kinds they may have.</summary>
    public static bool KnowsVersions(string group) => IsGatewayApiGroup(group) || group is "multicluster.x-k8s.io" or "net.gke.io";

    /// <summary>The same for one kind: of one that the workspace defines, the definition has all versions.</summary>
    public bool KnowsVersions(string group, string kind)
    {
        if (KnowsVersions(group))
        {
            return true;
        }
        foreach (var known in KindsNamed(kind))
        {
            if (known.Group == group && known.Origin == KindOrigin.Custom)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True when at least one kind of the group is known.</summary>
    public bool KnownGroup(string group) => _groups.Contains(group);

    /// <summary>The version to write for a kind: served by the channel, the preferred one first.</summary>
    public ResourceKind? Preferred(string group, string kind, Channel channel)
    {
        ResourceKind? best = null;
        foreach (var candidate in KindsNamed(kind))
        {
            if (candidate.Group == group && candidate.IsServed(channel) && (best is null || (candidate.IsPreferred && !best.IsPreferred)))
            {
                best = candidate;
            }
        }

        return best;
    }

    /// <summary>Whether the channel serves the kind, and if not, why not and what to use.</summary>
    public KindVerdict Explain(Gvk gvk, Channel channel) => KindExplainer.Explain(this, gvk, channel);

    /// <summary>A catalogue with these kinds in place of the custom ones of this one. The bundled part is shared.</summary>
    public SchemaCatalog With(IEnumerable<CustomKind> customKinds)
    {
        var custom = new Dictionary<Gvk, CustomKind>();
        foreach (var kind in customKinds)
        {
            if (!IsProtected(kind.Kind.Gvk))
            {
                // The last definition wins, as it would on a cluster that got them in this order.
                custom[kind.Kind.Gvk] = kind;
            }
        }

        return custom.Count == 0 && _custom.Count == 0 ? this : new SchemaCatalog(_pack, _bundled, custom);
    }

    /// <summary>
    /// The kinds of this catalogue as a cluster has them: those that it defines take the place of ours, with all their versions.
    /// What we know of their fields beside the structure is kept.
    /// </summary>
    /// <param name="isComplete">The cluster has no other kinds of Gateway API than these.</param>
    internal SchemaCatalog Replacing(IEnumerable<CustomKind> kinds, bool isComplete)
    {
        var custom = new Dictionary<Gvk, CustomKind>();
        var names = new HashSet<(string, string)>();
        foreach (var kind in kinds)
        {
            var gvk = kind.Kind.Gvk;
            if (_bundled.TryGetValue(gvk, out var index) && _pack.Kinds[index].Origin == KindOrigin.Kubernetes)
            {
                continue;
            }
            custom[gvk] = SchemaAnnotations.Annotate(kind, Kind(gvk), FindAny(gvk));
            names.Add((gvk.Group, gvk.Kind));
        }
        if (custom.Count == 0)
        {
            return this;
        }
        foreach ((var gvk, var known) in _custom)
        {
            if (!names.Contains((gvk.Group, gvk.Kind)))
            {
                custom[gvk] = known;
            }
        }
        var bundled = _bundled
            .Where(one => !names.Contains((one.Key.Group, one.Key.Kind)) && !(isComplete && IsGatewayApiGroup(one.Key.Group)))
            .ToDictionary();
        return new SchemaCatalog(_pack, bundled, custom, isOfCluster: true);
    }

    private static Dictionary<Gvk, int> IndexBundled(SchemaPack pack) =>
        pack.Kinds.Select((kind, index) => KeyValuePair.Create(kind.Gvk, index)).ToDictionary();

    private bool IsProtected(Gvk gvk) =>
        _bundled.TryGetValue(gvk, out var index) && (_pack.Kinds[index].Origin is KindOrigin.GatewayApi or KindOrigin.Kubernetes || gvk.Group is "networking.gke.io" or "net.gke.io");
}
