using GatewayLsp.Testing.Sandboxes;

namespace GatewayLsp.Cli.Tests;

/// <summary>The clusters of the sandbox for the tests of a class, and a command line that finds them.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    public const string Eks = SandboxClusters.Eks;
    public const string Gke = SandboxClusters.Gke;

    internal SandboxClusters Clusters { get; private set; } = null!;

    public async Task InitializeAsync() => Clusters = await SandboxClusters.Start();

    public async Task DisposeAsync() => await Clusters.DisposeAsync();

    internal CliHost Host()
    {
        var host = new CliHost();
        host.Variables["KUBECONFIG"] = Clusters.Kubeconfig;
        host.Variables["HOME"] = host.Folder;
        host.Variables["XDG_STATE_HOME"] = Path.Combine(host.Folder, "state");
        return host;
    }

    /// <summary>Applies manifests with the command line; waits for the controllers.</summary>
    internal async Task Apply(CliHost host, string text, params string[] contexts)
    {
        host.Write("setup.yaml", text);
        CliResult applied = host.Run(["apply", "setup.yaml", "--yes", "--timeout", "0", .. contexts.SelectMany(context => new[] { "--context", context })]);
        Assert.True(applied.ExitCode == 0, applied.ToString());
        await Clusters.Settle();
    }
}
