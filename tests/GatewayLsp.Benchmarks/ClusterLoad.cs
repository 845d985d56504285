using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GatewayLsp.Benchmarks;

/// <summary>
/// The whole server as a process, connected to three clusters of thousands of routes over HTTP: memory and CPU, the time from connect to the first
/// completion that comes from a cluster, and what somebody who types feels of a hundred changes a second in each. Run with
/// <c>load PROGRAM [ARGUMENT...]</c>, where the program is the server.
/// </summary>
internal static class ClusterLoad
{
    private const int Clusters = 3;
    private const int Objects = 5000;
    private const int Rate = 100;
    private const int Rounds = 300;
    private const string Uri = "file:///load/shop.yaml";

    private const string Manifest = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: route-7
          namespace: team-7
        spec:
          parentRefs:
          - name: edge
          rules:
          - backendRefs:
            - name: svc
              port: 80
        """;

    private const int Line = 10;
    private const int Column = 15;

    public static async Task Run(TextWriter output, string[] command)
    {
        var clusters = new List<BusyCluster>();
        string config = Path.GetTempFileName();
        try
        {
            for (int i = 0; i < Clusters; i++)
            {
                clusters.Add(await BusyCluster.StartAsync(Objects));
            }
            await File.WriteAllTextAsync(config, Kubeconfig([.. clusters.Select(one => one.Url), "https://127.0.0.1:1"]));
            using var client = new StdioClient(command);
            await client.RequestAsync("initialize", new JsonObject
            {
                ["processId"] = Environment.ProcessId, ["rootUri"] = null, ["capabilities"] = new JsonObject(),
                ["initializationOptions"] = new JsonObject { ["trusted"] = true, ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = config } },
            });
            client.Notify("initialized", new JsonObject());
            client.Notify("textDocument/didOpen", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri, ["languageId"] = "yaml", ["version"] = 1, ["text"] = Manifest } });
            await MeasureAsync("configured, not connected", client, output);

            long start = Stopwatch.GetTimestamp();
            TimeSpan before = client.Processor;
            Task first = FirstOfferAsync(client, start, output);
            await Task.WhenAll(Enumerable.Range(0, Clusters).Select(i => client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = Name(i) })));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"connected to {Clusters} clusters of {Objects} routes and {Objects} Services after {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
            await first;
            await Task.Delay(TimeSpan.FromSeconds(5));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all read with {(client.Processor - before).TotalSeconds:F1} s of CPU, {client.Memory:F0} MB"));
            await MeasureAsync("connected, quiet", client, output);

            clusters.ForEach(one => one.Change(Rate));
            await Task.Delay(TimeSpan.FromSeconds(2));
            (long sent, before, start) = (clusters.Sum(one => one.Sent), client.Processor, Stopwatch.GetTimestamp());
            await Task.Delay(TimeSpan.FromSeconds(10));
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(clusters.Sum(one => one.Sent) - sent) / took.TotalSeconds:F0} changes a second, nobody types: {(client.Processor - before) / took:P1} of a core, {client.Memory:F0} MB"));
            await MeasureAsync($"connected, {Rate} changes a second in each", client, output);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at the end {client.Memory:F0} MB"));
            await client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = Name(Clusters) });
            await MeasureAsync("the same, and one that does not answer", client, output);
        }
        finally
        {
            File.Delete(config);
            foreach (BusyCluster one in clusters)
            {
                await one.DisposeAsync();
            }
        }
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"cluster-{i}");

    private static string Kubeconfig(string[] urls)
    {
        var text = new StringBuilder("apiVersion: v1\nkind: Config\nusers:\n- {name: u, user: {token: t}}\nclusters:\n");
        for (int i = 0; i < urls.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {{name: {Name(i)}, cluster: {{server: \"{urls[i]}\"}}}}\n");
        }
        text.Append("contexts:\n");
        for (int i = 0; i < urls.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {{name: {Name(i)}, context: {{cluster: {Name(i)}, user: u}}}}\n");
        }
        return text.ToString();
    }

    private static async Task FirstOfferAsync(StdioClient client, long start, TextWriter output)
    {
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(50))
        {
            JsonNode? offers = await client.RequestAsync("textDocument/completion", At());
            if (offers?["items"]?.AsArray().Any(one => ((string?)one!["label"])?.StartsWith("svc-", StringComparison.Ordinal) == true) == true)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first completion from a cluster after {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s"));
                return;
            }
            await Task.Delay(20);
        }
        output.WriteLine("no completion from a cluster within 50 s");
    }

    private static JsonObject At() => new()
    {
        ["textDocument"] = new JsonObject { ["uri"] = Uri }, ["position"] = new JsonObject { ["line"] = Line, ["character"] = Column },
    };

    /// <summary>Types and asks for completion, with pauses of 10 ms: faster than anybody, so that pauses of others would show.</summary>
    private static async Task MeasureAsync(string name, StdioClient client, TextWriter output)
    {
        var times = new double[Rounds];
        for (int i = -30; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            client.Notify("textDocument/didChange", new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = Uri, ["version"] = i + 100 },
                ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = Manifest.Replace("port: 80", $"port: {80 + (i & 1)}", StringComparison.Ordinal) }),
            });
            await client.RequestAsync("textDocument/completion", At());
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            await Task.Delay(10);
        }
        Array.Sort(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-45} edit to completion p50 {times[Rounds / 2]:F1} p95 {times[(int)(Rounds * 0.95)]:F1} max {times[^1]:F1} ms"));
    }
}
