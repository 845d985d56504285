using System.Text.Json.Nodes;
using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary>Two real API servers for the tests of a class; started when first asked for.</summary>
public sealed class RealClusterFixture : IDisposable
{
    public const string Eks = "arn:aws:eks:ap-northeast-2:111122223333:cluster/primary";
    public const string Gke = "gke_demo-project_asia-northeast3_remote";

    private readonly Lazy<RealCluster> _cluster = new(() => RealCluster.Start());

    internal RealCluster Cluster => _cluster.Value;

    /// <summary>A command line that finds both clusters and their credential plugins.</summary>
    internal CliHost Host()
    {
        var host = new CliHost();
        host.Variables["KUBECONFIG"] = Cluster.KubeConfig;
        host.Variables["PATH"] = RealCluster.Plugins + ":" + Environment.GetEnvironmentVariable("PATH");
        host.Variables["HOME"] = host.Folder;
        host.Variables["XDG_STATE_HOME"] = Path.Combine(host.Folder, "state");
        return host;
    }

    /// <summary>An object at the EKS-like cluster without what changes with every write; null when it is not there.</summary>
    internal string? Read(string path)
    {
        ClusterAnswer answer = Cluster.Send(HttpMethod.Get, path, "", "application/json");
        if (!answer.IsAccepted)
        {
            return null;
        }
        JsonNode tree = JsonNode.Parse(answer.Body)!;
        var metadata = (JsonObject)tree["metadata"]!;
        metadata.Remove("resourceVersion");
        metadata.Remove("generation");
        return tree.ToJsonString();
    }

    public void Dispose()
    {
        if (_cluster.IsValueCreated)
        {
            _cluster.Value.Dispose();
        }
    }
}
