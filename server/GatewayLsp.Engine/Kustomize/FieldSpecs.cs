using System.Collections.Immutable;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>The fields that kustomize's own transformers change (facts after its version 5).</summary>
internal static class FieldSpecs
{
    private const string PodAffinity = "spec/template/spec/affinity";
    private const string Term = "podAffinityTerm/";

    /// <summary>Labels of objects alone.</summary>
    public static readonly ImmutableArray<FieldSpec> Labels = [new(null, null, null, "metadata/labels", true)];

    /// <summary>Of objects and of what they make.</summary>
    public static readonly ImmutableArray<FieldSpec> TemplateLabels =
    [
        .. Labels,
        .. Made("labels"),
        new("apps", null, "StatefulSet", "spec/template/metadata/labels", true),
        new("apps", null, "StatefulSet", "spec/volumeClaimTemplates[]/metadata/labels", true),
    ];

    /// <summary>And of what selects by labels.</summary>
    public static readonly ImmutableArray<FieldSpec> SelectorLabels =
    [
        new(null, "v1", "Service", "spec/selector", true),
        new(null, "v1", "ReplicationController", "spec/selector", true),
        new(null, null, "Deployment", "spec/selector/matchLabels", true),
        new(null, null, "ReplicaSet", "spec/selector/matchLabels", true),
        new(null, null, "DaemonSet", "spec/selector/matchLabels", true),
        new("apps", null, "StatefulSet", "spec/selector/matchLabels", true),
        .. Affinities("Deployment"),
        .. Affinities("StatefulSet"),
        new("batch", null, "Job", "spec/selector/matchLabels", false),
        new("batch", null, "CronJob", "spec/jobTemplate/spec/selector/matchLabels", false),
        new("policy", null, "PodDisruptionBudget", "spec/selector/matchLabels", false),
        new("networking.k8s.io", null, "NetworkPolicy", "spec/podSelector/matchLabels", false),
        new("networking.k8s.io", null, "NetworkPolicy", "spec/ingress/from/podSelector/matchLabels", false),
        new("networking.k8s.io", null, "NetworkPolicy", "spec/egress/to/podSelector/matchLabels", false),
        .. TemplateLabels,
    ];

    public static readonly ImmutableArray<FieldSpec> Annotations =
    [
        new(null, null, null, "metadata/annotations", true),
        .. Made("annotations"),
        new(null, null, "StatefulSet", "spec/template/metadata/annotations", true),
    ];

    /// <summary>Names of namespaces in other places than <c>metadata.namespace</c>.</summary>
    public static readonly ImmutableArray<FieldSpec> Namespaces =
    [
        new("", "v1", "Namespace", "metadata/name", true),
        new("apiregistration.k8s.io", null, "APIService", "spec/service/namespace", true),
        new("apiextensions.k8s.io", null, "CustomResourceDefinition", "spec/conversion/webhook/clientConfig/service/namespace", false),
    ];

    public static readonly ImmutableArray<FieldSpec> Replicas =
    [
        .. ((string[])["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"]).Select(static kind => new FieldSpec(null, null, kind, "spec/replicas", true)),
    ];

    private static IEnumerable<FieldSpec> Made(string what) =>
    [
        new(null, "v1", "ReplicationController", $"spec/template/metadata/{what}", true),
        new(null, null, "Deployment", $"spec/template/metadata/{what}", true),
        new(null, null, "ReplicaSet", $"spec/template/metadata/{what}", true),
        new(null, null, "DaemonSet", $"spec/template/metadata/{what}", true),
        new("batch", null, "Job", $"spec/template/metadata/{what}", true),
        new("batch", null, "CronJob", $"spec/jobTemplate/metadata/{what}", true),
        new("batch", null, "CronJob", $"spec/jobTemplate/spec/template/metadata/{what}", true),
    ];

    private static IEnumerable<FieldSpec> Affinities(string kind)
    {
        foreach (string affinity in (string[])["podAffinity", "podAntiAffinity"])
        {
            yield return new("apps", null, kind, $"{PodAffinity}/{affinity}/preferredDuringSchedulingIgnoredDuringExecution/{Term}labelSelector/matchLabels", false);
            yield return new("apps", null, kind, $"{PodAffinity}/{affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", false);
        }
        yield return new("apps", null, kind, "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", false);
    }
}
