using System.Collections.Immutable;
using System.CommandLine;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Deploying;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>What <c>diff</c> and <c>apply</c> share: from paths and contexts to a plan.</summary>
internal sealed class PlannedRun(Command command, Terminal terminal)
{
    public static Argument<string[]> Paths() => new("PATH")
    {
        Description = "Files, folders (searched for *.yaml, *.yml and *.json) or - for stdin.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<string?> Kustomize() => new("--kustomize", "-k")
    {
        Description = "Folder of a kustomization: what it makes, and nothing else. By kubectl if there is one on the PATH.",
        HelpName = "DIR",
    };

    /// <summary>Paths or a kustomization, not both.</summary>
    public static void Require(Command command, Argument<string[]> paths, Option<string?> kustomize) => command.Validators.Add(result =>
    {
        bool hasPaths = result.GetValue(paths) is { Length: > 0 };
        if (hasPaths == (result.GetValue(kustomize) is not null))
        {
            result.AddError(hasPaths ? "-k names all there is: leave the paths out" : "a path is missing (or -k)");
        }
    });

    public static Option<string[]> Contexts(string verb)
    {
        Option<string[]> option = ClusterOptions.Contexts($"Context of the kubeconfig {verb}; may be repeated. There is no default.");
        option.Required = true;
        option.AllowMultipleArgumentsPerToken = false;
        return option;
    }

    public static Option<bool> CreateNamespaces() => new("--create-namespaces") { Description = "Make namespaces that are missing." };

    public static Option<bool> ForceConflicts() => new("--force-conflicts") { Description = "Take fields that other field managers own." };

    /// <summary>Null after the reason was told: exit code 2.</summary>
    public async Task<(Workspace Workspace, ImmutableArray<ScopedObject> Scope)?> LoadAsync(string[] paths, string? kustomize, CancellationToken cancellation) =>
        kustomize is null ? Load(paths) : await RenderAsync(kustomize, cancellation).ConfigureAwait(false);

    private async Task<(Workspace Workspace, ImmutableArray<ScopedObject> Scope)?> RenderAsync(string folder, CancellationToken cancellation)
    {
        string whole = Path.GetFullPath(folder, terminal.Folder);
        if (WorkspaceLoader.KustomizationOf(whole) is not { } file)
        {
            terminal.Error.Write($"error: there is no kustomization in {Printable.Of(folder)}\n");
            return null;
        }
        var loader = new WorkspaceLoader(terminal);
        (Workspace workspace, _) = loader.Load([file], "<stdin>", WorkspaceSettings.Default, withNamed: true);
        loader.TellProblems();
        if (loader.HasFailed)
        {
            return null;
        }
        KustomizeScope kustomization = KustomizeScope.Of(workspace, file);
        Rendering rendering = await Deploying.Kustomize.RenderAsync(kustomization, whole, terminal.Variable, cancellation).ConfigureAwait(false);
        if (rendering.Text is not { } text)
        {
            terminal.Error.Write($"error: {Printable.Of(rendering.Reason!)}\n");
            return null;
        }
        var host = new AnalysisHost();
        Workspace made = host.Apply(new WorkspaceChange.OnDisk(Path.Join(whole, "rendered.yaml"), text));
        ImmutableArray<ScopedObject> scope = kustomization.WithOrigins(made);
        if (scope.IsEmpty)
        {
            terminal.Error.Write($"error: {Printable.Of(folder)} makes no objects\n");
            return null;
        }
        return (made, scope);
    }

    private (Workspace Workspace, ImmutableArray<ScopedObject> Scope)? Load(string[] paths)
    {
        var loader = new WorkspaceLoader(terminal);
        (Workspace workspace, List<ManifestSource> read) = loader.Load(paths, "<stdin>", WorkspaceSettings.Default);
        loader.TellProblems();
        if (loader.HasFailed)
        {
            return null;
        }
        if (read.Find(source => Path.GetFileName(source.Key) is "kustomization.yaml" or "kustomization.yml" or "Kustomization") is { } kustomization)
        {
            // Its bases and patches are not what it stands for: applied as they are they would be something else.
            string folder = Path.GetDirectoryName(kustomization.Shown) is { Length: > 0 } name ? name : ".";
            terminal.Error.Write($"error: {Printable.Of(kustomization.Shown)} is a kustomization; take what it makes: gateway-lsp {command.Name} -k {Printable.Of(folder)} ...\n");
            return null;
        }
        HashSet<string> named = [.. read.Where(static source => source.IsNamed).Select(static source => source.Key)];
        ImmutableArray<ScopedObject> scope = ApplyScope.All(workspace).RemoveAll(one => !named.Contains(one.Path) && OtherTools.Have(one.Object));
        if (scope.IsEmpty)
        {
            terminal.Error.Write($"error: there are no Kubernetes objects in {Printable.Of(string.Join(", ", paths))}\n");
            return null;
        }
        return (workspace, scope);
    }

    /// <summary>Null after the reason was told.</summary>
    public List<IClusterClient>? Connect(ClusterDirectory directory, string[] contexts) => ClusterClients.Open(command, directory, contexts, terminal);
}
