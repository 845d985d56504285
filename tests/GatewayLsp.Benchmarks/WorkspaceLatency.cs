using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;

namespace GatewayLsp.Benchmarks;

/// <summary>
/// From an edit in a platform of thousands of files to the findings of every file, as the publisher asks for them. Prints
/// percentiles, which say more than a mean about what a user feels: run with <c>workspace</c>.
/// </summary>
internal static class WorkspaceLatency
{
    private const int Rounds = 60;
    private const int Team = 7;

    /// <param name="words">For a profiler: a number of routes, one of the edits, how often.</param>
    public static void Run(TextWriter output, params ReadOnlySpan<string> words)
    {
        int[] sizes = words is [var size, ..] ? [int.Parse(size, CultureInfo.InvariantCulture)] : [1000, 2000, 5000, 10_000];
        int rounds = words is [_, _, var times, ..] ? int.Parse(times, CultureInfo.InvariantCulture) : Rounds;
        foreach (int routes in sizes)
        {
            Run(routes, words is [_, var only, ..] ? only : null, rounds, output);
        }
    }

    private static void Run(int routes, string? only, int rounds, TextWriter output)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { IsComplete = true }));
        (string Path, string Text)[] files = [.. Cities.Files(routes)];
        var watch = Stopwatch.StartNew();
        foreach ((string path, string text) in files)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, text));
        }
        var seen = new Dictionary<string, ImmutableArray<FileDiagnostic>>(StringComparer.Ordinal);
        Publish(host, seen);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{routes} routes, {files.Length} files: all of it in {watch.Elapsed.TotalMilliseconds:F0} ms, {GC.GetTotalMemory(forceFullCollection: true) / 1e6:F0} MB, {seen.Values.Sum(found => found.Length)} findings"));
        (string Name, Func<int, (string Path, string Text)> Make)[] edits =
        [
            ("route", i => ($"teams/{Team}/routes-0.yaml", Cities.Route(Team, 0, 50 + (i % 2)) + "---\n" + Cities.Service(Team, 0))),
            ("Gateway", i => ("gateways/0.yaml", Cities.Gateway(0, 80 + (i % 2)))),
            ("grant", i => ($"teams/{Team}/base.yaml", Cities.Team(Team).Replace("kind: HTTPRoute", i % 2 == 0 ? "kind: GRPCRoute" : "kind: HTTPRoute", StringComparison.Ordinal))),
            ("Service", i => ($"teams/{Team}/routes-5.yaml", Cities.Route(Team, 5) + "---\n" + Cities.Service(Team, 5, 8080 + (i % 2)))),
        ];
        foreach ((string name, Func<int, (string Path, string Text)> make) in edits)
        {
            if (only is not null && only != name)
            {
                continue;
            }
            var times = new double[rounds];
            int touched = 0;
            TimeSpan paused = GC.GetTotalPauseDuration();
            int full = GC.CollectionCount(GC.MaxGeneration);
            long allocated = GC.GetTotalAllocatedBytes();
            for (int i = -4; i < rounds; i++)
            {
                (string path, string text) = make(i & 1);
                watch.Restart();
                host.Apply(new WorkspaceChange.OnDisk(path, text));
                int count = Publish(host, seen);
                if (i >= 0)
                {
                    times[i] = watch.Elapsed.TotalMilliseconds;
                    touched = Math.Max(touched, count);
                }
            }
            Array.Sort(times);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-8} p50 {times[rounds / 2],6:F1} ms  p95 {times[(int)(rounds * 0.95)],6:F1} ms  max {times[^1],6:F1} ms  files with other findings: {touched}, {(GC.GetTotalAllocatedBytes() - allocated) / (rounds + 4) / 1e6:F1} MB allocated and paused for GC {(GC.GetTotalPauseDuration() - paused).TotalMilliseconds / (rounds + 4):F1} ms an edit, full GCs {GC.CollectionCount(GC.MaxGeneration) - full}"));
        }
    }

    /// <summary>Asks for the findings of all files; the number of those that have to be told anew.</summary>
    private static int Publish(AnalysisHost host, Dictionary<string, ImmutableArray<FileDiagnostic>> seen)
    {
        var analysis = new Analysis(host.Current);
        int touched = 0;
        foreach (string path in host.Current.Files.Keys)
        {
            ImmutableArray<FileDiagnostic> found = analysis.Diagnose(path);
            if (!seen.TryGetValue(path, out ImmutableArray<FileDiagnostic> before) || before != found)
            {
                seen[path] = found;
                touched++;
            }
        }
        return touched;
    }
}
