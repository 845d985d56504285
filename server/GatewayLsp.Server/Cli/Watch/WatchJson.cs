using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Watch;

/// <summary>A state as one line of JSON; see docs/cli.md.</summary>
internal static class WatchJson
{
    public static void Write(Stream output, ImmutableArray<ClusterHealth> health, FailoverPlan plan, FailoverPlan back)
    {
        using (var json = new Utf8JsonWriter(output, JsonReport.Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("well", plan.IsWell && health.All(one => one.IsWell));
            json.WriteStartArray("clusters");
            foreach (ClusterHealth one in health)
            {
                json.WriteStartObject();
                json.WriteString("context", Printable.WellFormed(one.Target.Context));
                json.WriteString("label", Printable.WellFormed(one.Target.Label));
                json.WriteString("state", one.State == ConnectionState.Connected ? "connected" : one.State == ConnectionState.Lost ? "lost" : "unreachable");
                json.WriteString("reason", one.Error?.Message);
                Count(json, "gateways", one.Gateways);
                Count(json, "routes", one.Routes);
                one.Sight.Json(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            Shifts(json, "down", plan);
            Shifts(json, "back", back);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private static void Shifts(Utf8JsonWriter json, string name, FailoverPlan plan)
    {
        json.WriteStartArray(name);
        foreach (ClusterShift cluster in plan.Clusters)
        {
            foreach (RouteShift route in cluster.Routes)
            {
                json.WriteStartObject();
                json.WriteString("context", Printable.WellFormed(cluster.Target.Context));
                json.WriteString("kind", route.Route.Kind.Kind);
                json.WriteString("namespace", Printable.WellFormed(route.Route.Namespace));
                json.WriteString("name", Printable.WellFormed(route.Route.Name));
                Rules(json, route.Outages);
                json.WriteStartArray("changes");
                foreach (string change in route.Changes)
                {
                    json.WriteStringValue(Printable.WellFormed(change));
                }
                json.WriteEndArray();
                json.WriteString("obstacle", route.Obstacle is null ? null : Printable.WellFormed(route.Obstacle));
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    /// <summary>Rules whose backends can't answer.</summary>
    public static void Rules(Utf8JsonWriter json, ImmutableArray<RuleOutage> outages)
    {
        json.WriteStartArray("rules");
        foreach (RuleOutage outage in outages)
        {
            json.WriteStartObject();
            json.WriteNumber("rule", outage.Rule);
            json.WriteBoolean("total", outage.IsTotal);
            json.WriteStartArray("empty");
            foreach (string backend in outage.Empty)
            {
                json.WriteStringValue(Printable.WellFormed(backend));
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Count(Utf8JsonWriter json, string name, HealthCount count)
    {
        json.WriteStartObject(name);
        json.WriteNumber("ok", count.Ok);
        json.WriteNumber("bad", count.Bad);
        json.WriteNumber("pending", count.Pending);
        json.WriteEndObject();
    }
}
