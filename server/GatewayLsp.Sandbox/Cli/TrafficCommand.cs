using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Demo;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Cli;

internal sealed record TrafficOptions(string Gateway, string Cluster, string Path, string Host, int PerSecond, TimeSpan Length, string[] Headers);

/// <summary>Sends requests to a running sandbox and shows who answers, every second.</summary>
internal static class TrafficCommand
{
    public static async Task<int> Run(ControlClient client, TrafficOptions options, TextWriter output, CancellationToken cancel)
    {
        JsonObject? status = await client.Ask("/status");
        IPEndPoint?[] gateways = [.. status?["clusters"].Items().OrderBy(one => one.At("name").Text() == options.Cluster ? 0 : 1).Select(one => GatewayOf(one, options.Gateway)) ?? []];
        if (gateways.All(one => one is null))
        {
            Console.Error.WriteLine($"error: no cluster has a Gateway {options.Gateway} with an open port");
            return ExitCode.Failed;
        }
        (string, string)[] headers = [.. options.Headers.Select(one => one.Split(':', 2)).Where(one => one.Length == 2).Select(one => (one[0].Trim(), one[1].Trim()))];
        using var sender = new Sender(null);
        var run = new TrafficRun(sender, [.. gateways.Where(one => one is not null).Select(one => (Func<IPEndPoint?>)(() => one))], options.Host, options.Path, headers);
        Task all = run.Run(options.PerSecond, options.Length, cancel);
        bool isTerminal = !Console.IsOutputRedirected;
        int lines = 0;
        while (await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)) != all)
        {
            lines = Show(run, output, isTerminal ? lines : 0);
        }
        await all;
        Show(run, output, isTerminal ? lines : 0);
        return run.Lost == 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    /// <summary>The first open port of a Gateway that has plain HTTP at a usual number, else its first.</summary>
    private static IPEndPoint? GatewayOf(JsonNode? cluster, string name)
    {
        foreach (JsonNode? gateway in cluster.At("gateways").Items())
        {
            if ($"{gateway.At("namespace").Text()}/{gateway.At("name").Text()}" == name && IPAddress.TryParse(gateway.At("address").Text(), out IPAddress? address)
                && (gateway.At("ports").Items().FirstOrDefault(port => port.At("port").Number() is 80 or 8080) ?? gateway.At("ports").Items().FirstOrDefault()).At("open").Number() is { } port)
            {
                return new IPEndPoint(address, (int)port);
            }
        }
        return null;
    }

    private static int Show(TrafficRun run, TextWriter output, int above)
    {
        if (above > 0)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\u001b[{above}A\u001b[J"));
        }
        IReadOnlyDictionary<string, int> who = run.Who;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run.Sent} requests, {run.Lost} lost, half within {run.Percentile(0.5).TotalMilliseconds:0.0} ms, 99 % within {run.Percentile(0.99).TotalMilliseconds:0.0} ms"));
        foreach ((string name, int count) in who)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-32} {count,8} {CommandLine.Percent((double)count / Math.Max(1, run.Sent)),9}"));
        }
        return who.Count + 1;
    }
}
