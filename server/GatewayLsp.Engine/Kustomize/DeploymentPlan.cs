using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>A kustomization that no other one includes, and that has to be built to know what is deployed.</summary>
/// <param name="Group">The same number for those that share files.</param>
/// <param name="Name">Its folder, as short as it is not mistaken.</param>
internal sealed record DeployedRoot(string Path, ManifestDocument Document, KustomizeReach Reach, int Group, string Name);

/// <summary>Which kustomizations of a workspace are built. It hangs on them and on the clusters alone, so it holds while other files are edited.</summary>
internal sealed class DeploymentPlan
{
    /// <summary>What makes the objects of a kustomization other than the files say. Generators alone do not.</summary>
    private static readonly string[] Changing =
        ["namespace", "namePrefix", "nameSuffix", "patches", "patchesStrategicMerge", "patchesJson6902", "labels", "commonLabels", "commonAnnotations", "replacements", "replicas", "transformers"];

    private readonly object _kustomizations;
    private readonly ClusterMap _clusters;

    private DeploymentPlan(Workspace whole, ImmutableArray<DeployedRoot> roots, IReadOnlyDictionary<string, (string, ManifestDocument)> byFolder) =>
        (_kustomizations, _clusters, Roots, ByFolder) = (whole.Kustomizations, whole.Settings.Clusters, roots, byFolder);

    public ImmutableArray<DeployedRoot> Roots { get; }

    public IReadOnlyDictionary<string, (string Path, ManifestDocument Document)> ByFolder { get; }

    public bool IsOf(Workspace whole) => ReferenceEquals(_kustomizations, whole.Kustomizations) && _clusters.Equals(whole.Settings.Clusters);

    public static DeploymentPlan Of(Workspace whole)
    {
        var byFolder = KustomizeReach.ByFolder(whole.Kustomizations);
        var all = new List<(string Path, ManifestDocument Document, KustomizeReach Reach)>();
        var included = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string path, ManifestDocument document) in byFolder.Values.OrderBy(static one => one.Path, StringComparer.Ordinal))
        {
            if (!KustomizedFiles.IsOwn(document))
            {
                continue;
            }
            KustomizeReach reach = KustomizeReach.Of(path, document, byFolder);
            all.Add((path, document, reach));
            included.UnionWith(reach.Kustomizations.Select(static one => one.Path).Where(below => below != path));
        }
        all.RemoveAll(one => included.Contains(one.Path) || one.Document.Root.At("kind").Text() == "Component");
        // Those that share files stand or fall together.
        int[] groups = new int[all.Count];
        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < all.Count; i++)
        {
            groups[i] = i;
            foreach (string file in all[i].Reach.Files.Concat(all[i].Reach.Kustomizations.Select(static one => one.Path)))
            {
                if (owners.TryGetValue(file, out int owner))
                {
                    Join(groups, i, owner);
                }
                owners.TryAdd(file, i);
            }
        }
        string common = CommonFolder(byFolder.Values.Select(static one => one.Path));
        int[] tops = [.. groups.Select(group => Top(groups, group))];
        ILookup<int, (string Path, ManifestDocument Document, KustomizeReach Reach)> members = Enumerable.Range(0, all.Count).ToLookup(i => tops[i], i => all[i]);
        var roots = ImmutableArray.CreateBuilder<DeployedRoot>();
        for (int i = 0; i < all.Count; i++)
        {
            if (IsToBeBuilt(whole, [.. members[tops[i]]]))
            {
                roots.Add(new DeployedRoot(all[i].Path, all[i].Document, all[i].Reach, tops[i], Name(all[i].Path, common)));
            }
        }
        return new DeploymentPlan(whole, roots.DrainToImmutable(), byFolder);
    }

    /// <summary>
    /// Those that share files are built when any of them changes something, and when it is not told that they are for different clusters:
    /// files that are only put together are what is deployed.
    /// </summary>
    private static bool IsToBeBuilt(Workspace whole, List<(string Path, ManifestDocument Document, KustomizeReach Reach)> group) =>
        group.Exists(static root => root.Reach.Kustomizations.Any(static one => Array.Exists(Changing, key => !one.Document.Root.At(key).IsNull())))
        || (group.Count > 1 && !group.TrueForAll(root => whole.ClusterNamesOf(root.Path, root.Document).Length == 1));

    private static int Top(int[] groups, int at)
    {
        while (groups[at] != at)
        {
            at = groups[at];
        }
        return at;
    }

    private static void Join(int[] groups, int one, int other)
    {
        int a = Top(groups, one);
        int b = Top(groups, other);
        groups[Math.Max(a, b)] = Math.Min(a, b);
    }

    /// <summary>The folder that all of the files are below, with the slash behind it.</summary>
    private static string CommonFolder(IEnumerable<string> paths)
    {
        string? common = null;
        foreach (string path in paths)
        {
            string folder = path[..(path.LastIndexOf('/') + 1)];
            if (common is null)
            {
                common = folder;
                continue;
            }
            int same = 0;
            while (same < common.Length && same < folder.Length && common[same] == folder[same])
            {
                same++;
            }
            common = common[..(common.LastIndexOf('/', Math.Max(0, same - 1)) + 1)];
        }
        return common ?? "";
    }

    /// <summary>The folder of a kustomization, as short as it is not mistaken.</summary>
    public static string NameOf(string path, IReadOnlyDictionary<string, (string Path, ManifestDocument Document)> byFolder) =>
        Name(path, CommonFolder(byFolder.Values.Select(static one => one.Path)));

    private static string Name(string path, string common)
    {
        string folder = path[..Math.Max(0, path.LastIndexOf('/'))];
        return folder.Length > common.Length ? folder[common.Length..] : folder[(folder.LastIndexOf('/') + 1)..];
    }
}
