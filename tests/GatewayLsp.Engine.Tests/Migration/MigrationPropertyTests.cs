using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Migration;

/// <summary>
/// What holds for every migration: requests go where they went, a second run changes nothing, comments stay. Each object is written
/// twice, in an old form and in today's; the old one migrated has to route as the other does.
/// </summary>
public class MigrationPropertyTests
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec:
          gatewayClassName: lab
          listeners:
          - {name: http, port: 80, protocol: HTTP}
        ---

        """;

    private static readonly string[] Paths = ["/", "/a", "/a/b", "/b", "/c"];

    [Fact]
    public void OldFormsRouteAsTodaysDo()
    {
        var random = new Random(4711);
        int requests = 0;
        for (int i = 0; i < 300; i++)
        {
            var old = new StringBuilder();
            var today = new StringBuilder();
            Route(random, old, today);
            FileMigration migration = MigrationCheck.Migrate(Gateway + old);
            Assert.True(MigrationCheck.Human(migration).Length == 0, $"{old}\n{string.Join("\n", MigrationCheck.Human(migration))}");
            Holds(migration);
            Assert.Equal(Traces(Gateway + today, ref requests), Traces(migration.NewText, ref requests));
        }
        Assert.True(requests > 10_000, $"only {requests} requests were compared");
    }

    /// <summary>Files of today's form, and old ones that the API still takes, answer the same before and after.</summary>
    [Fact]
    public void SamplesAndSeedsRouteAsBefore()
    {
        string[] folders = [Path.Combine(SharedFiles.Root, "samples"), .. SharedFiles.Exists("seed") ? [SharedFiles.Get("seed")] : Array.Empty<string>()];
        int requests = 0, files = 0;
        foreach (string file in folders.SelectMany(folder => Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            string text = File.ReadAllText(file);
            FileMigration migration = MigrationCheck.Migrate(text);
            Holds(migration);
            files++;
            if (!migration.Notes.Any(note => note.Note is { Kind: MigrationNoteKind.Human } or { IsHead: false }))
            {
                Assert.Equal(Traces(text, ref requests), Traces(migration.NewText, ref requests));
            }
        }
        Assert.True(files > 10, $"only {files} files were tried");
    }

    /// <summary>A second run changes nothing, and every comment is still there.</summary>
    private static void Holds(FileMigration migration)
    {
        FileMigration again = MigrationCheck.Migrate(migration.NewText);
        Assert.Equal(migration.NewText, again.NewText);
        Assert.DoesNotContain(again.Notes, note => note.Note.Kind == MigrationNoteKind.Changed);
        foreach (DocumentSlot slot in ManifestFile.Parse("before.yaml", migration.OldText).Documents)
        {
            foreach (TextSpan comment in slot.Document.Comments)
            {
                foreach (string word in slot.Document.Text.Substring(comment.Start, comment.Length).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Contains("status", StringComparison.Ordinal)))
                {
                    Assert.Contains(word, migration.NewText, StringComparison.Ordinal);
                }
            }
        }
    }

    private static void Route(Random random, StringBuilder old, StringBuilder today)
    {
        bool isFirst = random.Next(2) == 0;
        old.Append(CultureInfo.InvariantCulture, $"# route {random.Next()}\napiVersion: {(isFirst ? "networking.x-k8s.io/v1alpha1" : "gateway.networking.k8s.io/v1alpha2")}\nkind: HTTPRoute\nmetadata: {{name: r}}\nspec:\n");
        today.Append("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec:\n  parentRefs: [{name: edge}]\n");
        old.Append(random.Next(3) switch { 0 => "  parentRef: {name: edge}\n", 1 => "  gateways: {allow: FromList, gatewayRefs: [{name: edge, namespace: default}]} # ours\n", _ => "  gateways:\n    # all of them\n    gatewayRefs:\n    - name: edge\n      namespace: default\n" });
        if (random.Next(2) == 0)
        {
            old.Append(random.Next(2) == 0 ? "  hosts: [a.com]\n" : "  hostnames: [a.com]\n");
            today.Append("  hostnames: [a.com]\n");
        }
        old.Append("  rules:\n");
        today.Append("  rules:\n");
        int count = random.Next(1, 5);
        bool hasAnchor = false;
        for (int i = 0; i < count; i++)
        {
            string path = Paths[random.Next(Paths.Length)];
            bool hasHeader = random.Next(3) == 0;
            old.Append(CultureInfo.InvariantCulture, $"  - matches: # rule {i}\n    - path: ").Append(random.Next(4) switch
            {
                0 => $"{{type: Prefix, value: {path}}}",
                1 => path,
                2 => $"{{prefix: {path}}}",
                _ => $"\n        type: Prefix\n        # the path\n        value: {path}",
            }).Append('\n');
            today.Append(CultureInfo.InvariantCulture, $"  - matches:\n    - path: {{type: PathPrefix, value: {path}}}\n");
            if (hasHeader)
            {
                old.Append(random.Next(2) == 0 ? "      headers: {type: Exact, values: {x: \"1\"}}\n" : "      headers:\n        x: 1 # one\n");
                today.Append("      headers: [{name: x, value: \"1\"}]\n");
            }
            Backends(random, old, today, i, ref hasAnchor);
        }
    }

    private static void Backends(Random random, StringBuilder old, StringBuilder today, int rule, ref bool hasAnchor)
    {
        if (hasAnchor && random.Next(2) == 0)
        {
            old.Append("    forwardTo: *shared\n");
            today.Append("    filters: [{type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 81}}}]\n    backendRefs: [{name: shared, port: 80}]\n");
            return;
        }
        if (!hasAnchor && random.Next(3) == 0)
        {
            hasAnchor = true;
            old.Append("    forwardTo: &shared # for others, too\n    - serviceName: shared\n      port: 80\n    - {serviceName: copy, port: 81, mirror: true}\n");
            today.Append("    filters: [{type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 81}}}]\n    backendRefs: [{name: shared, port: 80}]\n");
            return;
        }
        int weight = random.Next(1, 9);
        old.Append(random.Next(3) switch
        {
            0 => $"    forwardTo:\n    - {{serviceName: s{rule}, port: 80, weight: {weight}}}\n    - serviceName: t # second\n      port: 80\n",
            1 => $"    backendRefs:\n    - targetRef: {{name: s{rule}, port: 80}} # first\n      weight: {weight}\n    - backendRef:\n        # second\n        name: t\n        port: 80\n",
            _ => $"    action:\n      forwardTo: [{{serviceName: s{rule}, servicePort: 80, weight: {weight}}}, {{service: {{name: t, port: {{number: 80}}}}}}]\n",
        });
        today.Append(CultureInfo.InvariantCulture, $"    backendRefs: [{{name: s{rule}, port: 80, weight: {weight}}}, {{name: t, port: 80}}]\n");
    }

    /// <summary>What becomes of requests to every Gateway of a text, a line each.</summary>
    private static string Traces(string text, ref int requests)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("in.yaml", text));
        var analysis = new Analysis(host.Current);
        var lines = new StringBuilder();
        foreach (ObjectName gateway in analysis.Gateways())
        {
            foreach (string name in (string[])["a.com", "b.com", "example.com"])
            {
                foreach (string path in Paths.Append("/a/b/c").Append("/d"))
                {
                    foreach (string? value in (string?[])[null, "1"])
                    {
                        RequestTrace trace = analysis.Trace(new TraceRequest
                        {
                            Gateway = gateway,
                            Host = name,
                            Path = path,
                            Port = 80,
                            Scheme = "http",
                            Protocol = TraceProtocol.Http,
                            Headers = value is null ? HeaderList.Empty : HeaderList.Of([new("x", value)]),
                        });
                        requests++;
                        lines.Append(CultureInfo.InvariantCulture, $"{gateway.Name} {name}{path} {value}: {TraceCheck.Summary(trace)} {string.Join(",", trace.Mirrors.Select(m => m.ToString()))}\n");
                    }
                }
            }
        }
        return lines.ToString();
    }
}
