using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Migration.Ingresses;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Migration;

/// <summary>Whatever an Ingress holds, what is written can be applied: valid, with distinct names and parents that are there.</summary>
public class IngressLimitTests
{
    private const string Nginx = "    nginx.ingress.kubernetes.io/";

    [Fact]
    public void ManyHostsWithCertificatesGoIntoListenerSetsAndAllAreServed()
    {
        var text = new StringBuilder(Head("many", "nginx") + "  tls:\n");
        for (int i = 0; i < 150; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - hosts: [h{i}.example.com]\n    secretName: c{i}\n");
        }
        text.Append("  rules:\n");
        for (int i = 0; i < 150; i++)
        {
            text.Append(Rule($"h{i}.example.com", ("/", "Prefix", $"s{i}")));
        }
        IngressConversion conversion = Convert(text.ToString(), out Analysis after);
        Assert.Empty(conversion.Notes);
        foreach (int i in (int[])[0, 62, 63, 64, 127, 149])
        {
            Assert.Equal($"s{i}", Assert.Single(after.Trace(Request($"h{i}.example.com", "/x", "https")).Backends).Target.Name);
            Assert.Equal("https", after.Trace(Request($"h{i}.example.com", "/x", "http")).Redirect?.Scheme);
        }
    }

    [Fact]
    public void ManyPathsGoIntoSeveralRoutes()
    {
        IngressConversion conversion = Convert(Head("many", "nginx") + "  rules:\n" + Rule("a.example.com", [.. Enumerable.Range(0, 200).Select(i => ($"/p{i}", "Prefix", $"s{i}"))]), out Analysis after);
        Assert.Empty(conversion.Notes);
        Assert.Equal(13, conversion.Manifest.Split("kind: HTTPRoute").Length - 1);
        foreach (int i in (int[])[0, 15, 16, 99, 199])
        {
            Assert.Equal($"s{i}", Assert.Single(after.Trace(Request("a.example.com", $"/p{i}/x", "http")).Backends).Target.Name);
        }
    }

    [Fact]
    public void ManyAliasesGoIntoSeveralRoutes()
    {
        string aliases = string.Join(",", Enumerable.Range(0, 40).Select(i => $"a{i}.example.com"));
        IngressConversion conversion = Convert(Head("many", "nginx", $"server-alias: {aliases}") + "  tls: [{hosts: ['*.example.com'], secretName: c}]\n  rules:\n" + Rule("a.example.com", ("/", "Prefix", "s")), out Analysis after);
        Assert.Empty(conversion.Notes);
        foreach (string host in (string[])["a", "a0", "a15", "a16", "a39"])
        {
            Assert.Equal("s", Assert.Single(after.Trace(Request(host + ".example.com", "/", "https")).Backends).Target.Name);
            Assert.Equal(308, after.Trace(Request(host + ".example.com", "/", "http")).Redirect?.StatusCode);
        }
    }

    [Fact]
    public void ManyCertificatesOfOneRuleForAllHosts()
    {
        string hosts = string.Join(", ", Enumerable.Range(0, 100).Select(i => $"t{i}.example.com"));
        Convert(Head("many", "nginx") + $"  tls: [{{hosts: [{hosts}], secretName: c}}]\n  rules:\n" + Rule(null, ("/", "Prefix", "s")), out Analysis after);
        Assert.Equal("s", Assert.Single(after.Trace(Request("t99.example.com", "/", "https")).Backends).Target.Name);
        Assert.Equal("s", Assert.Single(after.Trace(Request("other.example.com", "/", "http")).Backends).Target.Name);
        Assert.Equal(308, after.Trace(Request("t99.example.com", "/", "http")).Redirect?.StatusCode);
    }

    [Fact]
    public void LongPathsAndManyMatches()
    {
        string values = string.Join(",", Enumerable.Range(0, 64).Select(i => $"\"v{i}\""));
        string annotation = $"'[{{\"field\":\"http-header\",\"httpHeaderConfig\":{{\"httpHeaderName\":\"x-a\",\"values\":[{values}]}}}}]'";
        IngressConversion conversion = Convert("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: many\n  annotations:\n    alb.ingress.kubernetes.io/conditions.s: " + annotation
            + "\nspec:\n  ingressClassName: alb\n  rules:\n" + Rule("a.example.com", [.. Enumerable.Range(0, 6).Select(i => ($"/p{i}", "Exact", "s")), ("/" + new string('x', 1024), "Exact", "long")]), out _);
        ConversionNote note = Assert.Single(conversion.Notes);
        Assert.EndsWith("is left out: the path has more than 1024 characters.", note.Message, StringComparison.Ordinal);
    }

