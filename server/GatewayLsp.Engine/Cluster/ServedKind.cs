using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster;

/// <summary>What a server lets be done to a kind, whoever asks.</summary>
[Flags]
public enum KindVerbs : byte
{
    None = 0,
    Get = 1,
    List = 2,
    Watch = 4,
    Create = 8,
    Update = 16,
    Patch = 32,
    Delete = 64,
    All = 127,
}

/// <summary>One version of a kind as an API server serves it. Enough to make a URL.</summary>
/// <param name="Plural">The resource's name in URLs, e.g. <c>httproutes</c>.</param>
public sealed record ServedKind(Gvk Gvk, string Plural, bool IsNamespaced)
{
    public static readonly ServedKind Namespace = new(new Gvk("", "v1", "Namespace"), "namespaces", false);

    public static readonly ServedKind CustomResourceDefinition =
        new(new Gvk("apiextensions.k8s.io", "v1", "CustomResourceDefinition"), "customresourcedefinitions", false);

    public KindVerbs Verbs { get; init; } = KindVerbs.All;

    public bool HasStatus { get; init; }

    /// <summary>The version that the server names first among those of the kind.</summary>
    public bool IsPreferred { get; init; } = true;

    public string Group => Gvk.Group;

    public string Version => Gvk.Version;

    public string Kind => Gvk.Kind;

    public GroupKind GroupKind => new(Gvk.Group, Gvk.Kind);

    /// <summary>Kinds whose content is secret or large: watched as metadata only.</summary>
    public bool IsMetadataOnlyByDefault => (Gvk.Group.Length == 0 && (Gvk.Kind is "Secret" or "ConfigMap")) || GroupKind == CustomResourceDefinition.GroupKind;

    public static ServedKind Of(ResourceKind kind) => new(kind.Gvk, kind.Plural, kind.Scope == ResourceScope.Namespaced);

    public override string ToString() => Gvk.ToString();
}

/// <summary>Names one object at a server, in one version. <c>Namespace</c> is empty for cluster-scoped kinds.</summary>
public readonly record struct ResourceAddress(ServedKind Kind, string Namespace, string Name)
{
    public ObjectKey Key => new(Kind.Group, Kind.Kind, Namespace, Name);

    public override string ToString() => Key.ToString();
}
