using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Clusters;

/// <summary>The objects that a view of a cluster shows: those of Gateway API, and the Services that its routes send to.</summary>
internal static class LiveObjectList
{
    private const int MaxObjects = 20_000;

    /// <summary>By kind, namespace and name.</summary>
    public static IReadOnlyList<LiveObjectEntry> Of(ObservedCluster cluster, Snapshot snapshot, CancellationToken token)
    {
        var entries = new List<LiveObjectEntry>();
        var services = new HashSet<ObjectKey>();
        LiveEndpoints endpoints = LiveEndpoints.Of(cluster);
        foreach (ObservedKind kind in cluster.Kinds.Values.Where(kind => SchemaCatalog.IsGatewayApiGroup(kind.GroupKind.Group)).OrderBy(kind => kind.GroupKind.Kind, StringComparer.Ordinal))
        {
            foreach (ObservedResource one in kind.Resources.Values.OrderBy(one => one.Namespace, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal))
            {
                token.ThrowIfCancellationRequested();
                if (entries.Count < MaxObjects)
                {
                    entries.Add(Entry(one, cluster, snapshot));
                    AddBackends(one, services);
                }
            }
        }
        foreach (ObjectKey service in services.OrderBy(key => key.Namespace, StringComparer.Ordinal).ThenBy(key => key.Name, StringComparer.Ordinal))
        {
            if (cluster.Find(service) is { } one)
            {
                entries.Add(Entry(one, endpoints.At("", "Service", one.Namespace, one.Name).Ready, cluster, snapshot));
            }
        }
        return entries;
    }

    private static LiveObjectEntry Entry(ObservedResource one, ObservedCluster cluster, Snapshot snapshot)
    {
        LiveStatus status = LiveStatus.Of(one);
        string state = one.Health switch
        {
            LiveHealth.Healthy => "ok",
            LiveHealth.Unhealthy => "bad",
            LiveHealth.Pending => "pending",
            _ => "unknown",
        };
        return new LiveObjectEntry(one.ApiVersion, one.Kind.Kind, one.Namespace.Length > 0 ? one.Namespace : null, one.Name, state, snapshot.Say(LiveSummary.StateOf(one)), status.Addresses, Place(one, cluster, snapshot));
    }

    /// <summary>A Service is as well as what stands behind it; where that can't be read nothing is said of it.</summary>
    private static LiveObjectEntry Entry(ObservedResource service, int? ready, ObservedCluster cluster, Snapshot snapshot)
    {
        LiveObjectEntry entry = Entry(service, cluster, snapshot);
        return ready switch
        {
            null => entry,
            0 => entry with { State = "bad", Summary = snapshot.Say("no ready endpoints") },
            _ => entry with { State = "ok", Summary = snapshot.Say(string.Create(CultureInfo.InvariantCulture, $"{ready} ready")) },
        };
    }

    /// <summary>The object's name in a file that may be applied to this cluster.</summary>
    private static Location? Place(ObservedResource one, ObservedCluster cluster, Snapshot snapshot)
    {
        Workspace workspace = snapshot.Analysis.Workspace;
        ImmutableList<IndexedObject> found = workspace.Index.Find(one.Key);
        if (found.IsEmpty && one.Namespace == cluster.Target.Namespace)
        {
            found = workspace.Index.Find(one.Key with { Namespace = "default" }).RemoveAll(other => other.Object.Namespace.Length > 0);
        }
        foreach (IndexedObject written in found)
        {
            if (workspace.Live.Suits(workspace, written, cluster.Target.Context) && workspace.File(written.Path) is { } file)
            {
                foreach (DocumentSlot slot in file.Manifest.Documents)
                {
                    if (ReferenceEquals(slot.Document, written.Object.Document))
                    {
                        TextSpan span = (written.Object.At("metadata", "name") ?? written.Object.Node).Span;
                        return new Location(snapshot.UriOf(written.Path), Convert.ToLsp(slot.RangeOf(span)));
                    }
                }
            }
        }
        return null;
    }

    private static void AddBackends(ObservedResource route, HashSet<ObjectKey> services)
    {
        if (!route.Kind.Kind.EndsWith("Route", StringComparison.Ordinal) || !route.Body.TryGetProperty("spec"u8, out JsonElement spec))
        {
            return;
        }
        foreach (JsonElement rule in Items(spec, "rules"u8))
        {
            foreach (JsonElement backend in Items(rule, "backendRefs"u8))
            {
                if (Text(backend, "name"u8) is { } name && (Text(backend, "kind"u8) ?? "Service") == "Service" && string.IsNullOrEmpty(Text(backend, "group"u8)))
                {
                    services.Add(new ObjectKey(ApiGroups.Core, "Service", Text(backend, "namespace"u8) ?? route.Namespace, name));
                }
            }
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