    private static readonly string[] Hosts = ["", "*", "a.com", "b.com", "*.com", "A.com", "a-b.com", "a.b.com", "bad_host.com", "x..y", "10.0.0.1", new string('l', 63) + ".com"];
    private static readonly string[] Names = ["a", "b", "a-b-com", "a.b", new string('n', 100), new string('n', 101)];
    private static readonly string[] Paths = ["/", "/a", "/a/", "/a b", "/a%20b", "/%", "/a//b", "/a/./b", "/../a", "/a/..", "/%2f", "/ä", "/a#b", "/a?b", "/*", "/a/*", "/a*b", "a", "", "/a(/|$)(.*)", "/(.*)", "^/x$", "/a.B/C", "/" + new string('y', 1030)];
    private static readonly string[] Types = ["Prefix", "Exact", "ImplementationSpecific"];
    private static readonly string[] Classes = ["nginx", "alb", "gce", "other", ""];
    private static readonly string[] Services = ["s", "t", "Bad.Name", "use"];

    private static readonly (string Name, string[] Values)[] Annotations =
    [
        (Nginx + "rewrite-target", ["/", "/$1", "/x/$2", "x", "$1", "/$foo", ""]),
        (Nginx + "use-regex", ["true", "false"]),
        (Nginx + "permanent-redirect", ["https://x.com/", "/p", "$scheme://x", "https://x_y.com/", "ftp://x", "https://x.com/a b?c"]),
        (Nginx + "app-root", ["/app", "app", "/a?b"]),
        (Nginx + "enable-cors", ["true"]),
        (Nginx + "cors-allow-origin", ["*", "https://a.com, *", "http://*.a.com:80", "x", "https://*.*.com"]),
        (Nginx + "cors-allow-methods", ["get", "*", "PUT, put, X"]),
        (Nginx + "cors-max-age", ["0", "x", "99999999999"]),
        (Nginx + "upstream-vhost", ["A.com", "a.com:80", "$host", "a_b"]),
        (Nginx + "x-forwarded-prefix", ["/a", "a  b", "/ä"]),
        (Nginx + "server-alias", ["z.com", "~x", "a.com,b.com", "*.z.com"]),
        (Nginx + "ssl-redirect", ["false"]),
        (Nginx + "ssl-passthrough", ["true"]),
        (Nginx + "backend-protocol", ["GRPC", "GRPCS", "HTTPS"]),
        (Nginx + "proxy-read-timeout", ["5", "0", "99999999", "x"]),
        (Nginx + "canary", ["true"]),
        (Nginx + "canary-by-header", ["X-A", "bad header"]),
        (Nginx + "canary-by-header-value", ["v", "v  w"]),
        (Nginx + "canary-by-cookie", ["c", "bad;"]),
        (Nginx + "canary-weight", ["10", "200", "-1"]),
        ("    alb.ingress.kubernetes.io/group.name", ["g", "G.h"]),
        ("    alb.ingress.kubernetes.io/listen-ports", ["'[{\"HTTP\":80},{\"HTTPS\":443}]'", "'[{\"HTTPS\":0}]'", "x"]),
        ("    alb.ingress.kubernetes.io/ssl-redirect", ["'443'", "x"]),
        ("    alb.ingress.kubernetes.io/actions.use", ["'{\"type\":\"redirect\",\"redirectConfig\":{\"host\":\"A_b\",\"path\":\"/x/#{path}\",\"port\":\"99999\",\"protocol\":\"FTP\"}}'", "'{\"type\":\"forward\",\"forwardConfig\":{\"targetGroups\":[{\"serviceName\":\"Bad.\",\"servicePort\":1},{\"serviceName\":\"ok\",\"servicePort\":99999,\"weight\":-4}]}}'", "'{'"]),
        ("    alb.ingress.kubernetes.io/conditions.s", ["'[{\"field\":\"http-header\",\"httpHeaderConfig\":{\"httpHeaderName\":\"b d\",\"values\":[\"\"]}}]'", "'[{\"field\":\"host-header\",\"hostHeaderConfig\":{\"values\":[\"B.com\",\"*_\"]}}]'", "'[{\"field\":\"path-pattern\",\"pathPatternConfig\":{\"values\":[\"/q*\",\"//\"]}}]'", "'[{\"field\":\"query-string\",\"queryStringConfig\":{\"values\":[{\"key\":\"k k\",\"value\":\"*\"}]}}]'"]),
        ("    kubernetes.io/ingress.global-static-ip-name", ["ip"]),
        ("    networking.gke.io/managed-certificates", ["m"]),
        ("    ingress.gcp.kubernetes.io/pre-shared-cert", ["p"]),
        ("    kubernetes.io/ingress.allow-http", ["'false'"]),
        ("    cert-manager.io/issuer", ["i", "j"]),
    ];

    /// <summary>Random Ingresses of all controllers, a few to a file so that they meet.</summary>
    [Fact]
    public void GeneratedIngressesGiveWhatCanBeApplied()
    {
        var random = new Random(77);
        int objects = 0;
        for (int i = 0; i < 400; i++)
        {
            var text = new StringBuilder();
            int count = random.Next(1, 5);
            for (int k = 0; k < count; k++)
            {
                Generate(random, text);
            }
            IngressConversion conversion = Convert(text.ToString(), out Analysis after);
            objects += after.Workspace.Index.All.Count();
            Assert.Equal(conversion.Manifest, Convert(text.ToString(), out _).Manifest);
        }
        Assert.True(objects > 1000, $"only {objects} objects came out");
    }

