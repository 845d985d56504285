using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Kubernetes.Targets;
using ClusterSettings = GatewayLsp.Engine.Resolution.Clusters.ClusterSettings;

namespace GatewayLsp.Server.Configuration;

/// <summary>Reads the setting <c>gatewayLsp.clusters</c>. An entry without a name is none; of two with the same name the first counts.</summary>
internal static class ClusterReader
{
    public static ImmutableArray<ClusterSettings> Clusters(JsonElement list)
        => [.. Named(list).Select(one => new ClusterSettings(one.Name)
        {
            Context = Text(one.Entry, "context"),
            Role = Text(one.Entry, "role") switch { "primary" => MeshRole.Primary, "remote" => MeshRole.Remote, _ => MeshRole.Unknown },
            Network = Text(one.Entry, "network"),
            IsConfigCluster = one.Entry.TryGetProperty("configCluster", out var config) && config.ValueKind == JsonValueKind.True,
        })];

    /// <summary>Globs of <c>files</c>, and <c>folders</c>, which are globs that cover what is in them.</summary>
    public static ImmutableArray<ClusterFiles> Files(JsonElement list)
        => [.. Named(list).Select(one => new ClusterFiles(one.Name, [.. Texts(one.Entry, "files"), .. Texts(one.Entry, "folders")])).Where(one => !one.Globs.IsEmpty)];

    /// <summary>What the entries say of the contexts that they name; of two with the same context the first counts.</summary>
    public static ImmutableDictionary<string, ContextSettings> Contexts(JsonElement list)
    {
        var contexts = ImmutableDictionary.CreateBuilder<string, ContextSettings>(StringComparer.Ordinal);
        foreach (var (_, entry) in Named(list))
        {
            if (Text(entry, "context") is { } context)
            {
                contexts.TryAdd(context, new ContextSettings
                {
                    Label = Text(entry, "label"),
                    Role = Text(entry, "role"),
                    IsProtected = entry.TryGetProperty("protected", out var isProtected) && isProtected.ValueKind == JsonValueKind.True,
                    Provider = Text(entry, "provider") switch { "eks" => ClusterProvider.Eks, "gke" => ClusterProvider.Gke, "other" => ClusterProvider.Other, _ => null },
                    Namespaces = [.. Texts(entry, "namespaces")],
                });
            }
        }

        return contexts.ToImmutable();
    }

    private static IEnumerable<(string Name, JsonElement Entry)> Named(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.Object && Text(entry, "name") is { } name && seen.Add(name))
            {
                yield return (name, entry);
            }
        }
    }

    private static string? Text(JsonElement entry, string name)
        => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> Texts(JsonElement entry, string name)
        => entry.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).Where(text => text.Length > 0)
            : [];
}
