namespace GatewayLsp.Server.Protocol;

// What the methods about connected clusters send and get (docs/protocol.md).

/// <param name="Reach">Ask each cluster whether it answers; runs credential plugins.</param>
/// <param name="Contexts">Only these; null: all.</param>
internal sealed record ContextsParams(bool Reach = false, IReadOnlyList<string>? Contexts = null);

/// <param name="Problems">What could not be used of the kubeconfig files; never quotes them.</param>
internal sealed record ContextsResult(IReadOnlyList<ContextEntry> Contexts, IReadOnlyList<string> Problems);

/// <param name="Provider"><c>eks</c>, <c>gke</c> or <c>other</c>.</param>
/// <param name="Reachable">Null when it was not asked.</param>
/// <param name="Reason">Why it did not answer.</param>
/// <param name="Hint">What helps.</param>
/// <param name="Insecure">Why its certificate says nothing; null when it is checked.</param>
internal sealed record ContextEntry(
    string Name,
    string Provider,
    string Label,
    string Cluster,
    string? Role,
    bool Protected,
    bool Connected,
    bool? Reachable = null,
    string? Version = null,
    string? Reason = null,
    string? Hint = null,
    string? Insecure = null);

internal sealed record ContextParams(string Context);

internal sealed record ConnectResult(ClusterEntry Cluster);

internal sealed record DidChangeClustersParams(IReadOnlyList<ClusterEntry> Clusters);

/// <summary>A connected cluster.</summary>
/// <param name="State"><c>connecting</c>, <c>connected</c>, <c>stale</c> (it answered before), <c>unreachable</c> or <c>denied</c>.</param>
/// <param name="LastSeen">Last moment at which the cluster answered, for one that does not any more; RFC 3339.</param>
/// <param name="Unreadable">What the user may not read, in words.</param>
internal sealed record ClusterEntry(
    string Context,
    string Label,
    string Provider,
    bool Protected,
    string State,
    string? Reason,
    string? Hint,
    string? Version,
    GatewayApiEntry? GatewayApi,
    string? LastSeen,
    HealthEntry Health,
    IReadOnlyList<string> Unreadable);

/// <summary>The Gateway API that a cluster has, as its CustomResourceDefinitions say.</summary>
internal sealed record GatewayApiEntry(string Version, string Channel);

/// <param name="Services">Bad are those that surely have no ready endpoint.</param>
internal sealed record HealthEntry(CountEntry Gateways, CountEntry Routes, CountEntry Services);

internal sealed record CountEntry(int Ok, int Bad, int Pending);

internal sealed record LiveObjectsResult(IReadOnlyList<LiveObjectEntry> Objects);

/// <param name="Namespace">Null for cluster-scoped kinds.</param>
/// <param name="State"><c>ok</c>, <c>bad</c>, <c>pending</c> or <c>unknown</c> (kinds without conditions).</param>
/// <param name="Summary">A few words.</param>
/// <param name="Location">Where the workspace has it.</param>
internal sealed record LiveObjectEntry(
    string ApiVersion,
    string Kind,
    string? Namespace,
    string Name,
    string State,
    string Summary,
    IReadOnlyList<string> Addresses,
    Location? Location = null);

/// <param name="Form"><c>full</c>: as the server has it; <c>clean</c>: without what nobody wrote.</param>
internal sealed record LiveObjectParams(string Context, string ApiVersion, string Kind, string Name, string? Namespace = null, string Form = "clean");

internal sealed record LiveObjectResult(string Text);
