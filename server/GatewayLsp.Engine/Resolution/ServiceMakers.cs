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
        return !resolver.Objects(new ObjectKey("serving.knative.dev", "Service", service.Namespace, service.Name)).IsEmpty;
    }
}
