using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>Faults in words: what <c>fail</c>, <c>heal</c> and <c>status</c> print of them.</summary>
internal static class FaultText
{
    /// <summary>Pods that are named one by one.</summary>
    private const int MaxPods = 8;

    /// <summary><c>300 ms late, 20 % errors</c>; empty for none.</summary>
    public static string Words(JsonNode? fault) => string.Join(", ", new[]
    {
        fault.At("down").Truth() == true ? "down" : "", fault.At("latencyMs").Number() is > 0 and var wait ? $"{wait} ms late" : "",
        fault.At("errorPercent").Number() is > 0 and var percent ? $"{percent} % errors" : "",
    }.Where(part => part.Length > 0));

    /// <summary>What <c>fail</c> did.</summary>
    public static string Failed(JsonObject answer)
    {
        var text = new StringBuilder();
        string now = Words(answer);
        string before = Words(answer["before"]);
        text.Append($"{answer["target"].Text()}: {(now.Length > 0 ? now : "no fault")}{(before.Length > 0 ? $" (before: {before})" : "")}\n");
        Hit(text, answer);
        return text.ToString();
    }

    /// <summary>What <c>heal</c> did.</summary>
    public static string Healed(JsonObject answer)
    {
        var text = new StringBuilder();
        foreach (JsonNode? one in answer["healed"].Items())
        {
            text.Append($"{one.At("target").Text()}: healed (was: {Words(one)})\n");
            Hit(text, one);
        }
        if (answer["healed"] is not JsonArray { Count: > 0 })
        {
            text.Append(answer["target"].Text() is { Length: > 0 } target ? $"{target} had no fault\n" : "there was no fault\n");
        }
        foreach (JsonNode? one in answer["left"].Items())
        {
            text.Append($"still on: {one.At("target").Text()}: {Words(one)}\n");
        }
        foreach (JsonNode? one in answer["waiting"].Items())
        {
            text.Append($"{one.At("cluster").Text()}: another process took port {one.At("port").Shown()}; the API server answers again when it is free\n");
        }
        return text.ToString();
    }

    private static void Hit(StringBuilder text, JsonNode? told)
    {
        JsonNode?[] all = [.. told.At("hit").Items()];
        // A pod is in one of them.
        JsonNode?[] shown = [.. all.Where(cluster => cluster.At("pods") is JsonArray { Count: > 0 } || told.At("isCluster").Truth() == true)];
        foreach (JsonNode? cluster in shown.Length > 0 ? shown : all)
        {
            string[] pods = [.. cluster.At("pods").Items().Select(pod => pod.Text()!)];
            string named = pods.Length == 0 ? "no pods run" : string.Join(", ", pods.Take(MaxPods)) + (pods.Length > MaxPods ? $" and {pods.Length - MaxPods} more" : "");
            if (told.At("isCluster").Truth() == true && told.At("down").Truth() == true)
            {
                named = $"API server, Gateways and {(pods.Length == 1 ? "1 pod" : $"{pods.Length} pods")}";
            }
            text.Append($"  {cluster.At("cluster").Text()}: {named}\n");
        }
    }
}
