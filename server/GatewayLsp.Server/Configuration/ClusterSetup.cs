using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Server.Configuration;

/// <summary>What the settings say of connections to clusters: where kubeconfigs and credential plugins are, and what the user says about contexts.</summary>
internal sealed record ClusterSetup
{
    public static readonly ClusterSetup Default = new();

    /// <summary>Paths of kubeconfigs; empty: <c>KUBECONFIG</c>, then <c>~/.kube/config</c>.</summary>
    public ImmutableArray<string> Kubeconfig { get; init; } = [];

    /// <summary>Folders where credential plugins are looked for before those of <c>PATH</c>.</summary>
    public ImmutableArray<string> PluginPath { get; init; } = [];

    /// <summary>By name of the context.</summary>
    public ImmutableDictionary<string, ContextSettings> Contexts { get; init; } = ImmutableDictionary<string, ContextSettings>.Empty;

    public bool Equals(ClusterSetup? other) =>
        other is not null && Kubeconfig.AsSpan().SequenceEqual(other.Kubeconfig.AsSpan()) && PluginPath.AsSpan().SequenceEqual(other.PluginPath.AsSpan())
        && Contexts.Count == other.Contexts.Count && Contexts.All(one => other.Contexts.TryGetValue(one.Key, out ContextSettings? theirs) && Same(one.Value, theirs));

    public override int GetHashCode() => HashCode.Combine(Kubeconfig.Length, PluginPath.Length, Contexts.Count);

    /// <param name="kubeconfig">A path, or an array of paths.</param>
    /// <param name="clusters">The setting <c>gatewayLsp.clusters</c>; its entries with a <c>context</c> say something of it.</param>
    public static ClusterSetup Read(JsonElement kubeconfig, JsonElement pluginPath, JsonElement clusters) => new()
    {
        Kubeconfig = Texts(kubeconfig),
        PluginPath = Texts(pluginPath),
        Contexts = ClusterReader.Contexts(clusters),
    };

    private static ImmutableArray<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 0 } text => [.. text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).Where(text => text.Length > 0)],
        _ => [],
    };

    private static bool Same(ContextSettings one, ContextSettings other) =>
        one with { Namespaces = [] } == other with { Namespaces = [] } && one.Namespaces.AsSpan().SequenceEqual(other.Namespaces.AsSpan());
}
