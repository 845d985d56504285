using System.Globalization;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>Findings that were kept over edits are those that a fresh start comes to; what an edit does not concern is kept.</summary>
public class IncrementalTests
{
    /// <summary>Edits in all; more by the environment, for a long run by hand.</summary>
    private static readonly int Edits = int.TryParse(Environment.GetEnvironmentVariable("GATEWAY_LSP_EDITS"), NumberStyles.None, CultureInfo.InvariantCulture, out int edits) ? edits : 900;

    private const int EditsOfOne = 20;
    private const int ExamplesOfOne = 1;

    [Fact]
    public void Findings_after_edits_are_those_of_a_fresh_start()
    {
        var codes = new HashSet<string>();
        for (int seed = 0; seed < Edits / EditsOfOne; seed++)
        {
            Run(seed, codes);
        }
        // Otherwise it would show nothing.
        // What needs several clusters has a test of this sort of its own: WorldTests.
        string[] silent = [.. RuleCatalog.All.OfType<SemanticRule>().Where(rule => rule.GetType().Namespace?.EndsWith(".Clusters", StringComparison.Ordinal) != true)
            .Select(rule => rule.Code).Where(code => !codes.Contains(code))];
        Assert.True(silent.Length == 0, "Never reported: " + string.Join(", ", silent));
    }

    [Fact]
    public void So_they_are_where_files_are_of_several_clusters()
    {
        var codes = new HashSet<string>();
        for (int seed = 0; seed < Edits / EditsOfOne; seed++)
        {
            Run(seed, codes, Overlays);
        }
        Assert.Contains("backend-in-other-cluster", codes);
    }