    private static void Generate(Random random, StringBuilder text)
    {
        string Any(string[] from) => from[random.Next(from.Length)];
        text.Append(CultureInfo.InvariantCulture, $"---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: {Any(Names)}\n  namespace: {Any(["n", "m"])}\n  annotations:\n    x: y\n");
        foreach ((string name, string[] values) in Annotations.Where(_ => random.Next(6) == 0))
        {
            string value = Any(values);
            text.Append(CultureInfo.InvariantCulture, $"{name}: {(value.StartsWith('\'') ? value : $"'{value}'")}\n");
        }
        string className = Any(Classes);
        text.Append("spec:\n").Append(className.Length == 0 ? "" : $"  ingressClassName: {className}\n");
        if (random.Next(4) == 0)
        {
            text.Append("  defaultBackend: {service: {name: d, port: {number: 80}}}\n");
        }
        if (random.Next(2) == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  tls: [{{hosts: ['{Any(Hosts)}', '{Any(Hosts)}'], secretName: {Any(["c", "Bad_", "d.e"])}}}, {{secretName: z}}]\n");
        }
        text.Append("  rules:\n  - {host: none.com}\n");
        for (int r = random.Next(1, 4); r > 0; r--)
        {
            text.Append(Rule(Any(Hosts), [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (Any(Paths), Any(Types), Any(Services)))]));
        }
    }

    private static string Head(string name, string className, string? annotation = null) => $"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: {name}\n"
        + (annotation is null ? "" : $"  annotations:\n{Nginx}{annotation}\n") + $"spec:\n  ingressClassName: {className}\n";

    private static string Rule(string? host, params (string Path, string Type, string Service)[] paths) => (host is null ? "  - http:\n" : $"  - host: '{host}'\n    http:\n") + "      paths:\n"
        + string.Concat(paths.Select(p => $"      - {{path: '{p.Path}', pathType: {p.Type}, backend: {{service: {{name: {p.Service}, port: {(p.Service == "use" ? "{name: use-annotation}" : "{number: 80}")}}}}}}}\n"));

    private static TraceRequest Request(string host, string path, string scheme) =>
        new() { Gateway = new ObjectName("default", "nginx"), Host = host, Path = path, Scheme = scheme, Port = scheme == "http" ? 80 : 443, Protocol = TraceProtocol.Http };

    /// <summary>Converts, and holds what comes out to what can be applied.</summary>
    private static IngressConversion Convert(string text, out Analysis after)
    {
        var before = new AnalysisHost();
        before.Apply(new WorkspaceChange.OnDisk("in.yaml", text));
        IngressConversion conversion = new Analysis(before.Current).ConvertIngresses(["in.yaml"]);
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("out.yaml", conversion.Manifest));
        after = new Analysis(host.Current);
        ManifestObject[] objects = [.. ManifestFile.Parse("out.yaml", conversion.Manifest).Documents.SelectMany(slot => ManifestObject.Of(slot.Document))];
        foreach (ManifestObject one in objects)
        {
            DryRunResult verdict = DryRun.Of(one, SchemaCatalog.Bundled, Channel.Standard);
            Assert.True(verdict.Accepted, $"{string.Join("; ", verdict.Causes.Select(c => $"{c.Field}: {c.Message}"))}\n{one.Document.Text}\nfrom\n{text}");
        }
        Assert.Equal(objects.Length, objects.Select(one => $"{one.Kind}/{one.NamespaceOrDefault}/{one.Name}").Distinct().Count());
        var listeners = objects.Where(one => one.Kind is "Gateway" or "ListenerSet")
            .SelectMany(one => Items(one.At("spec", "listeners")).Select(l => $"{one.Kind}/{one.NamespaceOrDefault}/{one.Name}/{l.At("name").Text()}")).ToHashSet(StringComparer.Ordinal);
        foreach (ManifestObject route in objects.Where(one => one.Kind.EndsWith("Route", StringComparison.Ordinal)))
        {
            Assert.NotEmpty(Items(route.At("spec", "parentRefs")));
            foreach (YamlNode parent in Items(route.At("spec", "parentRefs")))
            {
                Assert.Contains($"{parent.At("kind").Text() ?? "Gateway"}/{parent.At("namespace").Text() ?? route.NamespaceOrDefault}/{parent.At("name").Text()}/{parent.At("sectionName").Text()}", listeners);
            }
        }
        Assert.Equal(conversion.Notes.Length, conversion.Notes.Select(note => (note.Object.Node, note.Span, note.Subject, note.Message)).Distinct().Count());
        Assert.All(conversion.Notes, note => Assert.True(note.Message.Length > 30 && note.Message.EndsWith('.'), note.Message));
        return conversion;
    }

    private static IEnumerable<YamlNode> Items(YamlNode? list) => list is YamlSequence sequence ? sequence.Items.Select(item => item.Resolved()).OfType<YamlNode>() : [];
}
