using System.Collections.Immutable;

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

    /// <summary>What it was called first.</summary>
    public BuildIdentity Original => _former.Count > 0 ? _former[0] : Identity;

    /// <summary>
    /// False for kinds of the cluster itself that kustomize knows as such. Of others, such as GatewayClass, it does not know, and gives
    /// them a namespace; the API server drops it.
    /// </summary>
    public bool IsNamespaced() => !ClusterKinds.TryGetValue(Kind, out string? group) || group != GroupVersion.Group;

    private static readonly ImmutableDictionary<string, string> ClusterKinds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Namespace"] = "", ["Node"] = "", ["PersistentVolume"] = "", ["ComponentStatus"] = "",
        ["MutatingWebhookConfiguration"] = "admissionregistration.k8s.io", ["ValidatingWebhookConfiguration"] = "admissionregistration.k8s.io",
        ["CustomResourceDefinition"] = "apiextensions.k8s.io", ["APIService"] = "apiregistration.k8s.io", ["CertificateSigningRequest"] = "certificates.k8s.io",
        ["FlowSchema"] = "flowcontrol.apiserver.k8s.io", ["PriorityLevelConfiguration"] = "flowcontrol.apiserver.k8s.io", ["IngressClass"] = "networking.k8s.io",
        ["RuntimeClass"] = "node.k8s.io", ["ClusterRole"] = "rbac.authorization.k8s.io", ["ClusterRoleBinding"] = "rbac.authorization.k8s.io",
        ["PriorityClass"] = "scheduling.k8s.io", ["CSIDriver"] = "storage.k8s.io", ["CSINode"] = "storage.k8s.io", ["StorageClass"] = "storage.k8s.io",
        ["VolumeAttachment"] = "storage.k8s.io",
    }.ToImmutableDictionary(StringComparer.Ordinal);
}
