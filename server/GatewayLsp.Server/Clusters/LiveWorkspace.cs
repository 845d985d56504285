using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Schemas;
using ClusterSettings = GatewayLsp.Engine.Resolution.Clusters.ClusterSettings;

namespace GatewayLsp.Server.Clusters;

/// <summary>The objects of some clusters as a workspace of their own: a file an object, written anew only when the object is another one. One thread at a time.</summary>
internal sealed partial class LiveWorkspace
{
    /// <summary>Scheme of the URIs of live objects; the query says which one it is, as params of <c>gatewayLsp/liveObject</c> do.</summary>
    private const string Scheme = "gateway-lsp-live";

    /// <summary>What makes no node, or can't be judged by metadata alone.</summary>
    private static readonly ImmutableHashSet<string> Left = ["Secret", "ConfigMap", "CustomResourceDefinition"];

    private readonly Dictionary<(string Context, ObjectKey Key), LiveFile> _files = [];
    private AnalysisHost _host = new();
    private ImmutableArray<(string Context, string Name)> _named = [];
    private WorkspaceSettings? _settings;
    private SchemaCatalog? _catalog;

    /// <param name="planned">The files: how they name clusters, and which kinds they define.</param>
    public Analysis Of(ImmutableArray<ObservedCluster> observed, Workspace planned, CancellationToken token)
    {
        bool isNamed = IsNamed(observed, planned);
        ImmutableArray<(string, string)> named = [.. observed.Select(one => (one.Target.Context, isNamed ? NameOf(one, planned) : ""))];
        if (!named.AsSpan().SequenceEqual(_named.AsSpan()))
        {
            _host = new AnalysisHost();
            _files.Clear();
            (_named, _settings) = (named, null);
        }
        if (!ReferenceEquals(_settings, planned.Settings))
        {
            _settings = planned.Settings;
            var map = isNamed
                ? new ClusterMap([.. named.DistinctBy(one => one.Item2, StringComparer.Ordinal).Select(one => new ClusterSettings(one.Item2) { Context = one.Item1 })], new PathNames(named))
                : ClusterMap.None;
            _host.Apply(new WorkspaceChange.Configured(planned.Settings with { Clusters = map, IsComplete = false }));
        }
        // Which fields are defaults, and so left out, is for the definitions to say: those of the files too.
        bool isOtherCatalog = !ReferenceEquals(_catalog, planned.Catalog);
        var present = new HashSet<(string, ObjectKey)>();
        foreach (ObservedCluster cluster in observed)
        {
            foreach (ObservedKind kind in cluster.Kinds.Values)
            {
                if (Left.Contains(kind.GroupKind.Kind))
                {
                    continue;
                }
                foreach ((ObjectKey key, ObservedResource one) in kind.Resources)
                {
                    token.ThrowIfCancellationRequested();
                    (string, ObjectKey) id = (cluster.Target.Context, key);
                    present.Add(id);
                    if (isOtherCatalog || !_files.TryGetValue(id, out LiveFile? known) || !ReferenceEquals(known.Resource, one) || !ReferenceEquals(known.Definitions, cluster.Definitions))
                    {
                        string path = _files.GetValueOrDefault(id)?.Path ?? UriOf(cluster.Target.Context, one);
                        _files[id] = new LiveFile(one, cluster.Definitions, path);
                        _host.Apply(new WorkspaceChange.OnDisk(path, Text(one, cluster.CatalogOver(planned.Catalog))));
                    }
                }
            }
        }
        // Not before: who is cancelled on the way leaves texts by the older one.
        _catalog = planned.Catalog;
        foreach ((string, ObjectKey) gone in _files.Keys.Where(id => !present.Contains(id)).ToList())
        {
            _files.Remove(gone, out LiveFile? file);
            _host.Apply(new WorkspaceChange.OnDisk(file!.Path, null));
        }
        return new Analysis(_host.Current);
    }

    /// <summary>An object as a file, and what the file was made of.</summary>
    private sealed record LiveFile(ObservedResource Resource, ClusterDefinitions? Definitions, string Path);

    /// <summary>A single cluster beside manifests of none is looked at as if there were no clusters at all.</summary>
    public static bool IsNamed(ImmutableArray<ObservedCluster> observed, Workspace planned) => planned.HasClusters || observed.Length > 1;

    /// <summary>What the files call a cluster.</summary>
    public static string NameOf(ObservedCluster cluster, Workspace planned)
    {
        foreach (ClusterSettings one in planned.Settings.Clusters.Clusters)
        {
            if (one.Context == cluster.Target.Context)
            {
                return one.Name;
            }
        }
        return planned.HasClusters ? cluster.Target.Context : cluster.Target.Label;
    }

    /// <summary>The clean form, so that places in the graph are places in what the client shows; below it the addresses that a Gateway got.</summary>
    private static string Text(ObservedResource one, SchemaCatalog catalog)
    {
        if (one.ToTree() is not { } tree)
        {
            return "";
        }
        string text = YamlLines.Text(CleanedObject.Of(tree, catalog.FindAny(one.Gvk)));
        return one.Kind.Kind == "Gateway" && tree.At("status", "addresses") is { } addresses
            ? text + YamlLines.Text(new JsonObject { ["status"] = new JsonObject { ["addresses"] = addresses.DeepClone() } })
            : text;
    }

    private static string UriOf(string context, ObservedResource one)
    {
        var wanted = new JsonObject
        {
            ["context"] = context,
            ["ref"] = new JsonObject { ["apiVersion"] = one.ApiVersion, ["kind"] = one.Kind.Kind, ["namespace"] = one.Namespace.Length > 0 ? one.Namespace : null, ["name"] = one.Name },
            ["form"] = "clean",
        };
        return $"{FolderOf(context)}{one.Kind.Kind.ToLowerInvariant()}-{Uri.EscapeDataString(one.Name)}.yaml?{Uri.EscapeDataString(wanted.ToJsonString())}";
    }

    /// <summary>Names in other scripts would all be the same word: they are told apart by their code units.</summary>
    private static string FolderOf(string context) => System.Text.Ascii.IsValid(context)
        ? $"{Scheme}:/{NoWord().Replace(context, "-")}/"
        : $"{Scheme}:/{string.Concat(context.Select(static c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : $"-{(int)c:x}"))}/";

    [GeneratedRegex(@"[^\w.-]+", RegexOptions.ECMAScript)]
    private static partial Regex NoWord();

    /// <summary>The cluster of a live object's path; equal to none but itself.</summary>
    private sealed class PathNames(ImmutableArray<(string Context, string Name)> named) : IClusterPaths
    {
        // Two contexts may differ in nothing but what a path can't have: the first counts.
        private readonly Dictionary<string, string> _byFolder = named.DistinctBy(one => FolderOf(one.Context)).ToDictionary(one => FolderOf(one.Context), one => one.Name, StringComparer.Ordinal);

        public string? ClusterOf(string path)
        {
            int end = path.Length > Scheme.Length + 2 ? path.IndexOf('/', Scheme.Length + 2) : -1;
            return end < 0 ? null : _byFolder.GetValueOrDefault(path[..(end + 1)]);
        }
    }
}
