using System.Text.Json;
using GatewayLsp.Sandbox.State;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>The sandbox as the C# client sees it, with the sandbox's own kubeconfig.</summary>
public sealed class KubernetesClientTests : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("gateway-sandbox-client").FullName;
    private RunningSandbox _running = null!;
    private Kubernetes _client = null!;

    public async Task InitializeAsync()
    {
        _running = await RunningSandbox.Start();
        var state = new StateDirectory(_home);
        state.WriteKubeconfig(_running.Sandbox.Clusters.Select(one => (one.Cluster, one.Port, one.Token)), _running.Sandbox.Authority.Pem);
        _client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(state.Kubeconfig, "sandbox-eks"));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _running.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public async Task TypedObjectsLiveAndDie()
    {
        Assert.Equal("v1.36.4-eks-0000000", (await _client.Version.GetCodeAsync()).GitVersion);
        V1Namespace ns = await _client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = "typed" } });
        Assert.Equal("Active", ns.Status.Phase);
        V1ConfigMap made = await _client.CoreV1.CreateNamespacedConfigMapAsync(
            new V1ConfigMap { Metadata = new V1ObjectMeta { GenerateName = "map-" }, Data = new Dictionary<string, string> { ["a"] = "1" } }, "typed");
        Assert.StartsWith("map-", made.Name(), StringComparison.Ordinal);
        made.Data["a"] = "2";
        V1ConfigMap changed = await _client.CoreV1.ReplaceNamespacedConfigMapAsync(made, made.Name(), "typed");
        Assert.NotEqual(made.ResourceVersion(), changed.ResourceVersion());
        HttpOperationException late = await Assert.ThrowsAsync<HttpOperationException>(() => _client.CoreV1.ReplaceNamespacedConfigMapAsync(made, made.Name(), "typed"));
        Assert.Equal(System.Net.HttpStatusCode.Conflict, late.Response.StatusCode);
        V1Status gone = await _client.CoreV1.DeleteNamespacedConfigMapAsync(made.Name(), "typed");
        Assert.Equal(("Success", made.Name()), (gone.Status, gone.Details.Name));
        V1Secret secret = await _client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret { Metadata = new V1ObjectMeta { Name = "key" }, StringData = new Dictionary<string, string> { ["k"] = "v" } }, "typed");
        Assert.Equal("v"u8, secret.Data["k"]);
        Assert.True((await _client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(new V1SelfSubjectAccessReview
        {
            Spec = new V1SelfSubjectAccessReviewSpec { ResourceAttributes = new V1ResourceAttributes { Verb = "delete", Resource = "secrets" } },
        })).Status.Allowed);
    }

    [Fact]
    public async Task DeploymentsBecomeReadyAndScale()
    {
        await _client.AppsV1.CreateNamespacedDeploymentAsync(
            new V1Deployment
            {
                Metadata = new V1ObjectMeta { Name = "web" },
                Spec = new V1DeploymentSpec
                {
                    Replicas = 2,
                    Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } },
                    Template = new V1PodTemplateSpec
                    {
                        Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "web" } },
                        Spec = new V1PodSpec { Containers = [new V1Container { Name = "web", Image = "web:1", Ports = [new V1ContainerPort { ContainerPort = 8080 }] }] },
                    },
                },
            },
            "default");
        await _client.CoreV1.CreateNamespacedServiceAsync(
            new V1Service
            {
                Metadata = new V1ObjectMeta { Name = "web" },
                Spec = new V1ServiceSpec { Selector = new Dictionary<string, string> { ["app"] = "web" }, Ports = [new V1ServicePort { Port = 80, TargetPort = 8080 }] },
            },
            "default");
        await _running.Settle();
        V1Deployment web = await _client.AppsV1.ReadNamespacedDeploymentStatusAsync("web", "default");
        Assert.Equal((2, web.Metadata.Generation), (web.Status.ReadyReplicas, web.Status.ObservedGeneration));
        V1EndpointSliceList slices = await _client.DiscoveryV1.ListNamespacedEndpointSliceAsync("default", labelSelector: "kubernetes.io/service-name=web");
        Assert.Equal(2, Assert.Single(slices.Items).Endpoints.Count);
        V1Scale scale = await _client.AppsV1.ReadNamespacedDeploymentScaleAsync("web", "default");
        scale.Spec.Replicas = 3;
        await _client.AppsV1.ReplaceNamespacedDeploymentScaleAsync(scale, "web", "default");
        await _running.Settle();
        V1PodList pods = await _client.CoreV1.ListNamespacedPodAsync("default", labelSelector: "app=web");
        Assert.Equal(3, pods.Items.Count(pod => pod.Status.Phase == "Running"));
    }

    [Fact]
    public async Task CustomObjectsAreAppliedPatchedAndGetStatus()
    {
        using var routes = new GenericClient(_client, "gateway.networking.k8s.io", "v1", "httproutes", disposeClient: false);
        V1Patch apply(string host) => new(
            $$"""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"r","namespace":"default"},"spec":{"hostnames":["{{host}}"]} }""", V1Patch.PatchType.ApplyPatch);
        Task<object> send(string host, string manager, bool force = false, string? dryRun = null) => _client.CustomObjects.PatchNamespacedCustomObjectAsync(
            apply(host), "gateway.networking.k8s.io", "v1", "default", "httproutes", "r", dryRun, manager, force: force);
        await send("dry.example", "one", dryRun: "All");
        HttpOperationException none = await Assert.ThrowsAsync<HttpOperationException>(() => routes.ReadNamespacedAsync<Route>("default", "r"));
        Assert.Equal("NotFound", JsonSerializer.Deserialize<V1Status>(none.Response.Content, Web)!.Reason);
        await send("a.example", "one");
        HttpOperationException conflict = await Assert.ThrowsAsync<HttpOperationException>(() => send("b.example", "two"));
        V1Status status = JsonSerializer.Deserialize<V1Status>(conflict.Response.Content, Web)!;
        Assert.Equal((409, ".spec.hostnames"), (status.Code, Assert.Single(status.Details.Causes).Field));
        await send("b.example", "two", force: true);
        Route now = await routes.PatchNamespacedAsync<Route>(new V1Patch("""{"metadata":{"labels":{"seen":"yes"}}}""", V1Patch.PatchType.MergePatch), "default", "r");
        Assert.Equal(["b.example"], now.Spec.Hostnames);
        Assert.Equal("yes", now.Metadata.Labels["seen"]);
        Assert.Equal(2, now.Metadata.Generation);
        now = await routes.PatchNamespacedAsync<Route>(new V1Patch("""[{"op":"test","path":"/spec/hostnames/0","value":"b.example"},{"op":"add","path":"/spec/hostnames/-","value":"c.example"}]""", V1Patch.PatchType.JsonPatch), "default", "r");
        Assert.Equal(["b.example", "c.example"], now.Spec.Hostnames);
        await _client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(
            new V1Patch("""{"status":{"parents":[]},"spec":{"hostnames":["no.example"]}}""", V1Patch.PatchType.MergePatch), "gateway.networking.k8s.io", "v1", "default", "httproutes", "r");
        now = await routes.ReadNamespacedAsync<Route>("default", "r");
        Assert.Equal(["b.example", "c.example"], now.Spec.Hostnames);
        Assert.True(now.Status.HasValue);
        await routes.DeleteNamespacedAsync<V1Status>("default", "r");
        Assert.Empty((await routes.ListNamespacedAsync<RouteList>("default")).Items);
    }

    [Fact]
    public async Task WatchesTellWhatHappens()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string from = (await _client.CoreV1.ListNamespacedConfigMapAsync("default")).ResourceVersion();
        var seen = new List<string>();
        async Task watch()
        {
            await foreach ((WatchEventType type, V1ConfigMap map) in _client.CoreV1.WatchListNamespacedConfigMapAsync("default", resourceVersion: from, cancellationToken: patience.Token))
            {
                seen.Add($"{type} {map.Name()} {map.Data?["a"]}");
                if (type == WatchEventType.Deleted)
                {
                    return;
                }
            }
        }
        Task watching = watch();
        var body = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "m" }, Data = new Dictionary<string, string> { ["a"] = "1" } };
        await _client.CoreV1.CreateNamespacedConfigMapAsync(body, "default");
        await _client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch("""{"data":{"a":"2"}}""", V1Patch.PatchType.StrategicMergePatch), "m", "default");
        await _client.CoreV1.DeleteNamespacedConfigMapAsync("m", "default");
        await watching.WaitAsync(patience.Token);
        Assert.Equal(["Added m 1", "Modified m 2", "Deleted m 2"], seen);
        // A page of a list, as the client goes through a large one.
        foreach (string name in (string[])["a", "b", "c"])
        {
            body.Metadata.Name = name;
            await _client.CoreV1.CreateNamespacedConfigMapAsync(body, "default");
        }
        V1ConfigMapList page = await _client.CoreV1.ListNamespacedConfigMapAsync("default", limit: 2);
        Assert.Equal((2, 1L), (page.Items.Count, page.Metadata.RemainingItemCount));
        V1ConfigMapList rest = await _client.CoreV1.ListNamespacedConfigMapAsync("default", limit: 2, continueParameter: page.Metadata.ContinueProperty);
        Assert.Equal("c", Assert.Single(rest.Items).Name());
    }

    private static JsonSerializerOptions Web { get; } = new(JsonSerializerDefaults.Web);

    internal sealed class Route : IKubernetesObject<V1ObjectMeta>
    {
        public string ApiVersion { get; set; } = "";

        public string Kind { get; set; } = "";

        public V1ObjectMeta Metadata { get; set; } = new();

        public RouteSpec Spec { get; set; } = new();

        public JsonElement? Status { get; set; }
    }

    internal sealed class RouteSpec
    {
        public List<string> Hostnames { get; set; } = [];
    }

    internal sealed class RouteList : IKubernetesObject<V1ListMeta>
    {
        public string ApiVersion { get; set; } = "";

        public string Kind { get; set; } = "";

        public V1ListMeta Metadata { get; set; } = new();

        public List<Route> Items { get; set; } = [];
    }
}
