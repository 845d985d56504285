using System.Text.RegularExpressions;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.State;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Testing.Sandboxes;

/// <summary>The two clusters of the sandbox in this process, with real traffic.</summary>
internal sealed class SandboxClusters : IAsyncDisposable
{
    public const string Eks = "sandbox-eks";
    public const string Gke = "sandbox-gke";

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-lsp-sandbox-").FullName;
    private readonly Sandbox.Sandbox _sandbox;

    private SandboxClusters(Sandbox.Sandbox sandbox)
    {
        _sandbox = sandbox;
        var state = new StateDirectory(_folder);
        state.WriteKubeconfig(sandbox.Clusters.Select(one => (one.Cluster, one.Port, one.Token)), sandbox.Authority.Pem);
        Kubeconfig = state.Kubeconfig;
    }

    public string Kubeconfig { get; }

    public static async Task<SandboxClusters> Start() => new(await Sandbox.Sandbox.Start(Channel.Standard, _ => 0,
        prepare: static cluster => cluster.Users["few"] = new ClusterUser("few", [], [new AccessRule(["demo"], ["gateway.networking.k8s.io"], ["gateways", "httproutes"], ["get", "list", "watch"])])));

    /// <summary>A kubeconfig of one who may only read Gateways and HTTPRoutes, and only in the namespace demo.</summary>
    /// <param name="namespace">That of all contexts; empty for none.</param>
    public string OfFewRights(string @namespace)
    {
        string text = Regex.Replace(File.ReadAllText(Kubeconfig), "token: .*", "token: few");
        string path = Path.Combine(_folder, $"few-{@namespace}");
        File.WriteAllText(path, @namespace.Length == 0 ? text : Regex.Replace(text, "    user: .*", $"$0\n    namespace: {@namespace}"));
        return path;
    }

    /// <summary>Waits until the controllers have nothing more to do.</summary>
    public async Task Settle() => Xunit.Assert.True(await _sandbox.Settle(TimeSpan.FromSeconds(30)));

    /// <summary>Breaks a cluster, or all pods of a Service, as <c>gateway-sandbox fail --down</c> does.</summary>
    public async Task Break(string target)
    {
        _sandbox.Fail(FaultTarget.Parse(target)!, new PodFault(true, TimeSpan.Zero, 0));
        await Settle();
    }

    public async Task Heal()
    {
        _sandbox.Heal(null);
        await Settle();
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
