using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Meaning;

/// <summary>What must hold whatever the manifests are: order means nothing, strangers change nothing, edits come to what a fresh start comes to.</summary>
public class ConditionPropertyTests
{
    private const string Manifests = "oracle/conformance/manifests/tests";

    /// <summary>Documents of a platform in which nearly everything goes wrong somewhere.</summary>
    private static List<string> Documents(Random random, int count = 40)
    {
        string[] spaces = ["a", "b", "c"];
        string[] hosts = ["", "x.io", "*.x.io", "a.x.io", "*.a.x.io", "y.io"];
        string[] protocols = ["HTTP", "HTTP", "HTTPS", "TLS", "TCP", "UDP", "ODD"];
        string one(string[] of) => of[random.Next(of.Length)];
        string name(string prefix) => prefix + random.Next(4);
        string host() => one(hosts) is { Length: > 0 } h ? $", hostname: '{h}'" : "";
        string listeners() => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(i =>
            $"  - {{name: l{i}, port: {80 + random.Next(3)}, protocol: {one(protocols)}{host()}, tls: {{certificateRefs: [{{name: {name("secret")}, namespace: {one(spaces)}}}]}}, allowedRoutes: {{namespaces: {{from: {one(["Same", "All"])}}}}}}}\n"));
        string time() => random.Next(2) == 0 ? "" : $", creationTimestamp: '2026-01-0{random.Next(1, 4)}T00:00:00Z'";
        const string Api = "apiVersion: gateway.networking.k8s.io/v1\n";
        var documents = new Dictionary<string, string>();
        for (int i = 0; i < count; i++)
        {
            string ns = one(spaces);
            (string kind, string id, string body) = random.Next(8) switch
            {
                0 => ("Gateway", name("g"), $"spec:\n  gatewayClassName: c\n  allowedListeners: {{namespaces: {{from: {one(["Same", "All", "None"])}}}}}\n  listeners:\n{listeners()}"),
                1 => ("ListenerSet", name("ls"), $"spec:\n  parentRef: {{name: {name("g")}, namespace: {one(spaces)}}}\n  listeners:\n{listeners()}"),
                2 => ("ReferenceGrant", name("rg"), $"spec:\n  from: [{{group: gateway.networking.k8s.io, kind: {one(["HTTPRoute", "Gateway", "ListenerSet"])}, namespace: {one(spaces)}}}]\n  to: [{{group: '', kind: {one(["Service", "Secret"])}}}]\n"),
                3 => ("Service", name("s"), "spec: {ports: [{name: p, port: 80}]}\n"),
                4 => ("Secret", name("secret"), "type: kubernetes.io/tls\n"),
                5 => ("BackendTLSPolicy", name("p"), $"spec:\n  targetRefs: [{{group: '', kind: Service, name: {name("s")}}}]\n  validation: {{hostname: x.io, wellKnownCACertificates: System}}\n"),
                6 => ("TCPRoute", name("t"), $"spec:\n  parentRefs: [{{name: {name("g")}, namespace: {one(spaces)}}}]\n  rules: [{{backendRefs: [{{name: {name("s")}, port: 80}}]}}]\n"),
                _ => ("HTTPRoute", name("r"), $"spec:\n  parentRefs: [{{name: {name("g")}, namespace: {one(spaces)}}}, {{name: {name("ls")}, kind: ListenerSet}}]\n  hostnames: ['{one(hosts[1..])}']\n  rules: [{{backendRefs: [{{name: {name("s")}, namespace: {one(spaces)}, port: {80 + random.Next(2)}}}]}}]\n"),
            };
            documents[$"{kind}/{ns}/{id}"] = $"{(kind is "Service" or "Secret" ? "apiVersion: v1\n" : Api)}kind: {kind}\nmetadata: {{name: {id}, namespace: {ns}{time()}}}\n{body}";
        }
        return [.. documents.Values];
    }

    [Fact]
    public void The_order_of_files_and_documents_means_nothing()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            List<string> documents = Documents(random);
            bool isComplete = seed % 2 == 0;
            string[] expected = Conditions(isComplete, [string.Join("---\n", documents)]);
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(documents));
            Assert.Equal(expected, Conditions(isComplete, [string.Join("---\n", documents)]));
            Assert.Equal(expected, Conditions(isComplete, documents));
        }
    }

    [SharedFact(Manifests)]
    public void Nor_does_it_in_the_conformance_manifests()
    {
        string basic = File.ReadAllText(SharedFiles.Get("oracle/conformance/manifests/base/manifests.yaml"));
        foreach (string path in Directory.EnumerateFiles(SharedFiles.Get(Manifests), "*.yaml"))
        {
            string[] documents = [.. ManifestFile.Parse("x", basic + "\n---\n" + File.ReadAllText(path)).Documents.Select(d => d.Document.Text)];
            string[] reverse = [.. documents.Reverse()];
            Assert.Equal(Conditions(true, documents), Conditions(true, reverse));
        }
    }

    [Fact]
    public void Strangers_change_nothing()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            List<string> documents = Documents(new Random(seed));
            string[] before = Conditions(true, documents);
            string[] after = Conditions(true,
            [
                .. documents, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: a}\n", "apiVersion: v1\nkind: Service\nmetadata: {name: other, namespace: a}\n",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n", "a: 1\n", "{{ template }}\n",
            ]);
            Assert.Equal(before, after);
        }
    }

    [Fact]
    public void Edits_come_to_what_a_fresh_start_comes_to()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            bool isComplete = seed % 2 == 0;
            var host = new AnalysisHost();
            host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { IsComplete = isComplete }));
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach ((int i, string text) in Documents(random, 60).Index())
            {
                files["f" + i] = text;
                host.Apply(new WorkspaceChange.OnDisk("f" + i, text));
            }
            for (int step = 0; step < 25; step++)
            {
                string path = "f" + random.Next(files.Count + 2);
                string? text = random.Next(5) == 0 ? null : Documents(random, 1)[0];
                if (text is null)
                {
                    files.Remove(path);
                }
                else
                {
                    files[path] = text;
                }
                host.Apply(new WorkspaceChange.OnDisk(path, text));
                Assert.Equal(Conditions(isComplete, files), ConditionCheck.All(new Analysis(host.Current)));
            }
        }
    }

    [Fact]
    public void An_edit_leaves_what_does_not_depend_on_it()
    {
        var host = new AnalysisHost();
        const string Api = "apiVersion: gateway.networking.k8s.io/v1\n";
        string route(string name, string service) => $"{Api}kind: HTTPRoute\nmetadata: {{name: {name}}}\nspec: {{parentRefs: [{{name: g}}], rules: [{{backendRefs: [{{name: {service}, port: 80}}]}}]}}\n";
        host.Apply(new WorkspaceChange.OnDisk("g", Api + "kind: Gateway\nmetadata: {name: g}\nspec: {listeners: [{name: l, port: 80, protocol: HTTP}]}\n"));
        host.Apply(new WorkspaceChange.OnDisk("s", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}\n"));
        host.Apply(new WorkspaceChange.OnDisk("t", "apiVersion: v1\nkind: Service\nmetadata: {name: t}\nspec: {ports: [{port: 80}]}\n"));
        host.Apply(new WorkspaceChange.OnDisk("a", route("a", "s")));
        host.Apply(new WorkspaceChange.OnDisk("b", route("b", "t")));
        object[] before = Resolved(host);
        host.Apply(new WorkspaceChange.OnDisk("s", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 81}]}\n"));
        object[] after = Resolved(host);
        Assert.Equal([true, false, true], before.Zip(after, ReferenceEquals));
        host.Apply(new WorkspaceChange.OnDisk("b", route("b", "s")));
        Assert.Equal([true, true, false], after.Zip(Resolved(host), ReferenceEquals));
    }

    private static object[] Resolved(AnalysisHost host)
    {
        var resolver = host.Current.Resolver;
        return [resolver.Gateway("default", "g")!, .. resolver.All<Engine.Model.Route>("gateway.networking.k8s.io", "HTTPRoute").Select(resolver.Route)];
    }

    private static string[] Conditions(bool isComplete, IEnumerable<string> files) =>
        Conditions(isComplete, files.Select((text, i) => KeyValuePair.Create("file" + i, text)));

    private static string[] Conditions(bool isComplete, IEnumerable<KeyValuePair<string, string>> files)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { IsComplete = isComplete }));
        foreach ((string path, string text) in files)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, text));
        }
        return ConditionCheck.All(new Analysis(host.Current));
    }
}
