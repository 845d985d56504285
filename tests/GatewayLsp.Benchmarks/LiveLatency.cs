using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Benchmarks;

/// <summary>
/// What somebody who types feels of busy clusters: from an edit to the findings of the file and to an offer, without clusters,
/// with quiet ones, and with changes coming in as the server takes them in (every 0.2 s, all files looked at every second).
/// Run with <c>live</c>.
/// </summary>
internal static class LiveLatency
{
    private const int Routes = 5000;
    private const int Clusters = 3;
    private const int ChangesPerSecond = 100;
    private const int Rounds = 400;
    private const string Path = "teams/7/routes-0.yaml";

    private static readonly ServedKind Route = new(new Gvk("gateway.networking.k8s.io", "v1", "HTTPRoute"), "httproutes", true);
    private static readonly ServedKind Service = new(new Gvk("", "v1", "Service"), "services", true);

    public static void Run(TextWriter output)
    {
        var host = new AnalysisHost();
        foreach ((string path, string text) in Cities.Files(1000))
        {
            host.Apply(new WorkspaceChange.OnDisk(path, text));
        }
        var gate = new Lock();
        DiagnoseAll(host.Current);
        Measure("no clusters", host, gate, output);
        ObservedCluster[] clusters = [.. Enumerable.Range(0, Clusters).Select(Cluster)];
        Apply(host, gate, clusters);
        DiagnoseAll(host.Current);
        Measure($"{Clusters} clusters, {Routes} routes each", host, gate, output);
        using var stop = new CancellationTokenSource();
        int changes = 0;
        Task busy = Task.Run(() => Change(host, gate, clusters, ref changes, stop.Token));
        var watch = Stopwatch.StartNew();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        Measure($"the same, {ChangesPerSecond} changes a second in each", host, gate, output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{changes / watch.Elapsed.TotalSeconds:F0} changes a second, {GC.GetTotalMemory(forceFullCollection: true) / 1e6:F0} MB, CPU {(Process.GetCurrentProcess().TotalProcessorTime - before) / watch.Elapsed:P0} of a core with the editing"));
        stop.Cancel();
        busy.Wait();
    }

    /// <summary>Types with pauses of 10 ms: faster than anybody, so that pauses of others would show.</summary>
    private static void Measure(string name, AnalysisHost host, Lock gate, TextWriter output)
    {
        var diagnosed = new double[Rounds];
        var completed = new double[Rounds];
        string text = Cities.Route(7, 0, 50) + "---\n" + Cities.Service(7, 0);
        lock (gate)
        {
            host.Apply(new WorkspaceChange.Opened(Path, text, 1));
        }
        int line = text[..text.IndexOf("backendRefs", StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        var at = new LinePosition(line, text.Split('\n')[line].IndexOf(':', StringComparison.Ordinal) + 2);
        for (int i = -20; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Workspace now;
            lock (gate)
            {
                now = host.Apply(new WorkspaceChange.Edited(Path, [new TextChange(new LineRange(at, new LinePosition(at.Line, at.Character + (i == -20 ? 0 : 1))), i % 2 == 0 ? "a" : "b")], i + 30));
            }
            var analysis = new Analysis(now);
            analysis.Diagnose(Path);
            double one = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            analysis.Complete(Path, at with { Character = at.Character + 1 });
            if (i >= 0)
            {
                diagnosed[i] = one;
                completed[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            Thread.Sleep(10);
        }
        Array.Sort(diagnosed);
        Array.Sort(completed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-50} findings p50 {diagnosed[Rounds / 2]:F2} p95 {diagnosed[(int)(Rounds * 0.95)]:F2} ms, completion p50 {completed[Rounds / 2]:F2} p95 {completed[(int)(Rounds * 0.95)]:F2} ms"));
    }

    private static void Change(AnalysisHost host, Lock gate, ObservedCluster[] clusters, ref int changes, CancellationToken stop)
    {
        long applied = Stopwatch.GetTimestamp();
        long looked = applied;
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            for (int c = 0; c < clusters.Length; c++)
            {
                ObservedResource one = Resource(i % Routes, generation: 2 + i);
                GroupKind kind = Route.GroupKind;
                clusters[c] = clusters[c] with { Kinds = clusters[c].Kinds.SetItem(kind, clusters[c].Kinds[kind] with { Resources = clusters[c].Kinds[kind].Resources.SetItem(one.Key, one) }) };
                changes++;
            }
            if (Stopwatch.GetElapsedTime(applied) > TimeSpan.FromMilliseconds(200))
            {
                Apply(host, gate, clusters);
                applied = Stopwatch.GetTimestamp();
            }
            if (Stopwatch.GetElapsedTime(looked) > TimeSpan.FromSeconds(1))
            {
                DiagnoseAll(host.Current);
                looked = Stopwatch.GetTimestamp();
            }
            Thread.Sleep(1000 / ChangesPerSecond);
        }
    }

    private static void Apply(AnalysisHost host, Lock gate, ObservedCluster[] clusters)
    {
        lock (gate)
        {
            host.Apply(new WorkspaceChange.ClustersObserved(LiveClusters.Of(clusters)));
        }
    }

    private static void DiagnoseAll(Workspace workspace)
    {
        var analysis = new Analysis(workspace);
        foreach (string path in workspace.Files.Keys)
        {
            analysis.Diagnose(path);
        }
    }

    private static ObservedCluster Cluster(int number)
    {
        ImmutableDictionary<ObjectKey, ObservedResource>.Builder routes = ObservedKind.NoResources.ToBuilder();
        ImmutableDictionary<ObjectKey, ObservedResource>.Builder services = ObservedKind.NoResources.ToBuilder();
        for (int i = 0; i < Routes; i++)
        {
            ObservedResource route = Resource(i, 1);
            routes[route.Key] = route;
            ObservedResource service = ObservedResource.Parse(Encoding.UTF8.GetBytes(
                $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"svc-{{{i}}}","namespace":"team-{{{i % 50}}}"},"spec":{"ports":[{"port":80}]}}"""), Service)!;
            services[service.Key] = service;
        }
        return new ObservedCluster(new ClusterTarget($"cluster-{number}"))
        {
            State = ConnectionState.Connected,
            Kinds = ImmutableDictionary<GroupKind, ObservedKind>.Empty
                .Add(Route.GroupKind, new ObservedKind(Route.GroupKind) { Served = Route, Readability = Readability.Everywhere, Resources = routes.ToImmutable() })
                .Add(Service.GroupKind, new ObservedKind(Service.GroupKind) { Served = Service, Readability = Readability.Everywhere, Resources = services.ToImmutable() }),
        };
    }

    private static ObservedResource Resource(int i, int generation) => ObservedResource.Parse(Encoding.UTF8.GetBytes(
        $$$$"""
        {"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"route-{{{{i}}}}","namespace":"team-{{{{i % 50}}}}","generation":{{{{generation}}}},"resourceVersion":"{{{{generation}}}}"},
         "spec":{"parentRefs":[{"name":"edge"}],"hostnames":["h{{{{i}}}}.example.com"],"rules":[{"matches":[{"path":{"type":"PathPrefix","value":"/"}}],"backendRefs":[{"name":"svc-{{{{i}}}}","port":80}]}]},
         "status":{"parents":[{"parentRef":{"name":"edge"},"controllerName":"example.com/c","conditions":[
          {"type":"Accepted","status":"True","reason":"Accepted","message":"","observedGeneration":{{{{generation}}}}},{"type":"ResolvedRefs","status":"{{{{(i % 10 == 0 ? "False" : "True")}}}}","reason":"BackendNotFound","message":"","observedGeneration":{{{{generation}}}}}]}]}}
        """), Route)!;
}
