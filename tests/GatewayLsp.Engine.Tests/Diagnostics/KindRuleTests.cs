using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Findings about apiVersion and kind; above all what is left alone.</summary>
public sealed class KindRuleTests
{
    private const string Body = "metadata:\n  name: store\nspec: {}\n";

    [Theory]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: httproute\n", "wrong-kind-case 'httproute' kind")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoutes\n", "wrong-kind-case 'HTTPRoutes' kind")]
    [InlineData("apiVersion: v1\nkind: configmap\n", "wrong-kind-case 'configmap' kind")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRout\n", "unknown-kind 'HTTPRout' kind")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: Ingress\n", "unknown-kind 'gateway.networking.k8s.io/v1' apiVersion")]
    [InlineData("apiVersion: v1\nkind: Deployment\n", "unknown-kind 'v1' apiVersion")]
    [InlineData("apiVersion: gateway.networking.k8s.io\nkind: HTTPRoute\n", "unknown-kind 'gateway.networking.k8s.io' apiVersion")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v3\nkind: HTTPRoute\n", "unknown-version 'gateway.networking.k8s.io/v3' apiVersion")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: HTTPRoute\n", "not-served 'gateway.networking.k8s.io/v1alpha2' apiVersion")]
    [InlineData("apiVersion: gateway.networking.x-k8s.io/v1alpha1\nkind: XMesh\n", "not-served 'gateway.networking.x-k8s.io/v1alpha1' apiVersion")]
    [InlineData("apiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\n", "not-served 'networking.x-k8s.io/v1alpha1' apiVersion")]
    [InlineData("kind: HTTPRoute\n", "missing-api-version 'kind' apiVersion")]
    [InlineData("apiVersion:\nkind: Deployment\n", "missing-api-version 'apiVersion' apiVersion")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\n", "missing-kind 'apiVersion' kind")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind:\n", "missing-kind 'kind' kind")]
    public void WrongHeadIsTheOnlyFinding(string head, string expected) => DiagnosticCheck.Check(head + Body, expected);

    [Theory]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: Gateway\n")]
    [InlineData("apiVersion: serving.knative.dev/v1\nkind: Service\n")]
    [InlineData("apiVersion: example.com/v1\nkind: Widget\n")]
    [InlineData("apiVersion: v1\nkind: LimitRange\n")]
    [InlineData("apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\n")]
    [InlineData("apiVersion: networking.gke.io/v1\nkind: ManagedCertificate\n")]
    [InlineData("apiVersion: '{{ .Values.api }}'\nkind: HTTPRoute\n")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: '{{ .Values.kind }}'\n")]
    [InlineData("kind: Widget\n")]
    [InlineData("apiVersion: example.com/v1\n")]
    public void OtherPeoplesKindsAreLeftAlone(string head) => DiagnosticCheck.Check(head + Body);

    [Theory]
    [InlineData("kind: Deployment\nreplicas: 2\nimage:\n  tag: 1.0\n")]
    [InlineData("apiVersion: v2\nname: chart\nversion: 1.0.0\n")]
    [InlineData("- kind: HTTPRoute\n- 1\n")]
    [InlineData("on: push\njobs: {}\n")]
    [InlineData("just a text\n")]
    [InlineData("")]
    public void YamlThatIsNoObjectIsLeftAlone(string text) => DiagnosticCheck.Check(text);

    [Theory]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: httproute\n", "Change to `HTTPRoute`", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n")]
    [InlineData("apiVersion: \"networking.k8s.io/v1\"\nkind: GRPCRoute\n", "Change to `gateway.networking.k8s.io/v1`", "apiVersion: \"gateway.networking.k8s.io/v1\"\nkind: GRPCRoute\n")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TLSRoute\n", "Change to `gateway.networking.k8s.io/v1`", "apiVersion: gateway.networking.k8s.io/v1\nkind: TLSRoute\n")]
    [InlineData("kind: HTTPRoute\n", "Add `apiVersion: gateway.networking.k8s.io/v1`", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n")]
    [InlineData("apiversion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n", "Rename to `apiVersion`", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n")]
    [InlineData("APIVersion: v1\nkind: ConfigMap\n", "Rename to `apiVersion`", "apiVersion: v1\nkind: ConfigMap\n")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nKind: HTTPRoute\n", "Rename to `kind`", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n")]
    [InlineData("apiVersion: apps/v1\n\"KIND\": Deployment\n", "Rename to `kind`", "apiVersion: apps/v1\n\"kind\": Deployment\n")]
    public void FixesMendTheHead(string head, string title, string after) => DiagnosticCheck.CheckFix(head + Body, title, after + Body);

    [Theory]
    [InlineData("Metadata", "metadata")]
    [InlineData("SPEC", "spec")]
    public void CapitalsOfTheOtherKeysAreMended(string written, string right)
    {
        string text = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n" + Body;
        string wrong = text.Replace(right + ":", written + ":", StringComparison.Ordinal);
        FileDiagnostic finding = Assert.Single(DiagnosticCheck.Find(wrong), one => one.Diagnostic.Code == "unknown-field");
        Assert.Equal(text, DiagnosticCheck.Apply(wrong, finding, Assert.Single(finding.Diagnostic.Fixes, fix => fix.IsPreferred)));
    }

    [Fact]
    public void KindIsGuessedByTheFieldsOfTheSpec() => DiagnosticCheck.CheckFix(
        "apiVersion: gateway.networking.k8s.io/v1\nmetadata:\n  name: edge\nspec:\n  gatewayClassName: example\n", "Add `kind: Gateway`",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: edge\nspec:\n  gatewayClassName: example\n");

    [Fact]
    public void ExperimentalKindsAreServedInTheirChannel() => DiagnosticCheck.Check(
        "apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TLSRoute\nmetadata:\n  name: store\nspec:\n  hostnames: [a.b]\n  rules: [{backendRefs: [{name: store, port: 443}]}]\n",
        DiagnosticCheck.Context(Channel.Experimental));

    [Fact]
    public void PatchesNeedNoHead() => DiagnosticCheck.Check("kind: HTTPRoute\n" + Body, DiagnosticCheck.Context(isPartial: true));

    [Fact]
    public void ItemsOfAListAreCheckedByTheirOwnKinds() => DiagnosticCheck.Check("""
        apiVersion: v1
        kind: List
        items:
        - apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata: {name: store}
          spec: {hostname: [a.b]}
        - apiVersion: v1
          kind: Service
          metadata: {name: store}
          spec: {port: []}
        - apiVersion: networking.istio.io/v1
          kind: Gateway
          spec: {anything: 1}
        """, "unknown-field 'hostname' spec.hostname", "unknown-field 'port' spec.port");

    [Theory]
    [InlineData("gateway.network.k8s.io/v1", "HTTPRoute", "gateway.networking.k8s.io/v1")]
    [InlineData("gateway.k8s.io/v1", "Gateway", "gateway.networking.k8s.io/v1")]
    [InlineData("networking.gateway.k8s.io/v1", "GRPCRoute", "gateway.networking.k8s.io/v1")]
    [InlineData("gateway.networking.k8.io/v1", "GatewayClass", "gateway.networking.k8s.io/v1")]
    [InlineData("gatway.networking.k8s.io/v1beta1", "ReferenceGrant", "gateway.networking.k8s.io/v1beta1")]
    [InlineData("gateway.networking.k8s.io.io/v9", "HTTPRoute", null)]
    [InlineData("gateway.networking.io/v1", "HTTPRoute", "gateway.networking.k8s.io/v1")]
    [InlineData("gateways.networking.k8s.io/v7", "HTTPRoute", "gateway.networking.k8s.io/v1")]
    [InlineData("networking.istio.io/v1", "Gateway", null)]
    [InlineData("gateway.envoyproxy.io/v1alpha1", "Gateway", null)]
    [InlineData("gateway.kgateway.dev/v1alpha1", "Gateway", null)]
    [InlineData("gateway.networking.gke.io/v1", "Gateway", null)]
    [InlineData("networking.gke.io/v1", "Gateway", null)]
    [InlineData("gateway.solo.io/v1", "Gateway", null)]
    [InlineData("gateway.nginx.org/v1alpha1", "Gateway", null)]
    [InlineData("policy.linkerd.io/v1beta3", "HTTPRoute", null)]
    [InlineData("reference.authorization.k8s.io/v1alpha1", "ReferenceGrant", null)]
    [InlineData("inference.networking.x-k8s.io/v1alpha2", "HTTPRoute", null)]
    [InlineData("gateway.network.k8s.io/v1", "Widget", null)]
    public void MisspeltGroupsAreMended(string apiVersion, string kind, string? meant)
    {
        string text = $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: store\nspec: {{}}\n";
        if (meant is null)
        {
            DiagnosticCheck.Check(text);
            return;
        }
        DiagnosticCheck.Check(text, $"unknown-kind '{apiVersion}' apiVersion");
        DiagnosticCheck.CheckFix(text, $"Change to `{meant}`", text.Replace(apiVersion, meant, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("multicluster.x-k8s.io/v9", "ServiceExport", true)]
    [InlineData("multicluster.x-k8s.io/v9", "ServiceImport", true)]
    [InlineData("net.gke.io/v9", "ServiceExport", true)]
    [InlineData("net.gke.io/v9", "Widget", false)]
    [InlineData("multicluster.x-k8s.io/v1alpha1", "ClusterProperty", false)]
    [InlineData("networking.gke.io/v9", "GCPGatewayPolicy", false)]
    [InlineData("apps/v9", "Deployment", false)]
    public void VersionsAreKnownOfGroupsThatComeWhole(string apiVersion, string kind, bool isKnown) => DiagnosticCheck.Check(
        $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: store\n", isKnown ? [$"unknown-version '{apiVersion}' apiVersion"] : []);

    [Fact]
    public void ItemsOfAListOfOneKindMayLeaveOutTheirHeads() => DiagnosticCheck.Check("""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRouteList
        items:
        - metadata: {name: store}
          spec: {hostname: [a.b]}
        - kind: HTTPRoute
          metadata: {name: cart}
          spec: {xyz: 1}
        - apiVersion: gateway.networking.k8s.io/v1
          metadata: {name: shop}
          spec: {hostnames: [a.b]}
        """, "unknown-field 'hostname' spec.hostname", "unknown-field 'xyz' spec.xyz");

    [Theory]
    [InlineData("HTTPRoute", "an HTTPRoute")]
    [InlineData("GRPCRoute", "a GRPCRoute")]
    [InlineData("Gateway", "a Gateway")]
    [InlineData("Ingress", "an Ingress")]
    [InlineData("Deployment", "a Deployment")]
    public void MissingVersionNamesTheKindWithItsArticle(string kind, string words) =>
        Assert.Contains($"; {words} of today", DiagnosticCheck.Single($"kind: {kind}\n" + Body).Message, StringComparison.Ordinal);
}
