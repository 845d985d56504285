using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Deploying;

/// <summary>What a plan is made of: the objects, the workspace that they are of, and the files as they were.</summary>
/// <param name="Files">Files of the editor's workspace that the objects come from.</param>
internal sealed record DeployScope(Workspace Workspace, ImmutableArray<ScopedObject> Objects, ImmutableDictionary<string, ManifestFile> Files)
{
    /// <summary>Resolves what the client asked for.</summary>
    /// <exception cref="RpcErrorException">There is nothing to apply, and why.</exception>
    public static async Task<DeployScope> OfAsync(DeployScopeParams asked, Snapshot snapshot, CancellationToken cancellation)
    {
        Workspace workspace = snapshot.Analysis.Workspace;
        if (asked.Kind == "kustomize")
        {
            return await KustomizedAsync(Folder(Key(asked)), snapshot, cancellation).ConfigureAwait(false);
        }
        ImmutableArray<ScopedObject> objects = asked.Kind switch
        {
            "object" when asked.Position is { } position => ApplyScope.Selection(workspace, Key(asked), LineRange.At(Convert.ToEngine(position))),
            "selection" when asked.Range is { } range => ApplyScope.Selection(workspace, Key(asked), Convert.ToEngine(range)),
            "file" => ApplyScope.File(workspace, Key(asked)),
            "folder" => ApplyScope.Folder(workspace, Folder(Key(asked))),
            "workspace" => ApplyScope.All(workspace),
            _ => throw new RpcErrorException(ErrorCode.InvalidParams, $"`{asked.Kind}` is no scope, or its position or range is missing."),
        };
        ImmutableDictionary<string, ManifestFile> files = FilesOf(workspace, path => objects.Any(one => one.Path == path));
        return Checked(workspace, objects, files);
    }

    private static async Task<DeployScope> KustomizedAsync(string folder, Snapshot snapshot, CancellationToken cancellation)
    {
        Workspace workspace = snapshot.Analysis.Workspace;
        string kustomization = KustomizeScope.KustomizationOf(workspace, folder) ?? throw Refuse("There is no kustomization in this folder.");
        KustomizeScope scope = KustomizeScope.Of(workspace, kustomization);
        HashSet<string> inputs = [.. scope.Files];
        string? onDisk = DocumentKey.ToPath(folder) is { } path && Directory.Exists(path) ? path : null;
        if (onDisk is not null && Kustomize.HasKubectl(Environment.GetEnvironmentVariable) && inputs.FirstOrDefault(one => snapshot.Open.ContainsKey(one) && !IsSaved(workspace, one)) is { } unsaved)
        {
            throw Refuse($"Save {Path.GetFileName(unsaved)} first: kubectl renders what is on disk.");
        }
        Rendering rendering = await Kustomize.RenderAsync(scope, onDisk, Environment.GetEnvironmentVariable, cancellation).ConfigureAwait(false);
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(workspace.Settings with { Clusters = ClusterMap.None }));
        Workspace made = host.Apply(new WorkspaceChange.OnDisk(folder + "/rendered.yaml", rendering.Text ?? throw Refuse(rendering.Reason!)));
        ImmutableArray<string> clusters = workspace.File(kustomization)!.Manifest.Documents is [var first, ..] ? workspace.ClusterNamesOf(kustomization, first.Document) : [];
        return Checked(made, scope.WithOrigins(made), FilesOf(workspace, one => inputs.Contains(one) || IsBelow(one, folder))) with { Kustomization = (workspace, clusters) };
    }

    private static bool IsSaved(Workspace workspace, string key)
    {
        try
        {
            return DocumentKey.ToPath(key) is { } path && File.ReadAllText(path) == workspace.File(key)!.Manifest.GetText();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>True while all files are as they were when the plan was made.</summary>
    public bool IsCurrent(Workspace now)
    {
        foreach ((string path, ManifestFile manifest) in Files)
        {
            if (!ReferenceEquals(now.File(path)?.Manifest, manifest))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>For what a kustomization makes: the workspace that it stands in, and the clusters that it is for there.</summary>
    private (Workspace Workspace, ImmutableArray<string> Clusters)? Kustomization { get; init; }

    /// <summary>The objects that are for a context: what is marked for a cluster with another context is left out.</summary>
    public ImmutableArray<ScopedObject> For(string context) =>
        Kustomization is { } kustomization ? IsFor(kustomization.Workspace, kustomization.Clusters, context) ? Objects : []
        : !Workspace.HasClusters ? Objects
        : Objects.RemoveAll(one => !IsFor(Workspace, Workspace.ClusterNamesOf(one.Path, one.Slot.Document), context));

    /// <summary>Clusters whose context the settings do not tell may be this one.</summary>
    private static bool IsFor(Workspace workspace, ImmutableArray<string> clusters, string context) =>
        clusters.IsEmpty || clusters.Any(name => workspace.Settings.Clusters.Find(name)?.Context is not { } own || own == context);

    private static DeployScope Checked(Workspace workspace, ImmutableArray<ScopedObject> objects, ImmutableDictionary<string, ManifestFile> files) =>
        objects.IsEmpty ? throw Refuse("There is no object to apply.") : new DeployScope(workspace, objects, files);

    private static ImmutableDictionary<string, ManifestFile> FilesOf(Workspace workspace, Func<string, bool> takes) =>
        workspace.Files.Where(one => takes(one.Key)).ToImmutableDictionary(one => one.Key, one => one.Value.Manifest);

    private static string Key(DeployScopeParams asked) =>
        DocumentKey.Of(asked.Uri ?? throw new RpcErrorException(ErrorCode.InvalidParams, "The scope has no `uri`."));

    /// <summary>A folder, also when one of its kustomization files is named.</summary>
    private static string Folder(string key)
    {
        string folder = key.TrimEnd('/');
        int slash = folder.LastIndexOf('/');
        return slash >= 0 && folder[(slash + 1)..] is "kustomization.yaml" or "kustomization.yml" or "Kustomization" ? folder[..slash] : folder;
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static RpcErrorException Refuse(string why) => new(ErrorCode.RequestFailed, why);
}
