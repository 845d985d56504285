using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// What kustomizations make of files: objects that get another namespace or name (<c>namespace</c>, <c>namePrefix</c>,
/// <c>nameSuffix</c>), so that their identity in a cluster is not what the files say, and objects that are in no file at all.
/// </summary>
internal sealed class KustomizedFiles
{
    public static readonly KustomizedFiles None = new([], []);

    private readonly ImmutableArray<Kustomization> _all;
    private readonly ImmutableArray<KustomizeReach> _moving;
    private readonly ImmutableArray<KustomizeReach> _renaming;
    private readonly ImmutableHashSet<(string, string)> _together;
    private Dictionary<string, List<int>>? _reached;

    private KustomizedFiles(ImmutableArray<Kustomization> all, ImmutableHashSet<(string, string)> together)
    {
        _all = all;
        _moving = [.. all.Where(static one => one.Moves).Select(static one => one.Reach)];
        _renaming = [.. all.Where(static one => one.Renames).Select(static one => one.Reach)];
        _together = together;
    }

    public bool IsEmpty => _all.IsEmpty;

    /// <summary>True when names or namespaces are changed.</summary>
    public bool ChangesIdentities => !_moving.IsEmpty || !_renaming.IsEmpty;

    /// <summary>True for a file whose objects get another namespace.</summary>
    public bool IsMoved(string path) => _moving.Any(one => one.Holds(path));

    /// <summary>True for a file whose objects get other names.</summary>
    public bool IsRenamed(string path) => _renaming.Any(one => one.Holds(path));

    /// <summary>The kustomization that lists a file among its own resources, by path; files of the same one are applied together.</summary>
    public bool AreTogether(string one, string other) =>
        _together.Any(entry => entry.Item2 == one && _together.Contains((entry.Item1, other)));

    /// <summary>True for files that some kustomization pulls in both, by itself or through others.</summary>
    public bool ComeTogether(string one, string other)
    {
        Dictionary<string, List<int>> reached = _reached ??= Reached();
        if (!reached.TryGetValue(one, out List<int>? first) || !reached.TryGetValue(other, out List<int>? second))
        {
            return false;
        }
        foreach (int number in first)
        {
            if (second.Contains(number))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The numbers of the kustomizations that reach a file. Two threads may both count: they find the same.</summary>
    private Dictionary<string, List<int>> Reached()
    {
        var reached = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < _all.Length; i++)
        {
            foreach (string file in _all[i].Reach.Files)
            {
                if (!reached.TryGetValue(file, out List<int>? numbers))
                {
                    reached[file] = numbers = [];
                }
                numbers.Add(i);
            }
        }
        return reached;
    }

    /// <summary>
    /// True when an object that is in no file may come with what is in this one: from a generator of that name, or, where the files
    /// need not be all there is, from a chart or an address that the same kustomization names.
    /// </summary>
    /// <param name="path">Null when the file is not known.</param>
    public bool MayMake(string kind, string name, string? path, bool isComplete)
    {
        foreach (Kustomization one in _all)
        {
            if ((!isComplete && one.Reach.HasUnseen && path is not null && one.Reach.Holds(path))
                || (kind == "Secret" ? one.Secrets : kind == "ConfigMap" ? one.ConfigMaps : []).Any(made => name.Contains(made, StringComparison.Ordinal)))
            {
                return true;
            }
        }
        return false;
    }

    public static KustomizedFiles Of(IEnumerable<KeyValuePair<ManifestDocument, string>> kustomizations)
    {
        var all = ImmutableArray.CreateBuilder<Kustomization>();
        var together = ImmutableHashSet.CreateBuilder<(string, string)>();
        var byFolder = KustomizeReach.ByFolder(kustomizations);
        foreach ((ManifestDocument document, string path) in kustomizations)
        {
            if (!IsOwn(document))
            {
                continue;
            }
            foreach (string target in KustomizeReach.Listed(path, document, new[] { "resources" }))
            {
                together.Add((path, target));
            }
            all.Add(new Kustomization(
                KustomizeReach.Of(path, document, byFolder),
                Moves: !document.Root.At("namespace").IsNull(),
                Renames: !document.Root.At("namePrefix").IsNull() || !document.Root.At("nameSuffix").IsNull(),
                Generated(document, "secretGenerator"), Generated(document, "configMapGenerator")));
        }
        return all.Count == 0 ? None : new KustomizedFiles(all.DrainToImmutable(), together.ToImmutable());
    }

    /// <summary>The same, and files with which more may come that is not here.</summary>
    public KustomizedFiles WithUnseen(ImmutableArray<string> paths) =>
        new(_all.AddRange(paths.Select(static path => new Kustomization(KustomizeReach.OfUnseen(path), false, false, [], []))), _together);

    /// <summary>False for the objects of that name that other tools have, such as Flux.</summary>
    public static bool IsOwn(ManifestDocument document) =>
        document.Root is YamlMapping root && (root.At("apiVersion").Text() is not { } version || version.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal));

    private static ImmutableArray<string> Generated(ManifestDocument document, string key) =>
        document.Root.At(key) is YamlSequence items ? [.. items.Items.Select(static item => item.At("name").Text()).OfType<string>()] : [];

    private sealed record Kustomization(KustomizeReach Reach, bool Moves, bool Renames, ImmutableArray<string> Secrets, ImmutableArray<string> ConfigMaps);
}
