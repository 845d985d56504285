using System.Collections.Immutable;
using System.CommandLine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>Turns the contexts of a command line into clients. There is no default: a cluster is always named.</summary>
internal static class ClusterClients
{
    /// <summary>Contexts, parted by commas, whose name has to be typed before anything is written to them.</summary>
    public const string ProtectedVariable = "GATEWAY_LSP_PROTECTED";

    /// <summary>Contexts that a message names.</summary>
    private const int MaxTold = 8;

    /// <summary>Null after the reason was told.</summary>
    public static List<IClusterClient>? Open(Command command, ClusterDirectory directory, string[] contexts, Terminal terminal)
    {
        ClusterTargets found = directory.Read();
        foreach (KubeconfigProblem problem in found.Problems)
        {
            terminal.Error.Write($"warning: {Printable.Of(problem.ToString())}\n");
        }
        var clients = new List<IClusterClient>();
        foreach (string name in contexts.Distinct(StringComparer.Ordinal))
        {
            if (found.Find(name) is null)
            {
                terminal.Error.Write(Unknown(command, name, found));
                return null;
            }
            Answered<IClusterClient> client = directory.Connect(name);
            if (!client.IsOk)
            {
                Tell(name, client.Error, terminal);
                return null;
            }
            clients.Add(client.Value);
        }
        return clients;
    }

    /// <summary>What went wrong with a cluster, and what helps.</summary>
    public static void Tell(string name, ClusterError error, Terminal terminal)
    {
        terminal.Error.Write($"error: {Printable.Of(name)}: {Printable.Of(error.Message)}\n");
        foreach (string line in (error.Hint ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            terminal.Error.Write($"  {Printable.Of(line)}\n");
        }
    }

    /// <summary>A context that no kubeconfig has: with those that there are, or where was looked.</summary>
    public static string Unknown(Command command, string name, ClusterTargets found)
    {
        string? nearest = UsageError.Nearest(name, found.Targets.Select(static target => target.Context));
        string known = nearest is not null ? ""
            : found.Targets.IsEmpty ? $", nor any other; looked in {string.Join(", ", found.Paths)} (KUBECONFIG or --kubeconfig name others)"
            : $"; there is {string.Join(", ", found.Targets.Take(MaxTold).Select(static target => target.Context))}{(found.Targets.Length > MaxTold ? $" and {found.Targets.Length - MaxTold} more" : "")}";
        return UsageError.Text(command, Printable.Of($"there is no context '{name}'{known}"), nearest);
    }

    /// <summary>What the editor's settings say of contexts, and the protected ones of the environment.</summary>
    public static ClusterSettings Settings(Terminal terminal)
    {
        ImmutableDictionary<string, ContextSettings>.Builder settings = EditorSettings.Contexts(terminal).ToBuilder();
        foreach (string name in (terminal.Variable(ProtectedVariable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            settings[name] = settings.TryGetValue(name, out ContextSettings? known) ? known with { IsProtected = true } : new ContextSettings { IsProtected = true };
        }
        return ClusterSettings.Default with { Contexts = settings.ToImmutable() };
    }
}
