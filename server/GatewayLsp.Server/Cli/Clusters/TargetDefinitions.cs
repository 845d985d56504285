using System.CommandLine;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>For <c>check</c> and <c>dry-run</c>: how the clusters that the user named define the kinds of the manifests.</summary>
internal sealed class TargetDefinitions(Command command, string? kubeconfig, string[] contexts, Terminal terminal)
{
    public static Option<string[]> Contexts()
    {
        Option<string[]> option = ClusterOptions.Contexts("Context of the kubeconfig whose own definitions (CRDs) count instead of the bundled ones; may be repeated.");
        option.AllowMultipleArgumentsPerToken = false;
        return option;
    }

    /// <summary>No cluster is asked without being named.</summary>
    public bool AreWanted => contexts.Length > 0;

    /// <summary>The analysis as the clusters have it; null after the reason was told: exit code 2.</summary>
    public async Task<Analysis?> OverAsync(Analysis analysis, CancellationToken cancellation)
    {
        if (!AreWanted)
        {
            return analysis;
        }
        using ClusterDirectory directory = ClusterOptions.Open(kubeconfig, ClusterClients.Settings(terminal), terminal);
        if (ClusterClients.Open(command, directory, contexts, terminal) is not { } clients)
        {
            return null;
        }
        GroupKind[] kinds = [.. analysis.Workspace.Index.Keys.Select(key => new GroupKind(key.Group, key.Kind)).Distinct()];
        var clusters = new List<ObservedCluster>();
        foreach (IClusterClient client in clients)
        {
            Answered<ServedKinds> served = await client.DiscoverAsync(cancellation).ConfigureAwait(false);
            if (!served.IsOk)
            {
                ClusterClients.Tell(client.Target.Context, served.Error, terminal);
                return null;
            }
            ClusterDefinitions? definitions = await DefinitionCalls.ReadAsync(client, served.Value, kinds, cancellation).ConfigureAwait(false);
            if (definitions is null)
            {
                terminal.Error.Write($"warning: {Printable.Of(client.Target.Label)}: none of its definitions can be read; the bundled ones count\n");
            }
            clusters.Add(new ObservedCluster(client.Target) { Definitions = definitions, Served = served.Value });
        }
        return analysis.WithClusters(clusters is [var only] ? LiveClusters.Only(only.Target, only.Definitions) : LiveClusters.Of(clusters));
    }
}
