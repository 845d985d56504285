using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Tests.Schemas;

public sealed class SchemaCatalogTests
{
    private const string Gateways = "gateway.networking.k8s.io";

    private static readonly SchemaCatalog Catalog = SchemaCatalog.Bundled;

    [Theory]
    [InlineData("gateway.networking.k8s.io/v1", "HTTPRoute", "gateway.networking.k8s.io", "v1")]
    [InlineData("v1", "Service", "", "v1")]
    public void An_apiVersion_splits_and_comes_back(string apiVersion, string kind, string group, string version)
    {
        Assert.True(Gvk.TryParse(apiVersion, kind, out var gvk));
        Assert.Equal(new Gvk(group, version, kind), gvk);
        Assert.Equal(apiVersion, gvk.ApiVersion);
        Assert.Equal($"{apiVersion} {kind}", gvk.ToString());
    }

    [Theory]
    [InlineData("", "Service")]
    [InlineData("v1", "")]
    [InlineData("a/b/c", "Service")]
    [InlineData("/v1", "Service")]
    [InlineData("apps/", "Deployment")]
    [InlineData(null, null)]
    public void What_is_no_apiVersion_gives_none(string? apiVersion, string? kind) => Assert.False(Gvk.TryParse(apiVersion, kind, out _));

    [Fact]
    public void A_route_has_its_fields_with_types_limits_and_defaults()
    {
        var root = Catalog.Find(new(Gateways, "v1", "HTTPRoute"), Channel.Standard)!;
        Assert.Equal(["apiVersion", "kind", "metadata", "spec", "status"], root.Properties.Select(property => property.Name));

        var rules = root.Child("spec")!.Child("rules")!;
        Assert.Equal(SchemaTypes.Array, rules.Types);
        Assert.Equal(16, rules.MaxItems);
        var path = rules.Items!.Child("matches")!.Items!.Child("path")!;
        Assert.Equal("PathPrefix", path.Child("type")!.Default!.Text);
        Assert.Equal(["Exact", "PathPrefix", "RegularExpression"], path.Child("type")!.Enum.Select(value => value.Text).Order());
        var port = rules.Items!.Child("backendRefs")!.Items!.Child("port")!;
        Assert.Equal((1, 65535), (port.Minimum, port.Maximum));
        Assert.Equal(CompletionSource.BackendPort, port.CompletionSource);
        Assert.Equal(SupportLevel.Core, port.Support);
    }

    [Fact]
    public void Experimental_fields_are_in_the_experimental_channel_only_and_marked()
    {
        var gvk = new Gvk(Gateways, "v1", "HTTPRoute");
        Assert.Null(Catalog.Find(gvk, Channel.Standard)!.Child("spec")!.Child("rules")!.Items!.Find("retry"));
        var retry = Catalog.Find(gvk, Channel.Experimental)!.Child("spec")!.Child("rules")!.Items!.Find("retry")!;
        Assert.True(retry.IsExperimental);
        Assert.True(retry.Schema.IsExperimental);
        Assert.DoesNotContain(Filters(Channel.Standard).Enum, value => value.Text == "ExternalAuth");
        Assert.DoesNotContain(Filters(Channel.Standard).Values, value => value.Value.Text == "ExternalAuth");
        Assert.True(Filters(Channel.Experimental).Values.Single(value => value.Value.Text == "ExternalAuth").IsExperimental);

        SchemaNode Filters(Channel channel) =>
            Catalog.Find(gvk, channel)!.Child("spec")!.Child("rules")!.Items!.Child("filters")!.Items!.Child("type")!;
    }

    [Fact]
    public void A_decoded_schema_is_one_object_however_often_and_by_whom_it_is_asked_for()
    {
        var catalog = new SchemaCatalog(SchemaPack.ReadEmbedded());
        var gvk = new Gvk(Gateways, "v1", "Gateway");
        var seen = new SchemaNode[16];
        Parallel.For(0, seen.Length, i => seen[i] = catalog.Find(gvk, Channel.Standard)!);
        Assert.All(seen, node => Assert.Same(seen[0], node));
        Assert.Same(seen[0], catalog.Find(gvk, Channel.Standard));
    }

