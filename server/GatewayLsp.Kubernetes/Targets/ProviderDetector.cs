using GatewayLsp.Engine.Cluster;

namespace GatewayLsp.Kubernetes.Targets;

/// <summary>What a name or ARN of a cluster tells.</summary>
internal readonly record struct ClusterName(string Short, string? Region, string? Account)
{
    /// <summary>
    /// EKS: <c>arn:PARTITION:eks:REGION:ACCOUNT:cluster/NAME</c>, eksctl's <c>NAME.REGION.eksctl.io</c>. GKE:
    /// <c>gke_PROJECT_LOCATION_NAME</c>, fleets' <c>connectgateway_PROJECT_LOCATION_NAME</c>. Anything else is its own short name.
    /// </summary>
    public static ClusterName Parse(string name)
    {
        string[] parts = name.Split(':', 6);
        if (parts is ["arn", _, "eks", var region, var account, var resource] && resource.StartsWith("cluster/", StringComparison.Ordinal)
            && resource.Length > "cluster/".Length)
        {
            return new ClusterName(resource["cluster/".Length..], NullIfEmpty(region), NullIfEmpty(account));
        }
        // Projects and locations have no underscore, names neither.
        parts = name.Split('_');
        if (parts is ["gke" or "connectgateway", { Length: > 0 } project, { Length: > 0 } location, { Length: > 0 } cluster])
        {
            return new ClusterName(cluster, location, project);
        }
        int user = name.LastIndexOf('@');
        string[] labels = name[(user + 1)..].Split('.');
        if (labels is [{ Length: > 0 } eksctl, { Length: > 0 } place, "eksctl", "io"])
        {
            return new ClusterName(eksctl, place, null);
        }
        return new ClusterName(name, null, null);
    }

    public static bool IsEks(string name) =>
        name.StartsWith("arn:aws", StringComparison.Ordinal) && name.Contains(":eks:", StringComparison.Ordinal) || name.EndsWith(".eksctl.io", StringComparison.Ordinal);

    public static bool IsGke(string name) =>
        name.StartsWith("gke_", StringComparison.Ordinal) || name.StartsWith("connectgateway_", StringComparison.Ordinal);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

/// <summary>Tells who runs a cluster: by the credential plugin, the server's host, its version, and last the names.</summary>
internal static class ProviderDetector
{
    public static ClusterProvider Detect(ExecPlugin? exec, string server, string? version, params ReadOnlySpan<string> names)
    {
        if (exec is not null && OfPlugin(exec) is { } byPlugin)
        {
            return byPlugin;
        }
        if (OfHost(server) is { } byHost)
        {
            return byHost;
        }
        if (version is not null && OfVersion(version) is { } byVersion)
        {
            return byVersion;
        }
        foreach (string name in names)
        {
            if (ClusterName.IsEks(name))
            {
                return ClusterProvider.Eks;
            }
            if (ClusterName.IsGke(name))
            {
                return ClusterProvider.Gke;
            }
        }
        return ClusterProvider.Other;
    }

    /// <summary><c>v1.36.4-eks-1a2b3c4</c>, <c>v1.36.4-gke.1000</c>.</summary>
    public static ClusterProvider? OfVersion(string version) =>
        version.Contains("-eks-", StringComparison.Ordinal) ? ClusterProvider.Eks
        : version.Contains("-gke.", StringComparison.Ordinal) ? ClusterProvider.Gke
        : null;

    private static ClusterProvider? OfPlugin(ExecPlugin exec)
    {
        string command = exec.Command[(exec.Command.LastIndexOfAny(['/', '\\']) + 1)..];
        if (command.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))
        {
            command = command[..^4];
        }
        return command switch
        {
            "aws-iam-authenticator" or "heptio-authenticator-aws" => ClusterProvider.Eks,
            "aws" or "aws2" or "aws-vault" when exec.Arguments.Contains("eks") => ClusterProvider.Eks,
            "gke-gcloud-auth-plugin" => ClusterProvider.Gke,
            _ => null,
        };
    }

    private static ClusterProvider? OfHost(string server)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out Uri? url))
        {
            return null;
        }
        string host = url.Host;
        if (host.EndsWith(".eks.amazonaws.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".eks.amazonaws.com.cn", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".api.aws", StringComparison.OrdinalIgnoreCase) && host.Contains(".eks.", StringComparison.OrdinalIgnoreCase))
        {
            return ClusterProvider.Eks;
        }
        return host.EndsWith(".gke.goog", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith("connectgateway.googleapis.com", StringComparison.OrdinalIgnoreCase)
            ? ClusterProvider.Gke
            : null;
    }
}
