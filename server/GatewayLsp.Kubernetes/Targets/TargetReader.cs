using GatewayLsp.Engine.Cluster;

namespace GatewayLsp.Kubernetes.Targets;

/// <summary>Makes targets of contexts: provider, short names, labels; settings win.</summary>
internal static class TargetReader
{
    public static ClusterTarget Read(Kubeconfig kubeconfig, KubeContext context, ClusterSettings settings)
    {
        KubeCluster? cluster = kubeconfig.Clusters.GetValueOrDefault(context.Cluster);
        KubeUser? user = kubeconfig.Users.GetValueOrDefault(context.User);
        ContextSettings? own = settings.Contexts.GetValueOrDefault(context.Name);
        string server = PublicUrl(cluster?.Server);
        ClusterProvider provider = own?.Provider ?? ProviderDetector.Detect(user?.Exec, server, null, context.Cluster, context.Name);
        ClusterName byCluster = ClusterName.Parse(context.Cluster);
        ClusterName byContext = ClusterName.Parse(context.Name);
        string? region = byCluster.Region ?? byContext.Region ?? RegionOf(server) ?? Argument(user?.Exec, "--region");
        var target = new ClusterTarget(context.Name)
        {
            Provider = provider,
            Cluster = byCluster.Short,
            Server = server,
            Region = region,
            Account = byCluster.Account ?? byContext.Account,
            Namespace = context.Namespace ?? "default",
            Insecurity = cluster is { SkipsTlsVerification: true } ? "its certificate is not checked: insecure-skip-tls-verify"
                : server.StartsWith("http:", StringComparison.Ordinal) ? "it is reached without TLS" : null,
            Role = own?.Role,
            IsProtected = own?.IsProtected ?? false,
        };
        // The context's own name says more than the cluster's: several users may share one cluster.
        return target with { Label = own?.Label ?? LabelOf(byContext.Short, provider, region) };
    }

    /// <summary>The target with what its version tells, when nothing better did.</summary>
    public static ClusterTarget WithVersion(ClusterTarget target, Kubeconfig kubeconfig, ClusterSettings settings, string version)
    {
        if (kubeconfig.Context(target.Context) is not { } context || settings.Contexts.GetValueOrDefault(target.Context)?.Provider is not null)
        {
            return target;
        }
        ClusterProvider provider = ProviderDetector.Detect(kubeconfig.Users.GetValueOrDefault(context.User)?.Exec, target.Server, version, context.Cluster, context.Name);
        if (provider == target.Provider)
        {
            return target;
        }
        string label = settings.Contexts.GetValueOrDefault(target.Context)?.Label ?? LabelOf(ClusterName.Parse(target.Context).Short, provider, target.Region);
        return target with { Provider = provider, Label = label };
    }

    /// <summary>A URL without what may be secret or untrue in it.</summary>
    public static string PublicUrl(string? server) =>
        Uri.TryCreate(server, UriKind.Absolute, out Uri? url) && url.Scheme is "https" or "http"
            ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
            : "";

    private static string LabelOf(string name, ClusterProvider provider, string? region)
    {
        string? company = provider switch
        {
            ClusterProvider.Eks => "EKS",
            ClusterProvider.Gke => "GKE",
            _ => null,
        };
        return (company, region) switch
        {
            (null, null) => name,
            (null, _) => $"{name} ({region})",
            (_, null) => $"{name} ({company})",
            _ => $"{name} ({company}, {region})",
        };
    }

    /// <summary><c>https://ID.gr7.REGION.eks.amazonaws.com</c>.</summary>
    private static string? RegionOf(string server)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out Uri? url))
        {
            return null;
        }
        string[] labels = url.Host.Split('.');
        int eks = Array.IndexOf(labels, "eks");
        return eks > 0 && url.Host.Contains("amazonaws", StringComparison.OrdinalIgnoreCase) ? labels[eks - 1] : null;
    }

    private static string? Argument(ExecPlugin? exec, string name)
    {
        if (exec is null)
        {
            return null;
        }
        int at = exec.Arguments.IndexOf(name);
        return at >= 0 && at + 1 < exec.Arguments.Length && exec.Arguments[at + 1] is { Length: > 0 and < 64 } value ? value : null;
    }
}
