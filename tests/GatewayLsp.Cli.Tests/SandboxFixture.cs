using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.State;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Cli.Tests;

/// <summary>The two clusters of the sandbox in this process, with real traffic, and a command line that finds them.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    public const string Eks = "sandbox-eks";
    public const string Gke = "sandbox-gke";

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-lsp-sandbox-").FullName;
    private Sandbox.Sandbox _sandbox = null!;
    private StateDirectory _state = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await Sandbox.Sandbox.Start(Channel.Standard, _ => 0);
        _state = new StateDirectory(_folder);
        _state.WriteKubeconfig(_sandbox.Clusters.Select(one => (one.Cluster, one.Port, one.Token)), _sandbox.Authority.Pem);
    }

    public async Task DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal CliHost Host()
    {
        var host = new CliHost();
        host.Variables["KUBECONFIG"] = _state.Kubeconfig;
        host.Variables["HOME"] = host.Folder;
        host.Variables["XDG_STATE_HOME"] = Path.Combine(host.Folder, "state");
        return host;
    }

    /// <summary>Applies manifests of a sample with the command line; waits for the controllers.</summary>
    internal async Task Apply(CliHost host, string text, params string[] contexts)
    {
        host.Write("setup.yaml", text);
        CliResult applied = host.Run(["apply", "setup.yaml", "--yes", "--timeout", "0", .. contexts.SelectMany(context => new[] { "--context", context })]);
        Assert.True(applied.ExitCode == 0, applied.ToString());
        await Settle();
    }

    internal async Task Settle() => Assert.True(await _sandbox.Settle(TimeSpan.FromSeconds(30)));

    /// <summary>Makes a cluster or all pods of a Service fail as the sandbox's <c>fail --down</c> does.</summary>
    internal async Task Break(string target)
    {
        _sandbox.Fail(FaultTarget.Parse(target)!, new PodFault(true, TimeSpan.Zero, 0));
        await Settle();
    }

    internal async Task Heal()
    {
        _sandbox.Heal(null);
        await Settle();
    }
}
