using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Files whose objects a kustomization gives another namespace or name (<c>namespace</c>, <c>namePrefix</c>, <c>nameSuffix</c>):
/// which identity they have in a cluster, the files alone do not say.
/// </summary>
internal sealed class KustomizedFiles
{
    public static readonly KustomizedFiles None = new(Changes.Empty, Changes.Empty, []);

    private readonly Changes _moved;
    private readonly Changes _renamed;
    private readonly ImmutableHashSet<(string, string)> _together;

    private KustomizedFiles(Changes moved, Changes renamed, ImmutableHashSet<(string, string)> together)
    {
        _moved = moved;
        _renamed = renamed;
        _together = together;
    }

    public bool IsEmpty => _moved.IsEmpty && _renamed.IsEmpty;

    /// <summary>True for a file whose objects get another namespace.</summary>
    public bool IsMoved(string path) => _moved.Hold(path);

    /// <summary>True for a file whose objects get other names.</summary>
    public bool IsRenamed(string path) => _renamed.Hold(path);

    /// <summary>The kustomization that lists a file among its own resources, by path; files of the same one are applied together.</summary>
    public bool AreTogether(string one, string other) =>
        _together.Any(entry => entry.Item2 == one && _together.Contains((entry.Item1, other)));

    public static KustomizedFiles Of(IEnumerable<KeyValuePair<ManifestDocument, string>> kustomizations)
    {
        var moved = new Changes.Builder();
        var renamed = new Changes.Builder();
        var together = ImmutableHashSet.CreateBuilder<(string, string)>();
        foreach ((ManifestDocument document, string path) in kustomizations)
        {
            if (document.Root.At("resources") is not YamlSequence resources || document.Root.At("metadata", "name") is not null)
            {
                // With a name it is an object of another tool of that name, such as Flux.
                continue;
            }
            bool moves = !document.Root.At("namespace").IsNull();
            bool renames = !document.Root.At("namePrefix").IsNull() || !document.Root.At("nameSuffix").IsNull();
            foreach (YamlNode item in resources.Items)
            {
                if (item.Text() is { Length: > 0 } resource && !resource.Contains("://", StringComparison.Ordinal))
                {
                    string target = RelativePath.Resolve(path, resource);
                    together.Add((path, target));
                    if (moves)
                    {
                        moved.Add(target);
                    }
                    if (renames)
                    {
                        renamed.Add(target);
                    }
                }
            }
        }
        return together.Count == 0 ? None : new KustomizedFiles(moved.Build(), renamed.Build(), together.ToImmutable());
    }

    /// <summary>Files, and folders with all that lies in them.</summary>
    private sealed class Changes(ImmutableHashSet<string> paths, ImmutableArray<string> folders)
    {
        public static readonly Changes Empty = new(ImmutableHashSet<string>.Empty, []);

        public bool IsEmpty => paths.IsEmpty && folders.IsEmpty;

        public bool Hold(string path) => paths.Contains(path) || folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

        public sealed class Builder
        {
            private readonly ImmutableHashSet<string>.Builder _paths = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
            private readonly ImmutableArray<string>.Builder _folders = ImmutableArray.CreateBuilder<string>();

            public void Add(string target)
            {
                if (target.EndsWith(".yaml", StringComparison.Ordinal) || target.EndsWith(".yml", StringComparison.Ordinal) || target.EndsWith(".json", StringComparison.Ordinal))
                {
                    _paths.Add(target);
                }
                else
                {
                    _folders.Add(target + "/");
                }
            }

            public Changes Build() => new(_paths.ToImmutable(), _folders.ToImmutable());
        }
    }
}
