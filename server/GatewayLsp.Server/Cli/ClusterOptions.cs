using System.Collections.Immutable;
using System.CommandLine;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Server.Cli;

/// <summary>Options of the commands that talk to clusters, and the directory that follows from them.</summary>
internal static class ClusterOptions
{
    public static Option<string?> Kubeconfig() => new("--kubeconfig")
    {
        Description = "The kubeconfig to read instead of those in KUBECONFIG or ~/.kube/config.",
        HelpName = "FILE",
    };

    public static Option<string[]> Contexts(string description) => new("--context")
    {
        Description = description,
        HelpName = "CONTEXT",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The clusters that the kubeconfig offers. The caller disposes of it.</summary>
    public static ClusterDirectory Open(string? kubeconfig, ClusterSettings settings, Terminal terminal)
    {
        ImmutableArray<string> files = kubeconfig is null ? [] : [kubeconfig];
        return new ClusterDirectory(KubeconfigLocation.FromEnvironment(files, terminal.Variable, terminal.Folder), settings, Trusted.Instance);
    }
}
