using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Testing;
using GatewayLsp.Testing.InMemory;

namespace GatewayLsp.Kubernetes.Tests.Clusters;

/// <summary>The cluster in memory does with an object what a real one does, so tests of plans may rely on it.</summary>
public class InMemoryClientTests
{
    private const string Listeners = """[{"name":"http","port":80,"protocol":"HTTP"},{"name":"alt","port":8080,"protocol":"HTTP"}]""";
    private const string OneListener = """[{"name":"http","port":80,"protocol":"HTTP"}]""";
    private const string OtherPort = """[{"name":"http","port":81,"protocol":"HTTP"}]""";

    /// <summary>Manager, forced, spec; and what a plain update writes for a manager that starts with "update".</summary>
    private static readonly (string Manager, bool Force, string Spec, string Labels)[] Steps =
    [
        ("one", false, $$"""{"gatewayClassName":"c","listeners":{{Listeners}} }""", """{"a":"1"}"""),
        ("two", false, $$"""{"gatewayClassName":"c","listeners":{{OneListener}} }""", """{"b":"2"}"""),
        ("two", false, $$"""{"gatewayClassName":"d","listeners":{{OtherPort}} }""", """{"b":"2"}"""),
        ("two", true, $$"""{"gatewayClassName":"d","listeners":{{OtherPort}} }""", """{"b":"2"}"""),
        ("one", false, $$"""{"gatewayClassName":"d","listeners":{{OtherPort}} }""", "{}"),
        ("update", false, """{"addresses":[{"value":"10.0.0.1"}]}""", """{"c":"3"}"""),
        ("two", false, $$"""{"gatewayClassName":"d","listeners":{{OtherPort}} }""", "{}"),
        ("one", false, $$"""{"gatewayClassName":"d","listeners":{{OtherPort}},"addresses":[{"value":"10.0.0.2"}]}""", "{}"),
    ];

    [SharedFact(RealCluster.Up)]
    public async Task It_agrees_with_a_real_one()
    {
        using RealCluster cluster = RealCluster.Start();
        using var directory = new ClusterDirectory(new KubeconfigLocation { Explicit = [cluster.KubeConfig], SearchPath = Environment.GetEnvironmentVariable("PATH") },
            new ClusterSettings { ExtraPath = [RealCluster.Plugins] }, Trusted.Instance);
        IClusterClient real = directory.Connect("gke_demo-project_asia-northeast3_remote").Value!;
        var memory = new InMemoryClient();
        memory.Put("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"demo"}}""");
        var address = new ResourceAddress((await real.DiscoverAsync(default)).Value!.Find("gateway.networking.k8s.io", "Gateway")!, "demo", "g");
        int number = 0;
        foreach ((string manager, bool force, string spec, string labels) in Steps)
        {
            string theirs = await StepAsync(real, address, manager, force, spec, labels);
            string ours = await StepAsync(memory, address, manager, force, spec, labels);
            Assert.Equal($"{++number}: {theirs}", $"{number}: {ours}");
        }
    }

    private static async Task<string> StepAsync(IClusterClient client, ResourceAddress address, string manager, bool force, string spec, string labels)
    {
        var options = new WriteOptions { FieldManager = manager, Force = force };
        byte[] body = Encoding.UTF8.GetBytes(manager == "update"
            ? $$"""{"metadata":{"labels":{{labels}} },"spec":{{spec}} }"""
            : $$"""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"g","namespace":"demo","labels":{{labels}} },"spec":{{spec}} }""");
        Answered<Written> written = manager == "update"
            ? await client.PatchAsync(address, PatchKind.Merge, body, options, null, default)
            : await client.ApplyAsync(address, body, options, default);
        if (!written.IsOk)
        {
            return written.Error.Kind + " " + string.Join(", ", written.Error.Causes.Select(cause => $"{cause.Field} {cause.Owner}").Order(StringComparer.Ordinal));
        }
        var read = (JsonObject)JsonNode.Parse((await client.GetAsync(address, default)).Value!.Json.Span)!;
        var metadata = (JsonObject)read["metadata"]!;
        string owners = string.Join('\n', metadata["managedFields"]!.AsArray()
            .Select(entry => $"{entry!["manager"]} {entry["operation"]} {Sorted(entry["fieldsV1"])}").Where(text => !text.Contains("f:status", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        return $"generation {metadata["generation"]} created {written.Value.IsCreated}\n{Sorted(metadata["labels"])}\n{Sorted(read["spec"])}\n{owners}";
    }

    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject map => "{" + string.Join(",", map.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}:{Sorted(one.Value)}")) + "}",
        JsonArray list => "[" + string.Join(",", list.Select(Sorted)) + "]",
        null => "null",
        _ => node.ToJsonString(),
    };
}
