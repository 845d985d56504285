using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>Who a pod is: what its answers tell.</summary>
internal sealed record PodIdentity(string Cluster, string Namespace, string Pod, string Deployment, string Version, ImmutableArray<string> Services)
{
    public JsonObject ToJson() => new()
    {
        ["cluster"] = Cluster, ["namespace"] = Namespace, ["service"] = Services.IsEmpty ? "" : Services[0], ["deployment"] = Deployment,
        ["version"] = Version, ["pod"] = Pod,
    };

    public bool Equals(PodIdentity? other) =>
        other is not null && Cluster == other.Cluster && Namespace == other.Namespace && Pod == other.Pod && Deployment == other.Deployment && Version == other.Version
        && Services.SequenceEqual(other.Services);

    public override int GetHashCode() => HashCode.Combine(Cluster, Namespace, Pod);
}
