using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/liveObject</c>: one object of a cluster as YAML. Values of Secrets are left out.</summary>
internal sealed class LiveObjectHandler(ClusterSession clusters) : IAsyncHandler<LiveObjectParams, LiveObjectResult>
{
    public async Task<LiveObjectResult> HandleAsync(LiveObjectParams parameters, Snapshot snapshot, CancellationToken token)
    {
        if (parameters.Form is not ("full" or "clean"))
        {
            throw new RpcErrorException(ErrorCode.InvalidParams, "`form` is none of full, clean.");
        }
        if (!Gvk.TryParse(parameters.ApiVersion, parameters.Kind, out Gvk gvk))
        {
            throw new RpcErrorException(ErrorCode.InvalidParams, "`apiVersion` is none.");
        }
        IClusterClient client = clusters.Client(parameters.Context);
        ObservedCluster? cluster = clusters.Observed.GetValueOrDefault(parameters.Context);
        ServedKind kind = cluster?.Served?.Find(gvk) ?? throw new RpcErrorException(ErrorCode.RequestFailed, $"The cluster does not serve {gvk}, as far as is known.");
        string ns = kind.IsNamespaced ? parameters.Namespace is { Length: > 0 } named ? named : client.Target.Namespace : "";
        Answered<ObservedResource> found = await client.GetAsync(new ResourceAddress(kind, ns, parameters.Name), token).ConfigureAwait(false);
        ObservedResource resource = found.IsOk ? found.Value
            : found.Error.IsTransient && cluster.Find(new ObjectKey(kind.Group, kind.Kind, ns, parameters.Name)) is { IsMetadataOnly: false } last ? last
            : throw new RpcErrorException(ErrorCode.RequestFailed, found.Error.Message);
        JsonObject tree = SecretMask.Without(resource.ToTree() ?? throw new RpcErrorException(ErrorCode.RequestFailed, "The cluster's answer is no object."));
        return new LiveObjectResult(YamlLines.Text(parameters.Form == "full" ? tree : CleanedObject.Of(tree, cluster.CatalogOver(snapshot.Analysis.Workspace.Catalog).FindAny(gvk))));
    }
}
