using GatewayLsp.Testing;
using GatewayLsp.Testing.Clusters;

namespace GatewayLsp.Cli.Tests;

/// <summary>The cluster for the tests of a class, and a command line that finds it.</summary>
public sealed class AnyClusterFixture : IDisposable
{
    internal AnyCluster Cluster { get; } = new();

    internal CliHost Host()
    {
        var host = new CliHost();
        host.Variables["KUBECONFIG"] = Cluster.Kubeconfig;
        host.Variables["PATH"] = AnyCluster.SearchPath;
        // Credential plugins of a named cluster have their files at home.
        host.Variables["HOME"] = AnyClusterFactAttribute.Named is null ? host.Folder : AnyCluster.Home;
        host.Variables["XDG_STATE_HOME"] = Path.Combine(host.Folder, "state");
        return host;
    }

    public void Dispose() => Cluster.Dispose();
}
