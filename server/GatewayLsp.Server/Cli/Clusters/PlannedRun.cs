using System.Collections.Immutable;
using System.CommandLine;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>What <c>diff</c> and <c>apply</c> share: from paths and contexts to a plan.</summary>
internal sealed class PlannedRun(Command command, Terminal terminal)
{
    public static Argument<string[]> Paths() => new("PATH")
    {
        Description = "Files, folders (searched for *.yaml, *.yml and *.json) or - for stdin.",
        Arity = ArgumentArity.OneOrMore,
    };

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
    public (Workspace Workspace, ImmutableArray<ScopedObject> Scope)? Load(string[] paths)
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
            terminal.Error.Write($"error: {Printable.Of(kustomization.Shown)} is a kustomization; apply what it renders: "
                + $"kubectl kustomize {Printable.Of(folder)} | gateway-lsp {command.Name} - ...\n");
            return null;
        }
        ImmutableArray<ScopedObject> scope = ApplyScope.All(workspace);
        if (scope.IsEmpty)
        {
            terminal.Error.Write("error: there are no objects in it\n");
            return null;
        }
        return (workspace, scope);
    }

    /// <summary>Null after the reason was told.</summary>
    public List<IClusterClient>? Connect(ClusterDirectory directory, string[] contexts) => ClusterClients.Open(command, directory, contexts, terminal);
}
