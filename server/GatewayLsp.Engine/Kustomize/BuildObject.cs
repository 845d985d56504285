using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>What an object was called at some time of the build.</summary>
internal readonly record struct BuildIdentity(string Kind, string Namespace, string Name)
{
    public string EffectiveNamespace => Namespace.Length == 0 ? "default" : Namespace;
}

/// <summary>An object on its way through kustomizations. What it was called before is kept: patches and references still call it so.</summary>
internal sealed class BuildObject(BuildMapping root)
{
    private readonly List<BuildIdentity> _former = [];

    public BuildMapping Root { get; } = root;

    /// <summary>Made by <c>configMapGenerator</c> or <c>secretGenerator</c>; a digest of what is in it is put behind its name.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>What was put around its name, innermost first.</summary>
    public List<string> Prefixes { get; } = [];

    public List<string> Suffixes { get; } = [];

    public string Kind => Root.TextAt("kind") ?? "";

    public string Name => Root.TextAt("metadata", "name") ?? "";

    public string Namespace => Root.TextAt("metadata", "namespace") ?? "";

    public (string Group, string Version) GroupVersion => Split(Root.TextAt("apiVersion") ?? "");

    public BuildIdentity Identity => new(Kind, Namespace, Name);

    public IReadOnlyList<BuildIdentity> Former => _former;

    /// <summary>What it is called and was called.</summary>
    public IEnumerable<BuildIdentity> Identities => _former.Append(Identity);

    public void Remember() => _former.Add(Identity);

    /// <summary>The same for what it was called before it was changed.</summary>
    public void Recall(BuildIdentity before) => _former.Add(before);

    public static (string Group, string Version) Split(string apiVersion) =>
        apiVersion.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (apiVersion[..slash], apiVersion[(slash + 1)..]) : ("", apiVersion);

    /// <summary>False for kinds of the cluster itself, as far as they are known.</summary>
    public bool IsNamespaced()
    {
        (string group, string version) = GroupVersion;
        return SchemaCatalog.Bundled.Kind(new Gvk(group, version, Kind))?.Scope != ResourceScope.Cluster && !ClusterKinds.Contains(Kind);
    }

    private static readonly ImmutableHashSet<string> ClusterKinds = [
        "Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "APIService", "StorageClass", "PriorityClass",
        "IngressClass", "RuntimeClass", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
        "CertificateSigningRequest", "CSIDriver", "CSINode", "VolumeAttachment", "FlowSchema", "PriorityLevelConfiguration"];
}
