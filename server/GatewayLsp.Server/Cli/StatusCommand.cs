using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Failover;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Cli.Watch;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp status</c>: what the controllers of clusters say of Gateways and routes.</summary>
internal static class StatusCommand
{
    private const int MaxPages = 100;

    private static readonly ImmutableArray<string> Kinds =
        ["GatewayClass", "Gateway", "ListenerSet", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "BackendTLSPolicy"];

    public static Command Create(Terminal terminal)
    {
        Option<string[]> contexts = PlannedRun.Contexts("to ask");
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        var command = new Command("status",
            """
            Show what the controllers of clusters say of GatewayClasses, Gateways, ListenerSets, routes and BackendTLSPolicies.

            Conditions of an earlier generation of an object count as not there. A route that was accepted is down all the same
            while backends of it have no ready endpoints.
            Exit code: 0 all is well or pending, 1 something is not, 2 wrong usage or a cluster that does not answer.
            """)
        {
            contexts, kubeconfig, format,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using ClusterDirectory directory = ClusterOptions.Open(parsed.GetValue(kubeconfig), ClusterClients.Settings(terminal), terminal);
            if (ClusterClients.Open(command, directory, parsed.GetValue(contexts)!, terminal) is not { } clients)
            {
                return ExitCode.Usage;
            }
            var found = new List<WaitedObject>();
            bool hasFailed = false;
            Task<ObservedCluster[]> seen = FailoverRun.ReadAsync(clients, cancellation);
            foreach ((List<WaitedObject> objects, ClusterError? error, string context) in await Task.WhenAll(clients.Select(client => ReadAsync(client, cancellation))).ConfigureAwait(false))
            {
                found.AddRange(objects);
                if (error is not null)
                {
                    hasFailed = true;
                    ClusterClients.Tell(context, error, terminal);
                }
            }
            Dictionary<(string, ObjectKey), ImmutableArray<RuleOutage>> down = FailoverPlanner.Plan(await seen.ConfigureAwait(false), ImmutableHashSet<string>.Empty).Clusters
                .SelectMany(cluster => cluster.Routes.Select(route => ((cluster.Target.Context, route.Route.Key), route.Outages))).ToDictionary();
            ImmutableArray<RuleOutage> DownOf(WaitedObject one) => down.GetValueOrDefault((one.Context, one.Address.Key), []);
            if (parsed.GetValue(format) == "json")
            {
                Json(found, DownOf, terminal.Out);
            }
            else
            {
                using TextWriter output = terminal.OpenWriter();
                found.ForEach(one => ResultReport.Waited(one, output, DownOf(one)));
                foreach (string context in clients.Select(static client => client.Target.Context).Where(context => !hasFailed && !found.Exists(one => one.Context == context)))
                {
                    output.Write($"{Printable.Of(context)}  has no GatewayClass, Gateway, ListenerSet, route or BackendTLSPolicy\n");
                }
            }
            return hasFailed ? ExitCode.Usage : found.Exists(one => one.Conditions?.Health == LiveHealth.Unhealthy || (one.Conditions?.Health == LiveHealth.Healthy && !DownOf(one).IsEmpty)) ? ExitCode.Findings : ExitCode.Fine;
        });
        return command;
    }

    private static async Task<(List<WaitedObject> Objects, ClusterError? Error, string Context)> ReadAsync(IClusterClient client, CancellationToken cancellation)
    {
        var found = new List<WaitedObject>();
        string context = client.Target.Context;
        Answered<ServedKinds> served = await client.DiscoverAsync(cancellation).ConfigureAwait(false);
        if (!served.IsOk)
        {
            return (found, served.Error, context);
        }
        ClusterError? failure = null;
        foreach (string name in Kinds)
        {
            if (served.Value.Find("gateway.networking.k8s.io", name) is not { } kind)
            {
                continue;
            }
            var request = new ListRequest(kind);
            for (int page = 0; page < MaxPages; page++)
            {
                Answered<ResourcePage> answer = await client.ListAsync(request, cancellation).ConfigureAwait(false);
                if (!answer.IsOk)
                {
                    failure ??= answer.Error;
                    break;
                }
                found.AddRange(answer.Value.Items.Select(one => new WaitedObject(context, one.Address, LiveConditions.Of(one), null)));
                if (answer.Value.Continue is not { } next)
                {
                    break;
                }
                request = request with { Continue = next };
            }
        }
        return (found, failure, context);
    }

    private static void Json(List<WaitedObject> found, Func<WaitedObject, ImmutableArray<RuleOutage>> downOf, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonReport.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("objects");
            foreach (WaitedObject one in found)
            {
                json.WriteStartObject();
                json.WriteString("context", Printable.WellFormed(one.Context));
                PlanJson.Object(json, one.Address);
                ResultReport.Conditions(json, one.Conditions);
                WatchJson.Rules(json, downOf(one));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }
}
