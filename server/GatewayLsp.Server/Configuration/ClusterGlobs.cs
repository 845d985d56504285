using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Configuration;

/// <summary>The files of a cluster, as the user names them: globs, or folders with all that is in them.</summary>
internal sealed record ClusterFiles(string Cluster, ImmutableArray<string> Globs)
{
    public bool Equals(ClusterFiles? other) => other is not null && Cluster == other.Cluster && Globs.AsSpan().SequenceEqual(other.Globs.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Cluster, Globs.Length);
}

/// <summary>Says by globs, relative to the workspace folders, which cluster a file is for. Of several clusters that fit the first counts.</summary>
internal sealed class ClusterGlobs(ImmutableArray<string> folders, ImmutableArray<ClusterFiles> clusters) : IClusterPaths, IEquatable<ClusterGlobs>
{
    private readonly ImmutableArray<string> _folders = [.. folders.Select(folder => (DocumentKey.ToPath(folder) ?? folder).Replace('\\', '/').TrimEnd('/'))];
    private readonly ConcurrentDictionary<string, string?> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? ClusterOf(string path) => _known.GetOrAdd(path, static (path, globs) => globs.Find(path), this);

    public bool Equals(ClusterGlobs? other)
        => other is not null && _folders.AsSpan().SequenceEqual(other._folders.AsSpan()) && Clusters.AsSpan().SequenceEqual(other.Clusters.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as ClusterGlobs);

    public override int GetHashCode() => HashCode.Combine(_folders.Length, Clusters.Length);

    private ImmutableArray<ClusterFiles> Clusters { get; } = clusters;

    /// <summary>The globs that none of these files fits, with their clusters: slips of the pen, as a rule.</summary>
    public IEnumerable<(string Cluster, string Glob)> Unused(IReadOnlyCollection<string> keys)
    {
        string[] paths = [.. keys.Select(PathOf)];
        foreach (var cluster in Clusters)
        {
            foreach (var glob in cluster.Globs)
            {
                if (!Array.Exists(paths, path => ExcludeGlob.Matches(Plain(glob), path)))
                {
                    yield return (cluster.Cluster, glob);
                }
            }
        }
    }

    private string PathOf(string key)
    {
        var path = (DocumentKey.ToPath(key) ?? key).Replace('\\', '/');
        foreach (var folder in _folders)
        {
            if (path.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                path = path[(folder.Length + 1)..];
                break;
            }
        }

        return path.TrimStart('/');
    }

    private string? Find(string key)
    {
        var path = PathOf(key);
        foreach (var cluster in Clusters)
        {
            foreach (var glob in cluster.Globs)
            {
                if (ExcludeGlob.Matches(Plain(glob), path))
                {
                    return cluster.Cluster;
                }
            }
        }

        return null;
    }

    /// <summary><c>./east/</c> and <c>/east</c> mean <c>east</c>.</summary>
    private static string Plain(string glob)
    {
        string rest = glob.Replace('\\', '/');
        while (rest.StartsWith("./", StringComparison.Ordinal))
        {
            rest = rest[2..];
        }
        return rest.TrimStart('/') is { Length: > 0 } plain and not "." ? plain : "**";
    }
}
