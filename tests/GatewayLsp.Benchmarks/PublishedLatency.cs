using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace GatewayLsp.Benchmarks;

/// <summary>
/// The whole server as a process, over a platform of thousands of files on disk: from an edit to the last
/// <c>textDocument/publishDiagnostics</c> that it leads to, in whatever file. Each edit changes findings of other files, back and
/// forth. Run with <c>published PROGRAM [ARGUMENT...]</c>, where the program is the server.
/// </summary>
internal static class PublishedLatency
{
    private const int Routes = 10_000;
    private const int Rounds = 60;

    /// <summary>Edits that are made and not counted: the first ones find nothing kept.</summary>
    private const int Unmeasured = 6;

    /// <summary>Nothing comes after such a pause.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);

    public static async Task Run(TextWriter output, string[] command)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-lsp-published-");
        try
        {
            var published = new ConcurrentQueue<(long At, string Uri)>();
            foreach ((string path, string text) in Cities.Files(Routes))
            {
                string file = Path.Combine(folder.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, text);
            }
            using var client = new StdioClient(command);
            client.Notified += (method, parameters) =>
            {
                if (method == "textDocument/publishDiagnostics")
                {
                    published.Enqueue((Stopwatch.GetTimestamp(), (string)parameters!["uri"]!));
                }
            };
            string root = new Uri(folder.FullName).AbsoluteUri;
            long start = Stopwatch.GetTimestamp();
            await client.RequestAsync("initialize", new JsonObject
            {
                ["processId"] = Environment.ProcessId,
                ["rootUri"] = root,
                ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = root, ["name"] = "platform" }),
                ["capabilities"] = new JsonObject(),
                ["initializationOptions"] = new JsonObject { ["gatewayLsp"] = new JsonObject { ["workspace"] = new JsonObject { ["complete"] = true } } },
            });
            client.Notify("initialized", new JsonObject());
            while (published.IsEmpty || Stopwatch.GetElapsedTime(published.Last().At) < TimeSpan.FromSeconds(2))
            {
                await Task.Delay(50);
            }
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Routes} routes: start to the last of {published.Select(one => one.Uri).Distinct().Count()} files with findings {Stopwatch.GetElapsedTime(start, published.Last().At).TotalMilliseconds:F0} ms, {client.Memory:F0} MB"));
            (string Name, string Path, Func<int, string> Make)[] edits =
            [
                ("route", "teams/7/routes-0.yaml", i => Team7(Cities.Route(7, 0).Replace("- app-0.", i == 0 ? "- app-0." : "- app-40.", StringComparison.Ordinal))),
                ("Gateway", "gateways/0.yaml", i => Cities.Gateway(0).Replace("from: Selector", i == 0 ? "from: Selector" : "from: Same", StringComparison.Ordinal).Replace("from: All\n", i == 0 ? "from: All\n" : "from: Same\n", StringComparison.Ordinal)),
                ("Gateway's port", "gateways/0.yaml", i => Cities.Gateway(0, i == 0 ? 80 : 443)),
                ("grant", "teams/7/base.yaml", i => Cities.Team(7).Replace("kind: HTTPRoute", i == 0 ? "kind: HTTPRoute" : "kind: GRPCRoute", StringComparison.Ordinal)),
                ("Service", "teams/7/routes-0.yaml", i => Cities.Route(7, 0) + "---\n" + Cities.Service(7, 0, 8080 + i)),
            ];
            foreach ((string name, string path, Func<int, string> make) in edits)
            {
                await MeasureAsync(name, root + "/" + path, make, client, published, output);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Team7(string route) => route + "---\n" + Cities.Service(7, 0);

    private static async Task MeasureAsync(string name, string uri, Func<int, string> make, StdioClient client, ConcurrentQueue<(long At, string Uri)> published, TextWriter output)
    {
        client.Notify("textDocument/didOpen", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "yaml", ["version"] = 0, ["text"] = make(0) } });
        await Task.Delay(1000);
        var times = new List<double>();
        var files = new HashSet<string>();
        for (int i = 1; i <= Rounds + Unmeasured; i++)
        {
            published.Clear();
            long start = Stopwatch.GetTimestamp();
            client.Notify("textDocument/didChange", new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = i }, ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = make(i & 1) }),
            });
            do
            {
                await Task.Delay(20);
            }
            while (Stopwatch.GetElapsedTime(published.IsEmpty ? start : published.Last().At) < Silence);
            if (i > Unmeasured && !published.IsEmpty)
            {
                times.Add(Stopwatch.GetElapsedTime(start, published.Last().At).TotalMilliseconds);
                files.UnionWith(published.Select(one => one.Uri));
            }
        }
        client.Notify("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        await Task.Delay(1000);
        times.Sort();
        output.WriteLine(times.Count == 0 ? $"  {name,-15} led to nothing" : string.Create(CultureInfo.InvariantCulture,
            $"  {name,-15} p50 {times[times.Count / 2],6:F1} ms  p95 {times[(int)(times.Count * 0.95)],6:F1} ms  max {times[^1],6:F1} ms  {times.Count} edits, {files.Count} files told anew"));
    }
}
