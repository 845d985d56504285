using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Server.Cli.Apply;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Deploying;

namespace GatewayLsp.Server.Cli.Failover;

internal sealed record FailoverOptions(ApplyOptions Apply)
{
    public required ImmutableHashSet<string> GivenUp { get; init; }

    /// <summary>Take earlier shifts back.</summary>
    public bool Back { get; init; }

    /// <summary>Only print the changed routes, for those who apply from a repository.</summary>
    public bool Print { get; init; }
}

/// <summary>Reads the clusters, prepares the shift, and hands it to <c>apply</c>: the same difference, question, journal and way back.</summary>
internal sealed class FailoverRun(FailoverOptions options, Terminal terminal, IReadOnlyList<IClusterClient> clients)
{
    private const int MaxFolders = 2_000;
    private const int MaxFiles = 5_000;

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        ObservedCluster[] clusters = await Task.WhenAll((await ReadAsync(clients, cancellation).ConfigureAwait(false)).Select(one => DefinedAsync(one, cancellation))).ConfigureAwait(false);
        FailoverPlan plan = options.Back ? FailoverPlanner.Back(clusters, options.GivenUp) : FailoverPlanner.Plan(clusters, options.GivenUp);
        ObservedCluster[] kept = Array.FindAll(clusters, one => !options.GivenUp.Contains(one.Target.Context));
        bool isSeen = Array.TrueForAll(kept, static one => ClusterSight.Of(one).Unread.IsEmpty);
        if (options.Print)
        {
            Print(plan);
            FailoverText.Write(plan, terminal.Error, options.Back);
            FailoverText.Sight(kept, terminal.Error);
            return Remains(plan, isSeen);
        }
        using (TextWriter output = terminal.OpenWriter())
        {
            FailoverText.Write(plan, output, options.Back);
            FailoverText.Sight(kept, output);
            if (!plan.HasChanges)
            {
                output.Write((plan.IsWell, options.Back) switch
                {
                    (true, true) when !isSeen => "No route that could be read was shifted.\n",
                    (true, false) when !isSeen => "Nothing to shift in what could be read.\n",
                    (true, true) => "No route was shifted.\n",
                    (true, false) => "All backends with a weight have ready endpoints, as far as is known. Nothing to shift.\n",
                    (false, true) => "There is nothing that could be brought back.\n",
                    (false, false) => "There is nothing that could be shifted.\n",
                });
            }
        }
        if (!plan.HasChanges)
        {
            return Remains(plan, isSeen);
        }
        int exit = Remains(plan, isSeen);
        Workspace files = Files(plan);
        foreach (ClusterShift shift in plan.Clusters.Where(one => one.Routes.Any(route => route.Prepared is not null)))
        {
            IClusterClient client = clients.First(one => one.Target.Context == shift.Target.Context);
            Workspace workspace = Prepared(shift);
            var run = new ApplyRun(options.Apply, terminal, FileJournal.Of(terminal.Variable), [client]);
            exit = Math.Max(exit, await run.ExecuteAsync(workspace, ApplyScope.Live(workspace, files), cancellation).ConfigureAwait(false));
        }
        return exit;
    }

    public static Task<ObservedCluster[]> ReadAsync(IEnumerable<IClusterClient> clients, CancellationToken cancellation) =>
        Task.WhenAll(clients.Select(client => ClusterReader.ReadAsync(client, [client.Target.Namespace], TimeProvider.System, cancellation)));

    /// <summary>What stays down whatever is carried out: rules without a way out, and clusters that don't answer though nobody gave them up. What could not be read may be down, too.</summary>
    private int Remains(FailoverPlan plan, bool isSeen) =>
        !isSeen || plan.HasObstacles || plan.Lost.Any(one => !options.GivenUp.Contains(one.Target.Context)) ? ExitCode.Findings : ExitCode.Fine;

    /// <summary>What is a default of a route, and is left out of what is prepared, the cluster itself says.</summary>
    private async Task<ObservedCluster> DefinedAsync(ObservedCluster cluster, CancellationToken cancellation) => cluster.Served is not { } served ? cluster
        : cluster with
        {
            Definitions = await DefinitionCalls.ReadAsync(clients.First(one => one.Target.Context == cluster.Target.Context), served,
                FailoverPlanner.KindsOf(cluster), cancellation).ConfigureAwait(false),
        };

    /// <summary>The routes as they would be, as manifests.</summary>
    public static Workspace Prepared(ClusterShift shift)
    {
        var host = new AnalysisHost();
        foreach (RouteShift route in shift.Routes)
        {
            if (route.Prepared is { } tree)
            {
                host.Apply(new WorkspaceChange.OnDisk(route.Route.Key + ".yaml", YamlLines.Text(tree)));
            }
        }
        return host.Current;
    }

    /// <summary>The manifests below the current folder that may have the routes: they name the places of what is refused. None where there is too much to look through.</summary>
    private Workspace Files(FailoverPlan plan)
    {
        string[] names = [.. plan.Clusters.SelectMany(one => one.Routes).Where(one => one.Prepared is not null).Select(one => one.Route.Name).Distinct(StringComparer.Ordinal)];
        var host = new AnalysisHost();
        var finder = new ManifestFinder(terminal.Folder) { MaxFolders = MaxFolders };
        IReadOnlyList<ManifestSource> sources = finder.Find(["."], "");
        if (!finder.IsCut && sources.Count <= MaxFiles)
        {
            foreach (ManifestSource source in sources)
            {
                if (ManifestReader.Read(source, terminal.In).Text is { } text && Array.Exists(names, name => text.Contains(name, StringComparison.Ordinal)))
                {
                    host.Apply(new WorkspaceChange.OnDisk(source.Key, text));
                }
            }
        }
        return host.Current;
    }

    private void Print(FailoverPlan plan)
    {
        using TextWriter output = terminal.OpenWriter();
        foreach (ClusterShift shift in plan.Clusters)
        {
            foreach (RouteShift route in shift.Routes.Where(one => one.Prepared is not null))
            {
                output.Write($"---\n# {Printable.Of(shift.Target.Context)}\n{YamlLines.Text(route.Prepared)}");
            }
        }
    }
}
