namespace GatewayLsp.Engine.Cluster;

/// <summary>Who runs a cluster, as far as that can be told from outside.</summary>
public enum ClusterProvider : byte { Other, Eks, Gke }

/// <summary>
/// One cluster as the user names it: a context of the kubeconfig, and what is known of it without asking it. Everything that
/// touches a cluster names its target; there is no current one.
/// </summary>
/// <param name="Context">Name of the context in the kubeconfig; unique. May hold <c>:</c> and <c>/</c>.</param>
public sealed record ClusterTarget(string Context)
{
    public ClusterProvider Provider { get; init; }

    /// <summary>Short text for people, e.g. <c>primary (EKS, ap-northeast-2)</c>.</summary>
    public string Label { get; init; } = Context;

    /// <summary>The cluster's short name: <c>primary</c> of an ARN or of <c>gke_PROJECT_LOCATION_primary</c>, else the kubeconfig's name for it.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>URL of the API server without user, query or fragment; empty when unknown.</summary>
    public string Server { get; init; } = "";

    /// <summary>Region or zone, when the names tell it.</summary>
    public string? Region { get; init; }

    /// <summary>AWS account or Google Cloud project, when the names tell it.</summary>
    public string? Account { get; init; }

    /// <summary>Namespace of objects that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The user's word for what the cluster is there for (<c>primary</c>, <c>remote</c>, <c>config</c> ...); by setting only.</summary>
    public string? Role { get; init; }

    /// <summary>Why whoever answers need not be the cluster (<c>insecure-skip-tls-verify</c>, no TLS), in words; null when its certificate is checked.</summary>
    public string? Insecurity { get; init; }

    /// <summary>True when writing asks for the context's name to be typed; by setting only.</summary>
    public bool IsProtected { get; init; }
}
