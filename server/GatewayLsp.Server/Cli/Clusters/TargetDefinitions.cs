using System.CommandLine;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
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
            if (definitions is null && await WhyNoneAsync(client, served.Value, kinds, cancellation).ConfigureAwait(false) is { } why)
            {
                terminal.Error.Write(why);
            }
            clusters.Add(new ObservedCluster(client.Target) { Definitions = definitions, Served = served.Value });
        }
        return analysis.WithClusters(clusters is [var only] ? LiveClusters.Only(only.Target, only.Definitions) : LiveClusters.Of(clusters));
    }

    /// <summary>Why there is no definition that counts; null where the manifests need none, being of built-in kinds alone.</summary>
    private static async Task<string?> WhyNoneAsync(IClusterClient client, ServedKinds served, GroupKind[] kinds, CancellationToken cancellation)
    {
        string label = Printable.Of(client.Target.Label);
        if (kinds.Select(kind => DefinitionCalls.NameOf(served, kind)).OfType<string>().FirstOrDefault() is not { } name)
        {
            return kinds.Any(kind => SchemaCatalog.IsGatewayApiGroup(kind.Group)) ? $"warning: {label}: it serves none of the Gateway API kinds here; the bundled definitions count\n" : null;
        }
        Answered<ObservedResource> one = await client.GetAsync(new ResourceAddress(ServedKind.CustomResourceDefinition, "", name), cancellation).ConfigureAwait(false);
        // An API server may serve kinds without a CustomResourceDefinition, as the sandbox does those of Gateway API.
        return one is { IsOk: false, Error.Kind: ClusterErrorKind.NotFound } ? $"note: {label}: it serves {name} without a definition (CRD) to read; the bundled ones count\n"
            : $"warning: {label}: its definitions (CRDs) can't be read{(one.IsOk ? "" : ": " + Printable.Of(one.Error.Message))}; the bundled ones count\n";
    }
}