    [Theory]
    [InlineData("gateway.networking.k8s.io/v1", "HTTPRoute", KindAvailability.Served, null)]
    [InlineData("gateway.networking.k8s.io/v1beta1", "HTTPRoute", KindAvailability.Served, null)]
    [InlineData("gateway.networking.k8s.io/v1alpha2", "HTTPRoute", KindAvailability.NoLongerServed, "`gateway.networking.k8s.io/v1alpha2` of `HTTPRoute` is not served by Gateway API 1.6: use `gateway.networking.k8s.io/v1`.")]
    [InlineData("gateway.networking.k8s.io/v1alpha2", "TCPRoute", KindAvailability.OnlyExperimental, "`gateway.networking.k8s.io/v1alpha2` of `TCPRoute` is served by the experimental channel only: use `gateway.networking.k8s.io/v1`.")]
    [InlineData("gateway.networking.x-k8s.io/v1alpha1", "XMesh", KindAvailability.OnlyExperimental, "`gateway.networking.x-k8s.io/v1alpha1` of `XMesh` is served by the experimental channel only.")]
    [InlineData("gateway.networking.k8s.io/v2", "Gateway", KindAvailability.UnknownVersion, "`Gateway` has no version `v2`: use `gateway.networking.k8s.io/v1`.")]
    [InlineData("gateway.networking.k8s.io/v1", "XMesh", KindAvailability.UnknownKind, "`gateway.networking.k8s.io` has no kind `XMesh`.")]
    [InlineData("gateway.networking.k8s.io/v1", "Service", KindAvailability.UnknownKind, "`gateway.networking.k8s.io` has no kind `Service`: its API version is `v1`.")]
    [InlineData("gateway.networking.k8s.io/v1", "Gatway", KindAvailability.UnknownKind, "`gateway.networking.k8s.io` has no kind `Gatway`.")]
    [InlineData("networking.istio.io/v1", "Gateway", KindAvailability.Foreign, "This is Istio's `Gateway` (`networking.istio.io`), not the `Gateway` of Gateway API. Gateway LSP leaves it alone.")]
    [InlineData("serving.knative.dev/v1", "Service", KindAvailability.Foreign, "This is Knative Serving's `Service` (`serving.knative.dev`), not the `Service` of Kubernetes. Gateway LSP leaves it alone.")]
    [InlineData("extensions/v1beta1", "Ingress", KindAvailability.Foreign, "This is the `Ingress` of the removed `extensions` API (`extensions`), not the `Ingress` of `networking.k8s.io`. Gateway LSP leaves it alone.")]
    [InlineData("example.com/v1", "Gateway", KindAvailability.Unknown, null)]
    [InlineData("apps/v1", "ControllerRevision", KindAvailability.Unknown, null)]
    [InlineData("autoscaling/v1", "HorizontalPodAutoscaler", KindAvailability.Unknown, null)]
    [InlineData("networking.gke.io/v1", "ManagedCertificate", KindAvailability.Unknown, null)]
    public void Says_why_the_standard_channel_does_not_serve_a_kind(string apiVersion, string kind, KindAvailability availability, string? reason)
    {
        Assert.True(Gvk.TryParse(apiVersion, kind, out var gvk));
        var verdict = Catalog.Explain(gvk, Channel.Standard);
        Assert.Equal((availability, reason), (verdict.Availability, verdict.Reason));
        Assert.Equal(availability == KindAvailability.Served, Catalog.Find(gvk, Channel.Standard) is not null);
    }

