using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Kubernetes.Tests.Support;
using GatewayLsp.Kubernetes.Watching;

namespace GatewayLsp.Kubernetes.Tests.Clusters;

/// <summary>
/// The same for any cluster: every context of the kubeconfig in <c>GATEWAY_LSP_TEST_KUBECONFIG</c>. Writes one ConfigMap into the
/// context's namespace and takes it away again.
/// </summary>
public class AnyClusterTests
{
    private const string Variable = "GATEWAY_LSP_TEST_KUBECONFIG";

    private static readonly ServedKind ConfigMap = new(new Gvk("", "v1", "ConfigMap"), "configmaps", true);

    [NamedKubeconfigFact]
    public async Task Every_context_is_read_written_and_watched()
    {
        var location = new KubeconfigLocation
        {
            Explicit = [Environment.GetEnvironmentVariable(Variable)!],
            HomeFolder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            SearchPath = Environment.GetEnvironmentVariable("PATH"),
        };
        using var directory = new ClusterDirectory(location, ClusterSettings.Default, Trusted.Instance);
        ClusterTargets targets = directory.Read();
        Assert.NotEmpty(targets.Targets);
        foreach (ClusterTarget target in targets.Targets)
        {
            await UseAsync(directory.Connect(target.Context).Value!);
        }
    }

    private static async Task UseAsync(IClusterClient client)
    {
        var address = new ResourceAddress(ConfigMap, client.Target.Namespace, "gateway-lsp-test-" + Guid.NewGuid().ToString("n")[..8]);
        Assert.Null((await client.GetVersionAsync(default)).Error);
        Assert.NotNull((await client.DiscoverAsync(default)).Value!.Find("", "ConfigMap"));
        var sink = new RecordingSink();
        await using var watcher = new ClusterWatcher(client, sink);
        watcher.Use([ConfigMap.GroupKind]);
        await sink.WaitAsync(cluster => cluster.Kinds.GetValueOrDefault(ConfigMap.GroupKind)?.Readability is Readability.Everywhere or Readability.SomeNamespaces);
        try
        {
            byte[] body = Encoding.UTF8.GetBytes(
                $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{address.Name}}","namespace":"{{address.Namespace}}"},"data":{"a":"1"} }""");
            Assert.True((await client.ApplyAsync(address, body, new WriteOptions { DryRun = true }, default)).Value!.IsCreated);
            Assert.True((await client.ApplyAsync(address, body, new WriteOptions(), default)).Value!.IsCreated);
            await sink.WaitAsync(cluster => cluster.Has(address.Key) == Presence.Present);
            Assert.Equal("1", (await client.GetAsync(address, default)).Value!.Body.GetProperty("data").GetProperty("a").GetString());
        }
        finally
        {
            await client.DeleteAsync(address, new DeleteOptions(), default);
        }
        await sink.WaitAsync(cluster => cluster.Has(address.Key) == Presence.Absent);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NamedKubeconfigFactAttribute : FactAttribute
    {
        public NamedKubeconfigFactAttribute()
        {
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
            {
                Skip = Variable + " names no kubeconfig";
            }
        }
    }
}
