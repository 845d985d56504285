using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>What an apply or a rollback came to.</summary>
internal static class ResultReport
{
    public static void Text(ApplyResult result, IReadOnlyList<WaitedObject> waited, TextWriter output)
    {
        foreach (AppliedObject one in result.Objects)
        {
            string word = one.Outcome switch
            {
                ObjectOutcome.NotReached => "not reached",
                ObjectOutcome.RolledBack => "rolled back",
                ObjectOutcome.NotRolledBack => "NOT rolled back",
                _ => one.Outcome.ToString().ToLowerInvariant(),
            };
            output.Write($"{Printable.Of(one.Context)}  {word}  {Printable.Of(one.Address.ToString())}{(one.Note.Length > 0 ? ": " + Printable.Of(one.Note) : "")}\n");
        }
        output.Write(result.Outcome switch
        {
            ApplyOutcome.Applied => string.Create(CultureInfo.InvariantCulture, $"Applied {result.Objects.Length} {(result.Objects.Length == 1 ? "object" : "objects")}.\n"),
            ApplyOutcome.NothingToDo => "Nothing to do.\n",
            ApplyOutcome.Refused => $"Nothing was written. {Printable.Of(result.Message)}\n",
            ApplyOutcome.RolledBack => $"{Printable.Of(result.Message)} Everything is as before.\n".TrimStart(),
            _ => $"{Printable.Of(result.Message)} Not everything is as before; see above for what remains.\n".TrimStart(),
        });
        foreach (WaitedObject one in waited)
        {
            Waited(one, output, null);
        }
    }

    public static void Json(Utf8JsonWriter json, ApplyResult result, IReadOnlyList<WaitedObject> waited)
    {
        json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(result.Outcome.ToString()));
        json.WriteString("message", Printable.WellFormed(result.Message));
        json.WriteStartArray("results");
        foreach (AppliedObject one in result.Objects)
        {
            json.WriteStartObject();
            json.WriteString("context", Printable.WellFormed(one.Context));
            PlanJson.Object(json, one.Address);
            json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(one.Outcome.ToString()));
            json.WriteString("note", Printable.WellFormed(one.Note));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("status");
        foreach (WaitedObject one in waited)
        {
            json.WriteStartObject();
            json.WriteString("context", Printable.WellFormed(one.Context));
            PlanJson.Object(json, one.Address);
            Conditions(json, one.Conditions);
            json.WriteString("error", one.Error?.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Conditions(Utf8JsonWriter json, LiveConditions? live)
    {
        json.WriteString("health", live is null ? "unknown" : JsonNamingPolicy.CamelCase.ConvertName(live.Health.ToString()));
        json.WriteStartArray("addresses");
        foreach (string address in live?.Addresses ?? [])
        {
            json.WriteStringValue(Printable.WellFormed(address));
        }
        json.WriteEndArray();
        json.WriteStartArray("conditions");
        foreach (LiveCondition one in live?.Conditions ?? ImmutableArray<LiveCondition>.Empty)
        {
            json.WriteStartObject();
            json.WriteString("of", Printable.WellFormed(one.Of));
            json.WriteString("type", Printable.WellFormed(one.Type));
            json.WriteString("status", Printable.WellFormed(one.Status));
            json.WriteString("reason", Printable.WellFormed(one.Reason));
            json.WriteString("message", Printable.WellFormed(one.Message));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <param name="down">Of a route with rules whose backends can't answer.</param>
    public static void Waited(WaitedObject one, TextWriter output, RouteShift? down)
    {
        if (one.Conditions is not { } live)
        {
            output.Write($"{Printable.Of(one.Context)}  unknown  {Printable.Of(one.Address.ToString())}: {Printable.Of(one.Error?.Message ?? "")}\n");
            return;
        }
        string word = live.Health switch
        {
            LiveHealth.Healthy => down is null ? "ok" : down.IsDown ? "down" : "partly down",
            LiveHealth.Unhealthy => "bad",
            LiveHealth.Pending => "pending",
            _ => "",
        };
        if (word.Length == 0)
        {
            return;
        }
        string addresses = live.Addresses.IsEmpty ? "" : "  " + string.Join(", ", live.Addresses);
        string note = live.Health == LiveHealth.Pending ? "  no controller has accepted it so far" : "";
        output.Write($"{Printable.Of(one.Context)}  {word}  {Printable.Of(one.Address.ToString())}{Printable.Of(addresses)}{note}\n");
        foreach (LiveCondition bad in live.Bad)
        {
            output.Write($"    {Printable.Of($"{(bad.Of.Length > 0 ? bad.Of + ": " : "")}{bad.Type} is {bad.Status}: {bad.Reason}. {bad.Message}")}\n");
        }
        foreach (RuleOutage outage in down?.Outages ?? [])
        {
            output.Write($"    {Printable.Of(string.Create(CultureInfo.InvariantCulture, $"rule {outage.Rule + 1}: no ready endpoints behind {string.Join(", ", outage.Empty)}"))}\n");
        }
    }
}
