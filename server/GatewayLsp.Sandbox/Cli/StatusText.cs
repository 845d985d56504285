using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>The status for people.</summary>
internal static class StatusText
{
    public static string Of(JsonObject status)
    {
        var text = new StringBuilder();
        foreach (JsonNode? cluster in status["clusters"].Items())
        {
            text.Append($"{cluster.At("name").Text()}  {cluster.At("server").Text()}  {cluster.At("version").Text()}  {(cluster.At("down").Truth() == true ? "down" : cluster.At("waitsForPort").Truth() == true ? "up, but another process has the port" : "up")}\n");
            if (cluster.At("mesh").Text() is { Length: > 0 } mesh)
            {
                text.Append($"  mesh http://{mesh}\n");
            }
            foreach (JsonNode? gateway in cluster.At("gateways").Items())
            {
                string ports = string.Join(", ", gateway.At("ports").Items().Select(port =>
                    $"{string.Join('+', port.At("protocols").Items().Select(one => one.Text()))} {port.At("port").Shown()}{(port.At("port").Number() == port.At("open").Number() ? "" : $" at {port.At("open").Shown()}")}"));
                text.Append($"  gateway {gateway.At("namespace").Text()}/{gateway.At("name").Text()}  {gateway.At("address").Text()}  {(ports.Length > 0 ? ports : "nothing open")}  programmed: {gateway.At("programmed").Text()}\n");
            }
            foreach (JsonNode? pod in cluster.At("pods").Items())
            {
                text.Append($"  pod {pod.At("namespace").Text()}/{pod.At("name").Text()}  {pod.At("address").Text()}  {pod.At("requests").Shown()} requests{(pod.At("down").Truth() == true ? "  down" : "")}\n");
            }
        }
        foreach (JsonNode? fault in status["faults"].Items())
        {
            text.Append($"fault {fault.At("target").Text()}: {FaultText.Words(fault)}\n");
        }
        foreach (JsonNode? notice in status["notices"].Items())
        {
            text.Append(notice.Text()).Append('\n');
        }
        return text.ToString();
    }
}