    [Fact]
    public void So_they_are_where_many_objects_share_an_identity()
    {
        string[] files = ["a.yaml", "b.yaml", "c.yaml"];
        var found = new HashSet<string>();
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var host = new AnalysisHost();
            var texts = new Dictionary<string, List<string>>();
            host.Apply(new WorkspaceChange.OnDisk("kustomization.yaml", "resources:\n- a.yaml\n- b.yaml\n"));
            foreach (string file in files)
            {
                texts[file] = [.. Enumerable.Range(0, 6).Select(_ => Text())];
                host.Apply(new WorkspaceChange.OnDisk(file, string.Join("---\n", texts[file])));
            }
            for (int edit = 0; edit < 30; edit++)
            {
                string file = files[random.Next(files.Length)];
                List<string> documents = texts[file];
                int at = random.Next(documents.Count);
                _ = random.Next(4) switch
                {
                    0 => Do(() => documents.Insert(at, Text())),
                    1 when documents.Count > 2 => Do(() => documents.RemoveAt(at)),
                    2 => Do(() => documents.Reverse(0, at + 1)),
                    _ => Do(() => documents[at] = Text()),
                };
                host.Apply(new WorkspaceChange.OnDisk(file, string.Join("---\n", documents)));
                if (random.Next(3) == 0)
                {
                    continue;
                }
                var fresh = new AnalysisHost();
                fresh.Apply(new WorkspaceChange.OnDisk("kustomization.yaml", "resources:\n- a.yaml\n- b.yaml\n"));
                foreach (string one in files)
                {
                    fresh.Apply(new WorkspaceChange.OnDisk(one, string.Join("---\n", texts[one])));
                }
                foreach (string one in files)
                {
                    string[] now = Told(host, one);
                    Assert.Equal(Told(fresh, one), now);
                    found.UnionWith(now);
                }
            }

            string Text() => $"apiVersion: v1\nkind: Service\nmetadata: {{name: s{random.Next(5)}}}\nspec: {{ports: [{{port: {random.Next(1, 4)}}}]}}\n";

            static string[] Told(AnalysisHost host, string path) =>
                [.. new Analysis(host.Current).Diagnose(path).Select(one => $"{one.Range} {one.Diagnostic.Code} {string.Join(',', one.Diagnostic.Related.Select(related => related.Path))}")];

            static bool Do(Action action)
            {
                action();
                return true;
            }
        }
        // In the same file, and in another one.
        Assert.Contains(found, one => one.EndsWith("duplicate-object b.yaml", StringComparison.Ordinal));
        Assert.Contains(found, one => one.EndsWith("duplicate-object a.yaml", StringComparison.Ordinal));
    }

    /// <summary>What the overlays of two clusters pull in: nothing, one file or several, own ones and some that both have.</summary>
    private static readonly string[] Overlays =
    [
        "resources:\n- ../f4\n- ../f5\n", "resources:\n- ../f4\n- ../f6\n- ../f7\n", "namespace: shop\nresources:\n- ../f4\n", "resources:\n- ../mid\n- ../f8\n",
        "# gateway-lsp: cluster=north\nresources:\n- ../f4\n", "commonAnnotations:\n  gateway-lsp.dev/cluster: east\nresources:\n- ../f0\n- ../f5\n", "resources: []\n",
    ];

    private sealed record ByNumber : IClusterPaths
    {
        public string? ClusterOf(string path) => path switch { "f0" or "f1" or "w/kustomization.yaml" => "west", "f2" or "f3" or "e/kustomization.yaml" => "east", _ => null };
    }

    private static void Run(int seed, HashSet<string> codes, string[]? overlays = null)
    {
        var random = new Random(seed);
        var platform = new RandomPlatform(random);
        var settings = new WorkspaceSettings { IsComplete = seed % 3 == 0 };
        if (overlays is not null)
        {
            settings = settings with { Clusters = new ClusterMap([new ClusterSettings("east"), new ClusterSettings("west") { IsConfigCluster = true }], new ByNumber()) };
        }
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(settings));
        var files = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        for (int i = 0; i < 8; i++)
        {
            files["f" + i] = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => platform.Document())];
            host.Apply(new WorkspaceChange.OnDisk("f" + i, Text(files["f" + i])));
        }
        // The example of a rule in a file of its own, so that in all the runs together every rule has something to say.
        for (int i = 0; i < ExamplesOfOne; i++)
        {
            SemanticRule rule = RuleCatalog.Semantic[((seed * ExamplesOfOne) + i) % RuleCatalog.Semantic.Length];
            files["f" + (9 + i)] = [.. rule.Doc.Bad.Split("\n---\n")];
            host.Apply(new WorkspaceChange.OnDisk("f" + (9 + i), Text(files["f" + (9 + i)])));
        }
        foreach (string overlay in overlays is null ? [] : (string[])["w/kustomization.yaml", "e/kustomization.yaml", "mid/kustomization.yaml"])
        {
            files[overlay] = [overlays![random.Next(overlays.Length)]];
            host.Apply(new WorkspaceChange.OnDisk(overlay, Text(files[overlay])));
        }
        Assert.Equal(Fresh(settings, files), Findings(host.Current, codes));
        for (int step = 0; step < EditsOfOne; step++)
        {
            string path = "f" + random.Next(9 + ExamplesOfOne);
            if (random.Next(30) == 0)
            {
                settings = settings with { IsComplete = !settings.IsComplete };
                host.Apply(new WorkspaceChange.Configured(settings));
            }
            else if (overlays is not null && random.Next(6) == 0)
            {
                string overlay = random.Next(3) switch { 0 => "w/kustomization.yaml", 1 => "e/kustomization.yaml", _ => "mid/kustomization.yaml" };
                files[overlay] = [overlays[random.Next(overlays.Length)]];
                host.Apply(new WorkspaceChange.OnDisk(overlay, Text(files[overlay])));
            }
            else if (random.Next(15) == 0)
            {
                files.Remove(path);
                host.Apply(new WorkspaceChange.OnDisk(path, null));
            }
            else
            {
                List<string> documents = files.TryGetValue(path, out List<string>? known) ? known : files[path] = [];
                Edit(random, platform, documents, files);
                foreach ((string changed, List<string> texts) in files)
                {
                    host.Apply(new WorkspaceChange.OnDisk(changed, Text(texts)));
                }
            }
            // Now and then nobody looks, or not at every file: what is kept may then be of any earlier state.
            if (random.Next(3) > 0)
            {
                string[] found = Findings(host.Current, codes);
                Assert.True(Fresh(settings, files).SequenceEqual(found), Difference(seed, step, Fresh(settings, files), found));
            }
            else if (random.Next(2) == 0)
            {
                new Analysis(host.Current).Diagnose(path);
            }
        }
    }

    private static void Edit(Random random, RandomPlatform platform, List<string> documents, SortedDictionary<string, List<string>> files)
    {
        int at = random.Next(documents.Count + 1);
        switch (random.Next(8))
        {
            case 0:
                documents.Insert(at, platform.Document());
                break;
            case 1 when at < documents.Count:
                documents.RemoveAt(at);
                break;
            case 2 when at < documents.Count:
                // To another file, as it is: the same object, in another place.
                List<string> other = files.Values.ElementAt(random.Next(files.Count));
                string moved = documents[at];
                documents.RemoveAt(at);
                other.Insert(random.Next(other.Count + 1), moved);
                break;
            case 3 when at < documents.Count:
                documents[at] = platform.Document();
                break;
            default:
                if (at < documents.Count)
                {
                    documents[at] = platform.Touch(documents[at]);
                }
                break;
        }
    }

    private static string Text(List<string> documents) => string.Join("---\n", documents.Select(document => document.EndsWith('\n') ? document : document + "\n"));

    private static string[] Fresh(WorkspaceSettings settings, SortedDictionary<string, List<string>> files)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(settings));
        foreach ((string path, List<string> documents) in files)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, Text(documents)));
        }
        return Findings(host.Current, []);
    }

    private static string[] Findings(Workspace workspace, HashSet<string> codes)
    {
        var analysis = new Analysis(workspace);
        var found = new List<string>();
        foreach (string path in workspace.Files.Keys.Order(StringComparer.Ordinal))
        {
            foreach (FileDiagnostic one in analysis.Diagnose(path))
            {
                codes.Add(one.Diagnostic.Code);
                string related = string.Join("; ", one.Diagnostic.Related.Select(r => $"{r.Path} {PlaceOf(workspace, r)} {r.Message}"));
                string fixes = string.Join("; ", one.Diagnostic.Fixes.Select(f => $"{f.Title} {string.Join(",", f.Edits)}"));
                found.Add($"{path} {one.Range} {one.Diagnostic.Severity} {one.Diagnostic.Code} {one.Diagnostic.Field}: {one.Diagnostic.Message} [{related}] [{fixes}]");
            }
        }
        return [.. found];
    }

    private static string PlaceOf(Workspace workspace, RelatedLocation related)
    {
        foreach (DocumentSlot slot in workspace.File(related.Path)?.Manifest.Documents ?? [])
        {
            if (ReferenceEquals(slot.Document, related.Document))
            {
                return slot.RangeOf(related.Span).ToString();
            }
        }
        return "nowhere";
    }

    private static string Difference(int seed, int step, string[] wanted, string[] found) =>
        $"Seed {seed}, step {step}.\nMissing:\n{string.Join("\n", wanted.Except(found))}\nToo many:\n{string.Join("\n", found.Except(wanted))}";

    [Fact]
    public void Files_that_an_edit_does_not_concern_keep_their_findings()
    {
        const string Api = "apiVersion: gateway.networking.k8s.io/v1\n";
        static string Route(string name, string service) => $"{Api}kind: HTTPRoute\nmetadata: {{name: {name}}}\nspec: {{parentRefs: [{{name: g}}], hostnames: [{name}.io], rules: [{{backendRefs: [{{name: {service}, port: 80}}]}}]}}\n";
        static string Service(string name, int port) => $"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{ports: [{{port: {port}}}]}}\n";
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("g", Api + "kind: Gateway\nmetadata: {name: g}\nspec: {gatewayClassName: c, listeners: [{name: l, port: 80, protocol: HTTP}]}\n"));
        host.Apply(new WorkspaceChange.OnDisk("s", Service("s", 81)));
        host.Apply(new WorkspaceChange.OnDisk("t", Service("t", 81)));
        host.Apply(new WorkspaceChange.OnDisk("a", Route("a", "s")));
        host.Apply(new WorkspaceChange.OnDisk("b", Route("b", "t")));
        var a = new Analysis(host.Current).Diagnose("a");
        var b = new Analysis(host.Current).Diagnose("b");
        Assert.Equal("port-not-found", Assert.Single(a).Diagnostic.Code);
        host.Apply(new WorkspaceChange.OnDisk("s", Service("s", 82)));
        Assert.NotEqual(a, new Analysis(host.Current).Diagnose("a"));
        Assert.Equal(b, new Analysis(host.Current).Diagnose("b"));
        host.Apply(new WorkspaceChange.OnDisk("a", Route("a", "t")));
        Assert.Equal(b, new Analysis(host.Current).Diagnose("b"));
    }
}