    [Fact]
    public void A_kind_that_is_gone_still_explains_itself()
    {
        var gvk = new Gvk(Gateways, "v1alpha2", "ReferencePolicy");
        Assert.Null(Catalog.Find(gvk, Channel.Experimental));
        Assert.NotNull(Catalog.FindAny(gvk)!.Find("metadata"));
        Assert.True(Catalog.Kind(gvk)!.IsLegacy);
        Assert.Contains("ReferenceGrant", Catalog.Explain(gvk, Channel.Experimental).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_foreign_kind_is_known_as_ours()
    {
        Assert.All(ForeignKinds.All, foreign =>
        {
            Assert.Null(Catalog.Preferred(foreign.Group, foreign.Kind, Channel.Experimental));
            Assert.NotNull(Catalog.Kind(foreign.Ours));
            Assert.Equal(foreign.Kind, foreign.Ours.Kind);
        });
    }

    [Fact]
    public void One_version_of_each_served_kind_is_preferred()
    {
        var served = Catalog.Kinds.Where(kind => !kind.IsLegacy).GroupBy(kind => (kind.Group, kind.Kind));
        Assert.All(served, versions => Assert.Single(versions, kind => kind.IsPreferred));
        Assert.Equal("v1", Catalog.Preferred(Gateways, "HTTPRoute", Channel.Experimental)!.Version);
        Assert.Null(Catalog.Preferred("gateway.networking.x-k8s.io", "XMesh", Channel.Standard));
        Assert.Equal(["multicluster.x-k8s.io", "multicluster.x-k8s.io", "net.gke.io"], Catalog.KindsNamed("ServiceImport").Select(kind => kind.Group).Order());
    }

    [Fact]
    public void Knows_what_the_test_clusters_and_samples_need()
    {
        string[] needed =
        [
            "v1 Service", "v1 Namespace", "v1 Pod", "v1 Secret", "v1 ConfigMap", "v1 ServiceAccount", "v1 Endpoints", "v1 Node", "v1 PersistentVolumeClaim",
            "apps/v1 Deployment", "apps/v1 ReplicaSet", "apps/v1 StatefulSet", "apps/v1 DaemonSet", "batch/v1 Job", "batch/v1 CronJob",
            "networking.k8s.io/v1 Ingress", "networking.k8s.io/v1 IngressClass", "networking.k8s.io/v1 NetworkPolicy", "discovery.k8s.io/v1 EndpointSlice",
            "autoscaling/v2 HorizontalPodAutoscaler", "policy/v1 PodDisruptionBudget", "rbac.authorization.k8s.io/v1 Role", "rbac.authorization.k8s.io/v1 ClusterRole",
            "rbac.authorization.k8s.io/v1 RoleBinding", "rbac.authorization.k8s.io/v1 ClusterRoleBinding", "apiextensions.k8s.io/v1 CustomResourceDefinition",
            "multicluster.x-k8s.io/v1alpha1 ServiceExport", "multicluster.x-k8s.io/v1beta1 ServiceImport", "net.gke.io/v1 ServiceExport", "net.gke.io/v1 ServiceImport",
            "networking.gke.io/v1 GCPGatewayPolicy", "networking.gke.io/v1 GCPBackendPolicy", "networking.gke.io/v1 HealthCheckPolicy", "networking.gke.io/v1 GCPTrafficDistributionPolicy",
        ];
        Assert.Empty(needed.Except(Catalog.Kinds.Where(kind => kind.ServedInStandard).Select(kind => kind.Gvk.ToString())));
    }

    [Fact]
    public void A_Service_is_as_the_API_server_takes_it()
    {
        var spec = Catalog.Find(new("", "v1", "Service"), Channel.Standard)!.Child("spec")!;
        Assert.Equal("selector", spec.Properties[0].Name);
        Assert.Equal(["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"], spec.Child("type")!.Enum.Select(value => value.Text));
        var ports = spec.Child("ports")!;
        Assert.Equal(SchemaListType.Map, ports.ListType);
        Assert.Equal<string>(["port", "protocol"], ports.ListMapKeys);
        Assert.True(ports.Items!.Find("port")!.IsRequired);
        Assert.True(ports.Items!.Child("targetPort")!.IntOrString);
        var cpu = Catalog.Find(new("", "v1", "Pod"), Channel.Standard)!.Child("spec")!.Child("containers")!.Items!.Child("resources")!.Child("limits")!.Child("cpu")!;
        Assert.Equal((SchemaTypes.String | SchemaTypes.Integer | SchemaTypes.Number, "quantity"), (cpu.Types, cpu.Format));
    }
}
