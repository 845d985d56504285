using System.Text.RegularExpressions;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>The same calls to a real API server and to the sandbox: codes, reasons and fields must be the same, and bodies but for what differs anyway.</summary>
public sealed class RealServerTests(ITestOutputHelper output)
{
    private const string Routes = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";
    private const string Services = "/api/v1/namespaces/default/services";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private const string Apply = "application/apply-patch+yaml";
    private const string Merge = "application/merge-patch+json";
    private const string Patch = "application/json-patch+json";

    private const string Head = """{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute",""";

    /// <summary>In order: later calls build on earlier ones.</summary>
    private static readonly (string Method, string Path, string? Body, string Type)[] Calls =
    [
        ("GET", "/version", null, ""),
        ("GET", "/api/v1/namespaces/nope", null, ""),
        ("GET", Routes, null, ""),
        ("GET", Routes + "/x", null, ""),
        ("POST", Routes, Head + """ "metadata":{"name":"x"},"spec":{"hostnames":["a.b"],"rules":[{"backendRefs":[{"name":"s","port":80}]}]}}""", "application/json"),
        ("POST", Routes, Head + """ "metadata":{"name":"x"},"spec":{}}""", "application/json"),
        ("POST", Routes, Head + """ "metadata":{"name":"bad"},"spec":{"hostnames":["a b"]}}""", "application/json"),
        ("POST", Routes, Head + """ "metadata":{"name":"bad"},"spec":{"rules":[{"backendRefs":[{"name":"s"}]}]}}""", "application/json"),
        ("POST", Routes + "?fieldValidation=Strict", Head + """ "metadata":{"name":"bad"},"spec":{"foo":1}}""", "application/json"),
        ("POST", Routes + "?dryRun=All", Head + """ "metadata":{"name":"dry"},"spec":{}}""", "application/json"),
        ("GET", Routes + "/dry", null, ""),
        ("PATCH", Routes + "/x?fieldManager=me", """{"spec":{"hostnames":["c.d"]}}""", Merge),
        ("PATCH", Routes + "/x?fieldManager=me", """{"metadata":{"labels":{"l":"1"}}}""", Merge),
        ("PATCH", Routes + "/x", """[{"op":"replace","path":"/spec/nope/x","value":1}]""", Patch),
        ("PATCH", Routes + "/x?fieldManager=me", """[{"op":"add","path":"/spec/hostnames/-","value":"e.f"}]""", Patch),
        ("PATCH", Routes + "/x", "{}", "application/strategic-merge-patch+json"),
        ("PATCH", Routes + "/x/status?fieldManager=st", """{"status":{"parents":[]},"spec":{"hostnames":["z.z"]}}""", Merge),
        ("PATCH", Routes + "/a?fieldManager=one", Head + """ "metadata":{"name":"a","labels":{"x":"1"}},"spec":{"parentRefs":[{"name":"gw"}],"hostnames":["a.b"]}}""", Apply),
        ("PATCH", Routes + "/a?fieldManager=one", Head + """ "metadata":{"name":"a","labels":{"x":"1"}},"spec":{"parentRefs":[{"name":"gw"}],"hostnames":["a.b"]}}""", Apply),
        ("PATCH", Routes + "/a?fieldManager=two", Head + """ "metadata":{"name":"a","labels":{"x":"2"}},"spec":{"parentRefs":[{"name":"gw2"}]}}""", Apply),
        ("PATCH", Routes + "/a?fieldManager=two&force=true", Head + """ "metadata":{"name":"a","labels":{"x":"2"}},"spec":{"parentRefs":[{"name":"gw2"}]}}""", Apply),
        ("PATCH", Routes + "/a?fieldManager=one", Head + """ "metadata":{"name":"a"},"spec":{}}""", Apply),
        ("PATCH", Routes + "/a", Head + """ "metadata":{"name":"a"}}""", Apply),
        ("PATCH", Routes + "/a?fieldManager=one", Head + """ "metadata":{"name":"b"}}""", Apply),
        ("PATCH", Routes + "/x?fieldManager=taker", Head + """ "metadata":{"name":"x"},"spec":{"hostnames":["q.q"]}}""", Apply),
        ("PUT", Routes + "/x", Head + """ "metadata":{"name":"x","resourceVersion":"1"},"spec":{}}""", "application/json"),
        ("PUT", Routes + "/x", Head + """ "metadata":{"name":"x"},"spec":{}}""", "application/json"),
        ("POST", Services, """{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{"ports":[{"port":80}],"selector":{"a":"b"}}}""", "application/json"),
        ("PATCH", Services + "/s?fieldManager=sm", """{"spec":{"ports":[{"port":80,"name":"http"}]}}""", "application/strategic-merge-patch+json"),
        ("POST", Deployments, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""", "application/json"),
        ("PATCH", Deployments + "/d/scale", """{"spec":{"replicas":2}}""", Merge),
        ("GET", Routes + "?labelSelector=l%3D1", null, ""),
        ("GET", Routes + "?fieldSelector=metadata.name%3Da", null, ""),
        ("GET", Routes + "?fieldSelector=spec.x%3Da", null, ""),
        ("DELETE", Routes + "/x", """{"preconditions":{"uid":"no"}}""", "application/json"),
        ("DELETE", Routes + "/x", null, ""),
        ("DELETE", Routes + "/x", null, ""),
        ("DELETE", Services + "/s", null, ""),
        ("PATCH", Routes + "/a", "x", "text/plain"),
        ("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"get","resource":"pods","namespace":"default"}}}""", "application/json"),
    ];

    [ClusterFact(OnlyRealServers = "it would be compared with itself")]
    public async Task AnswersAreThoseOfARealServer()
    {
        using RealCluster real = RealCluster.Start();
        string config = File.ReadAllText(real.KubeConfig);
        using var http = new HttpClient(new HttpClientHandler { UseProxy = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        var root = new Uri(Regex.Match(config, "server: (https://\\S+)").Groups[1].Value);
        await using RunningSandbox sandbox = await RunningSandbox.Start();
        // The controller would write status into the objects; a bare API server does not.
        sandbox.Sandbox.Of("sandbox-eks").Cluster.Store.Committed = null;
        int same = 0;
        var misses = new List<string>();
        foreach ((string method, string path, string? body, string type) in Calls)
        {
            ApiAnswer wanted = await RunningSandbox.Send(http, new Uri(root, path), method, body, type, "eks-admin", null);
            ApiAnswer got = await sandbox.Eks(method, path, body, type);
            List<string> differences = ServerComparison.Differences(wanted, got);
            same += differences.Count == 0 ? 1 : 0;
            if (differences.Count > 0)
            {
                misses.Add($"{method} {path}: {string.Join("; ", differences)}");
            }
        }
        output.WriteLine($"{same} of {Calls.Length} answers are the same");
        misses.ForEach(output.WriteLine);
        Assert.Empty(misses);
    }
}
