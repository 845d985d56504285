namespace GatewayLsp.Engine.Schemas;

public enum ResourceScope : byte
{
    Namespaced,
    Cluster,
}

/// <summary>Who defines a kind.</summary>
public enum KindOrigin : byte
{
    GatewayApi,

    /// <summary>Built into Kubernetes.</summary>
    Kubernetes,
    MultiCluster,
    Gke,

    /// <summary>A CustomResourceDefinition of the workspace.</summary>
    Custom,
}

/// <summary>One version of a kind: its names and where it is served.</summary>
public sealed record ResourceKind(Gvk Gvk, string Plural, ResourceScope Scope, KindOrigin Origin)
{
    public string Group => Gvk.Group;

    public string Version => Gvk.Version;

    public string Kind => Gvk.Kind;

    public string? Description => Doc.Value;

    /// <summary>Page that explains the kind.</summary>
    public string? Link { get; init; }

    public string? Since { get; init; }

    public bool ServedInStandard { get; init; }

    public bool ServedInExperimental { get; init; }

    /// <summary>The version to offer first among those of its kind.</summary>
    public bool IsPreferred { get; init; }

    /// <summary>What to use instead, in a sentence; null when the version is not deprecated.</summary>
    public string? Deprecation { get; init; }

    /// <summary>Known from earlier releases, served nowhere in the bundled one.</summary>
    public bool IsLegacy => !ServedInStandard && !ServedInExperimental;

    /// <summary>Served by the experimental channel only.</summary>
    public bool IsExperimental => ServedInExperimental && !ServedInStandard;

    internal LazyText Doc { get; init; }

    public bool IsServed(Channel channel) => channel == Channel.Standard ? ServedInStandard : ServedInExperimental;
}
