using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>
/// Deleting a namespace or a CustomResourceDefinition deletes everything that is in it. One that this tool made is deleted only
/// while nothing of anybody is in it.
/// </summary>
internal static class ContentGuard
{
    /// <summary>Objects of a kind that are looked at.</summary>
    private const int MaxLooked = 500;

    /// <summary>Null when it may be deleted, else why not.</summary>
    public static async Task<string?> WhyKeptAsync(IClusterClient client, ResourceAddress address, JsonObject tree, CancellationToken cancellation)
    {
        if (address.Kind.GroupKind == ServedKind.Namespace.GroupKind)
        {
            return await NamespaceAsync(client, address.Name, cancellation).ConfigureAwait(false);
        }
        if (address.Kind.GroupKind != ServedKind.CustomResourceDefinition.GroupKind)
        {
            return null;
        }
        string group = tree["spec"].At("group").Text() ?? "";
        string plural = tree["spec"].At("names", "plural").Text() ?? "";
        Answered<ServedKinds> served = await client.DiscoverAsync(cancellation).ConfigureAwait(false);
        if (!served.IsOk)
        {
            return $"is left: whether objects of its kind exist can't be told ({served.Error.Message})";
        }
        // By its plural: another definition may have the same kind, and what is in that one is not lost with this.
        return Served(served.Value, group, plural) is { } found && await HoldsAsync(client, found, "", cancellation).ConfigureAwait(false) is { } what
            ? $"is left: {what}"
            : null;
    }

    private static ServedKind? Served(ServedKinds served, string group, string plural)
    {
        ServedKind[] versions = [.. served.All.Where(one => one.Group == group && one.Plural == plural)];
        return Array.Find(versions, one => one.IsPreferred) ?? versions.FirstOrDefault();
    }

    private static async Task<string?> NamespaceAsync(IClusterClient client, string name, CancellationToken cancellation)
    {
        Answered<ServedKinds> served = await client.DiscoverAsync(cancellation).ConfigureAwait(false);
        if (!served.IsOk)
        {
            return $"is left: what is in it can't be told ({served.Error.Message})";
        }
        foreach (ServedKind kind in served.Value.All)
        {
            // Events come by themselves.
            if (kind.IsNamespaced && kind.IsPreferred && kind.Verbs.HasFlag(KindVerbs.List) && kind.Kind != "Event"
                && await HoldsAsync(client, kind, name, cancellation).ConfigureAwait(false) is { } what)
            {
                return $"is left: {what}";
            }
        }
        return null;
    }

    private static async Task<string?> HoldsAsync(IClusterClient client, ServedKind kind, string space, CancellationToken cancellation)
    {
        Answered<ResourcePage> page = await client.ListAsync(new ListRequest(kind, space) { Limit = MaxLooked, MetadataOnly = true }, cancellation).ConfigureAwait(false);
        if (!page.IsOk)
        {
            return page.Error.Kind is ClusterErrorKind.KindNotServed or ClusterErrorKind.NotFound ? null : $"its {kind.Plural} can't be listed ({page.Error.Message})";
        }
        foreach (ObservedResource one in page.Value.Items)
        {
            if (!ComesByItself(kind, one) && one.DeletedAt is null)
            {
                return $"{one.Key} is in it";
            }
        }
        return page.Value.Continue is null ? null : $"more than {MaxLooked} {kind.Plural} are in it";
    }

    /// <summary>
    /// What controllers make and make again: nobody's work is lost with it. Only what says by a label that one of these made it: people
    /// and tools write slices and imports, too.
    /// </summary>
    private static bool ComesByItself(ServedKind kind, ObservedResource one) => kind.Kind switch
    {
        "ConfigMap" => kind.Group.Length == 0 && one.Name == "kube-root-ca.crt",
        "ServiceAccount" => kind.Group.Length == 0 && one.Name == "default",
        "ServiceImport" => one.Label("gateway-sandbox/managed") == "true",
        "EndpointSlice" => one.Label("endpointslice.kubernetes.io/managed-by")
            is "endpointslice-controller.k8s.io" or "endpointslicemirroring-controller.k8s.io" or "gateway-sandbox" or "gateway-sandbox-imports",
        _ => false,
    };
}
