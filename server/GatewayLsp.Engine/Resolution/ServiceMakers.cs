using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Objects from which tools and controllers make Services in the cluster, which then are in no file.</summary>
internal static class ServiceMakers
{
    /// <summary>What is made of charts and applications, names and namespaces too, nobody sees without rendering them.</summary>
    private static readonly (string Group, string Kind)[] Opaque =
    [
        ("helm.toolkit.fluxcd.io", "HelmRelease"), ("kustomize.toolkit.fluxcd.io", "Kustomization"), ("helm.cattle.io", "HelmChart"),
        ("argoproj.io", "Application"), ("argoproj.io", "ApplicationSet"), ("k0s.k0sproject.io", "ClusterConfig"),
    ];

    /// <summary>Groups whose objects are about Services that others make. Any other custom resource may be an operator's, which makes Services of its name.</summary>
    private static readonly string[] NotOperators =
    [
        "k8s.io", "gke.io", "istio.io", "k8s.aws", "cert-manager.io", "external-secrets.io", "gateway.envoyproxy.io", "cilium.io", "linkerd.io",
    ];

    /// <summary>Operators that name Services by themselves.</summary>
    private static readonly (string Group, string Kind, string Service)[] Fixed =
    [
        ("monitoring.coreos.com", "Prometheus", "prometheus-operated"), ("monitoring.coreos.com", "Alertmanager", "alertmanager-operated"),
        ("monitoring.coreos.com", "ThanosRuler", "thanos-ruler-operated"), ("minio.min.io", "Tenant", "minio"),
    ];

    /// <summary>True when something among the files may make that Service.</summary>
    public static bool MayMake(Dependencies resolver, ObjectRef service)
    {
        if (service.Kind != "Service" || resolver.IsComplete)
        {
            return false;
        }
        foreach ((string group, string kind) in Opaque)
        {
            if (!resolver.KindObjects(group, kind).IsEmpty)
            {
                return true;
            }
        }
        return !resolver.Objects(new ObjectKey("serving.knative.dev", "Service", service.Namespace, service.Name)).IsEmpty
            || resolver.Ask(snapshot => new Answer(service.Namespace, service.Name, IsOfOperator(snapshot.Index, service.Namespace, service.Name))).IsOfOperator;
    }

    private static bool IsOfOperator(ResourceIndex index, string ns, string service)
    {
        foreach ((string group, string kind) in index.Kinds)
        {
            // Those of Kubernetes itself have no dot, or end in its own domain.
            if (group.Contains('.', StringComparison.Ordinal) && !Array.Exists(NotOperators, one => group == one || group.EndsWith("." + one, StringComparison.Ordinal))
                && index.Names(group, kind).In(ns, index.Kind(group, kind)).Any(name => IsNamedAfter(service, name) || Array.IndexOf(Fixed, (group, kind, service)) >= 0))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True for <c>pg</c> and <c>pg-rw</c> of an object <c>pg</c>.</summary>
    private static bool IsNamedAfter(string service, string owner) =>
        service.StartsWith(owner, StringComparison.Ordinal) && (service.Length == owner.Length || service[owner.Length] == '-');

    private sealed class Answer(string ns, string service, bool isOfOperator) : IRememberedAnswer
    {
        public bool IsOfOperator => isOfOperator;

        public bool HoldsIn(Resolver later) => ServiceMakers.IsOfOperator(later.Index, ns, service) == isOfOperator;
    }
}
