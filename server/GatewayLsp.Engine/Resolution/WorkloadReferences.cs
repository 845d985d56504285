using System.Collections.Immutable;

namespace GatewayLsp.Engine.Resolution;

/// <summary>The places where workloads name what their pods are run with. Without them a renamed ConfigMap would leave pods behind.</summary>
internal static class WorkloadReferences
{
    /// <summary>The places of each kind that runs pods.</summary>
    public static IEnumerable<((string Group, string Kind) Kind, ImmutableArray<ReferenceRule> Rules)> All()
    {
        ImmutableArray<ReferenceRule> template = OfPod("spec.template.spec.");
        yield return (("", "Pod"), OfPod("spec."));
        yield return (("batch", "CronJob"), OfPod("spec.jobTemplate.spec.template.spec."));
        foreach ((string, string) kind in ((string, string)[])[("apps", "Deployment"), ("apps", "DaemonSet"), ("apps", "ReplicaSet"), ("batch", "Job"), ("argoproj.io", "Rollout")])
        {
            yield return (kind, template);
        }
        yield return (("apps", "StatefulSet"), [Name("spec.serviceName", "Service"), .. template]);
    }

    private static ImmutableArray<ReferenceRule> OfPod(string pod) =>
    [
        Name(pod + "volumes[].secret.secretName", "Secret"),
        Name(pod + "volumes[].configMap.name", "ConfigMap"),
        Name(pod + "volumes[].projected.sources[].secret.name", "Secret"),
        Name(pod + "volumes[].projected.sources[].configMap.name", "ConfigMap"),
        Name(pod + "imagePullSecrets[].name", "Secret"),
        Name(pod + "serviceAccountName", "ServiceAccount"),
        .. OfContainer(pod + "containers[]."),
        .. OfContainer(pod + "initContainers[]."),
    ];

    private static ImmutableArray<ReferenceRule> OfContainer(string container) =>
    [
        Name(container + "envFrom[].secretRef.name", "Secret"),
        Name(container + "envFrom[].configMapRef.name", "ConfigMap"),
        Name(container + "env[].valueFrom.secretKeyRef.name", "Secret"),
        Name(container + "env[].valueFrom.configMapKeyRef.name", "ConfigMap"),
    ];

    private static ReferenceRule Name(string path, string kind) => new(PathStep.Parse(path), ReferenceRole.Use, ReferenceShape.Name, "", kind);
}
