using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Engine.Cluster.Serving;
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
    private static readonly ImmutableArray<GroupKind> Kinds =
        [.. ((string[])["GatewayClass", "Gateway", "ListenerSet", .. ClusterSight.Routes, "BackendTLSPolicy"]).Select(kind => new GroupKind(ClusterReader.GatewayGroup, kind))];

    /// <summary>What the answer rests on: also whether there are endpoints.</summary>
    private static readonly ImmutableArray<GroupKind> Told = [.. Kinds, new("discovery.k8s.io", "EndpointSlice")];

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
            Exit code: 0 all is well or pending, 1 something is not, or Gateways, routes or EndpointSlices could not be read (health is not
            judged by other kinds; the last line names them), 2 wrong usage or a cluster that does not answer.
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
            ObservedCluster[] seen = await FailoverRun.ReadAsync(clients, cancellation).ConfigureAwait(false);
            List<WaitedObject> found = [.. seen.SelectMany(Objects)];
            bool hasFailed = false;
            foreach (ObservedCluster failed in seen.Where(one => one.Error is not null))
            {
                hasFailed = true;
                ClusterClients.Tell(failed.Target.Context, failed.Error!, terminal);
            }
            Dictionary<(string, ObjectKey), RouteShift> down = FailoverPlanner.Plan(seen, ImmutableHashSet<string>.Empty).Clusters
                .SelectMany(cluster => cluster.Routes.Select(route => ((cluster.Target.Context, route.Route.Key), route))).ToDictionary();
            RouteShift? DownOf(WaitedObject one) => down.GetValueOrDefault((one.Context, one.Address.Key));
            if (parsed.GetValue(format) == "json")
            {
                Json(found, seen, DownOf, terminal.Out);
            }
            else
            {
                using TextWriter output = terminal.OpenWriter();
                found.ForEach(one => ResultReport.Waited(one, output, DownOf(one)));
                foreach (ObservedCluster cluster in seen.Where(static one => one.Error is null))
                {
                    Sight(cluster, found.Exists(one => one.Context == cluster.Target.Context), output);
                }
            }
            return hasFailed ? ExitCode.Usage
                : found.Exists(one => one.Conditions?.Health == LiveHealth.Unhealthy || (one.Conditions?.Health == LiveHealth.Healthy && DownOf(one) is not null))
                    || seen.Any(static one => !ClusterSight.Of(one).Unread.IsEmpty) ? ExitCode.Findings : ExitCode.Fine;
        });
        return command;
    }

    private static IEnumerable<WaitedObject> Objects(ObservedCluster cluster) => Kinds
        .SelectMany(kind => cluster.Kinds.TryGetValue(kind, out ObservedKind? known) ? known.Resources.Values : [])
        .OrderBy(one => Kinds.IndexOf(new GroupKind(one.Key.Group, one.Key.Kind))).ThenBy(one => one.Namespace, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal)
        .Select(one => new WaitedObject(cluster.Target.Context, one.Address, LiveConditions.Of(one), null));

    /// <summary>How far the list above goes.</summary>
    private static void Sight(ObservedCluster cluster, bool hasObjects, TextWriter output)
    {
        ClusterSight sight = ClusterSight.Of(cluster, Told);
        string context = Printable.Of(cluster.Target.Context);
        if (!sight.IsWhole)
        {
            output.Write($"{context}  {(sight.Unread.IsEmpty ? "" : "unknown  ")}{sight}\n");
        }
        else if (!hasObjects)
        {
            output.Write($"{context}  has no GatewayClass, Gateway, ListenerSet, route or BackendTLSPolicy\n");
        }
    }

    private static void Json(List<WaitedObject> found, ObservedCluster[] seen, Func<WaitedObject, RouteShift?> downOf, Stream output)
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
                WatchJson.Rules(json, downOf(one)?.Outages ?? []);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("clusters");
            foreach (ObservedCluster cluster in seen)
            {
                json.WriteStartObject();
                json.WriteString("context", Printable.WellFormed(cluster.Target.Context));
                ClusterSight.Of(cluster, Told).Json(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }
}
