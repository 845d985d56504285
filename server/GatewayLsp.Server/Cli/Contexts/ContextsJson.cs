using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Contexts;

/// <summary><c>{"contexts":[{"name","provider","label","cluster","reachable","version","reason", ...}]}</c>.</summary>
internal static class ContextsJson
{
    public static string NameOf(ClusterProvider provider) => provider switch
    {
        ClusterProvider.Eks => "eks",
        ClusterProvider.Gke => "gke",
        _ => "other",
    };

    public static void Write(ImmutableArray<ContextState> states, Stream output)
    {
        using var json = new Utf8JsonWriter(output, JsonReport.Options);
        json.WriteStartObject();
        json.WriteStartArray("contexts");
        foreach (ContextState state in states)
        {
            ClusterTarget target = state.Target;
            json.WriteStartObject();
            json.WriteString("name", Printable.WellFormed(target.Context));
            json.WriteString("provider", NameOf(target.Provider));
            json.WriteString("label", Printable.WellFormed(target.Label));
            json.WriteString("cluster", Printable.WellFormed(target.Cluster));
            if (state.IsReachable is { } isReachable)
            {
                json.WriteBoolean("reachable", isReachable);
            }
            else
            {
                json.WriteNull("reachable");
            }
            json.WriteString("version", state.Version?.GitVersion);
            json.WriteString("reason", state.Error?.Message);
            json.WriteString("hint", state.Error?.Hint);
            json.WriteString("server", target.Server);
            json.WriteString("region", target.Region);
            json.WriteString("account", target.Account);
            json.WriteString("namespace", target.Namespace);
            json.WriteString("insecure", target.Insecurity);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }
}
