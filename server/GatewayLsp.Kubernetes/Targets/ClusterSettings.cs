using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;

namespace GatewayLsp.Kubernetes.Targets;

/// <summary>What the user says about one context.</summary>
public sealed record ContextSettings
{
    public string? Label { get; init; }

    public string? Role { get; init; }

    public bool IsProtected { get; init; }

    public ClusterProvider? Provider { get; init; }

    /// <summary>Namespaces to look into when the user may not list all objects; beside the context's own.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];
}

/// <summary>The user's settings for clusters.</summary>
public sealed record ClusterSettings
{
    public static readonly ClusterSettings Default = new();

    /// <summary>By name of the context.</summary>
    public ImmutableDictionary<string, ContextSettings> Contexts { get; init; } = ImmutableDictionary<string, ContextSettings>.Empty;

    /// <summary>Folders where credential plugins are looked for before those of <c>PATH</c>: editors started from a desktop have a short one.</summary>
    public ImmutableArray<string> ExtraPath { get; init; } = [];

    public TimeSpan PluginTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Limit of an ordinary call; lists have four times as long.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
