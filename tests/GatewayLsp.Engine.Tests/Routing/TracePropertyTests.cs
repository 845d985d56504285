using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Routing;

/// <summary>What must not matter does not: the order of files and documents, and objects that have no part in it.</summary>
public sealed class TracePropertyTests
{
    private const int Workspaces = 60;
    private const int RequestsEach = 12;

    private static readonly string[] Hosts = ["a.example.com", "b.example.com", "*.example.com", "example.org", "*.b.example.com"];
    private static readonly string[] Paths = ["/", "/a", "/a/b", "/a/b/c", "/ab"];

    [Fact]
    public void OrderOfFilesAndDocumentsChangesNothing() => Compare((random, documents) =>
    {
        string[] shuffled = [.. documents];
        random.Shuffle(shuffled);
        return shuffled;
    });

    [Fact]
    public void ObjectsThatHaveNoPartInItChangeNothing() => Compare((random, documents) =>
    [
        .. documents,
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: unrelated}, data: {a: b}}",
        "{apiVersion: v1, kind: Service, metadata: {name: aaa}, spec: {ports: [{port: 1}]}}",
        "{apiVersion: v1, kind: Namespace, metadata: {name: unrelated}}",
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: aaa}, spec: {gatewayClassName: c, listeners: [{name: http, port: 80, protocol: HTTP}]}}",
        "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: aaa}, spec: {parentRefs: [{name: aaa}], rules: [{backendRefs: [{name: s1, port: 80}]}]}}",
    ]);

    /// <summary>Edits that come and go leave the same answers as a workspace that never saw them: nothing stale is kept.</summary>
    [Fact]
    public void EditsThatAreUndoneChangeNothing()
    {
        for (int seed = 0; seed < Workspaces; seed++)
        {
            var random = new Random(seed);
            List<string> documents = Documents(random);
            var host = new AnalysisHost();
            Apply(host, documents);
            TraceRequest[] requests = Requests(random);
            string[] before = Answers(host, requests);
            int touched = random.Next(documents.Count);
            host.Apply(new WorkspaceChange.OnDisk(PathOf(touched), random.Next(2) == 0 ? null : documents[touched].Replace("80", "81", StringComparison.Ordinal)));
            _ = Answers(host, requests);
            host.Apply(new WorkspaceChange.OnDisk(PathOf(touched), documents[touched]));
            Assert.Equal(before, Answers(host, requests));
        }
    }

    private static void Compare(Func<Random, List<string>, string[]> change)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int seed = 0; seed < Workspaces; seed++)
        {
            var random = new Random(seed);
            List<string> documents = Documents(random);
            TraceRequest[] requests = Requests(random);
            var one = new AnalysisHost();
            one.Apply(new WorkspaceChange.OnDisk("all.yaml", string.Join("\n---\n", documents)));
            var other = new AnalysisHost();
            Apply(other, change(random, documents));
            string[] answers = Answers(one, requests);
            seen.UnionWith(answers);
            Assert.Equal(answers, Answers(other, requests));
        }
        Assert.InRange(seen.Count, Workspaces * RequestsEach / 4, int.MaxValue);
    }

    private static void Apply(AnalysisHost host, IReadOnlyList<string> documents)
    {
        for (int i = 0; i < documents.Count; i++)
        {
            host.Apply(new WorkspaceChange.OnDisk(PathOf(i), documents[i]));
        }
    }

    private static string PathOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{index * 7919 % 101}-{index}.yaml");

    private static string[] Answers(AnalysisHost host, TraceRequest[] requests)
    {
        var analysis = new Analysis(host.Current);
        return [.. requests.Select(request => Answer(analysis.Trace(request)))];
    }

    private static string Answer(RequestTrace trace)
    {
        var text = new StringBuilder(TraceCheck.Summary(trace)).Append(' ').Append(trace.Listener?.Name);
        text.Append(CultureInfo.InvariantCulture, $" {trace.Upstream?.Method} {trace.Upstream?.Host} {trace.Upstream?.Path}");
        return text.Append('\n').AppendJoin('\n', trace.Why).ToString();
    }

    private static TraceRequest[] Requests(Random random)
    {
        var requests = new TraceRequest[RequestsEach];
        for (int i = 0; i < requests.Length; i++)
        {
            requests[i] = new TraceRequest
            {
                Gateway = new ObjectName("default", "edge"),
                Port = random.Next(2) == 0 ? 80 : 8080,
                Host = Pick(random, Hosts).Replace("*", "x", StringComparison.Ordinal),
                Path = Pick(random, Paths),
                Method = random.Next(2) == 0 ? "GET" : "POST",
                Headers = random.Next(2) == 0 ? HeaderList.Empty : HeaderList.Empty.Add("v", "1"),
            };
        }
        return requests;
    }

    private static List<string> Documents(Random random)
    {
        string hostname = random.Next(2) == 0 ? "" : $"\n    hostname: '{Pick(random, Hosts)}'";
        var documents = new List<string>
        {
            $$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: edge
            spec:
              gatewayClassName: c
              allowedListeners:
                namespaces:
                  from: All
              listeners:
              - name: alt
                port: 8080
                protocol: HTTP
              - name: http
                port: 80
                protocol: HTTP{{hostname}}
            """,
        };
        for (int i = 0; i < 3; i++)
        {
            documents.Add($"apiVersion: v1\nkind: Service\nmetadata:\n  name: s{i}\nspec:\n  ports:\n  - port: 80\n");
            documents.Add($$"""
                apiVersion: gateway.networking.k8s.io/v1
                kind: ListenerSet
                metadata:
                  name: set{{i}}
                spec:
                  parentRef:
                    name: edge
                  listeners:
                  - name: more
                    port: {{(random.Next(2) == 0 ? 80 : 8080)}}
                    protocol: HTTP
                    hostname: '{{Pick(random, Hosts)}}'
                """);
        }
        int routes = random.Next(1, 8);
        for (int i = 0; i < routes; i++)
        {
            string parent = random.Next(3) == 0 ? $"kind: ListenerSet, name: set{random.Next(3)}" : "name: edge";
            var text = new StringBuilder(
                $$"""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata:
                  name: r{{i}}
                spec:
                  parentRefs:
                  - { {{parent}} }
                  hostnames: [{{(random.Next(3) == 0 ? "" : $"'{Pick(random, Hosts)}'")}}]
                  rules:

                """);
            for (int rule = 0; rule < 2; rule++)
            {
                string header = random.Next(3) == 0 ? ", headers: [{name: v, value: '1'}]" : "";
                string method = random.Next(3) == 0 ? ", method: POST" : "";
                text.Append(CultureInfo.InvariantCulture, $"  - matches: [{{path: {{type: {(random.Next(3) == 0 ? "Exact" : "PathPrefix")}, value: {Pick(random, Paths)}}}{header}{method}}}]\n");
                text.Append(CultureInfo.InvariantCulture, $"    backendRefs: [{{name: s{random.Next(4)}, port: 80, weight: {random.Next(3)}}}, {{name: s{random.Next(3)}, port: 80}}]\n");
            }
            documents.Add(text.ToString());
        }
        return documents;
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
