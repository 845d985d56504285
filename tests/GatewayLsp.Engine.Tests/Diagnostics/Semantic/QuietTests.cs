using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>What others document, make or complete is no fault of the files.</summary>
public sealed class QuietTests
{
    private const string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: mine, namespace: t}\nspec: {ports: [{port: 80}]}\n---\n";
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: t}\nspec:\n  rules:\n  - backendRefs:\n    - {name: grafana, port: 80}\n---\n";

    [Theory]
    [InlineData("apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: grafana, namespace: t}\n")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: grafana, namespace: argocd}\n")]
    [InlineData("apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: grafana, namespace: t}\n")]
    [InlineData("apiVersion: grafana.integreatly.org/v1beta1\nkind: Grafana\nmetadata: {name: grafana, namespace: t}\n")]
    [InlineData("apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: graf, namespace: t}\n", "graf-rw")]
    [InlineData("apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: k8s, namespace: t}\n", "prometheus-operated")]
    public void A_Service_that_a_tool_makes_is_not_missing(string maker, string service = "grafana") =>
        DiagnosticCheck.Check(Service + Route.Replace("grafana", service, StringComparison.Ordinal) + maker);

    /// <summary>Objects of its namespace that are named otherwise, or are about the Service only, make none.</summary>
    [Theory]
    [InlineData("apiVersion: grafana.integreatly.org/v1beta1\nkind: Grafana\nmetadata: {name: grafana, namespace: other}\n")]
    [InlineData("apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: graf, namespace: t}\n")]
    [InlineData("apiVersion: networking.gke.io/v1\nkind: HealthCheckPolicy\nmetadata: {name: grafana, namespace: t}\nspec: {targetRef: {group: '', kind: Service, name: grafana}}\n")]
    public void Others_make_none(string other)
    {
        string text = Service + Route + other;
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("/a.yaml", text));
        Assert.Contains(new Analysis(host.Current).Diagnose("/a.yaml"), one => one.Diagnostic.Code == "backend-not-found");
    }

    [Fact]
    public void A_Service_that_nobody_makes_is() => DiagnosticCheck.Check(Service + Route, "backend-not-found 'grafana' spec.rules[0].backendRefs[0].name");

    /// <summary>Most repositories hold the Services of some apps and not of others.</summary>
    [Theory]
    [InlineData("grafana", "services.yaml", false, "")]
    [InlineData("mino", "services.yaml", false, "Information")]
    [InlineData("grafana", "services.yaml", true, "Error")]
    [InlineData("grafana", "route.yaml", false, "Warning")]
    [InlineData("grafana", "listed.yaml", false, "Warning")]
    public void A_Service_of_elsewhere_is_missing_only_where_that_is_known(string backend, string servicesIn, bool isComplete, string expected)
    {
        string route = Route.Replace("grafana", backend, StringComparison.Ordinal);
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { IsComplete = isComplete }));
        host.Apply(new WorkspaceChange.OnDisk("/a/kustomization.yaml", "resources:\n- route.yaml\n- listed.yaml\n"));
        host.Apply(new WorkspaceChange.OnDisk("/a/" + servicesIn, Service));
        host.Apply(new WorkspaceChange.OnDisk("/a/route.yaml", servicesIn == "route.yaml" ? Service + route : route));
        Assert.Equal(expected, string.Join(' ', new Analysis(host.Current).Diagnose("/a/route.yaml").Select(one => one.Diagnostic.Severity)));
    }

    [Theory]
    [InlineData("front-tls", "certificates.yaml", "")]
    [InlineData("back-tsl", "certificates.yaml", "Information")]
    [InlineData("front-tls", "gateway.yaml", "Warning")]
    public void A_certificate_of_elsewhere_is_not_missing(string certificate, string secretsIn, string expected)
    {
        const string Secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: back-tls}\ntype: kubernetes.io/tls\nstringData: {tls.crt: '', tls.key: ''}\n---\n";
        string gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec:\n  gatewayClassName: istio\n  listeners:\n  - {name: web, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: " + certificate + "}]}}\n";
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk(secretsIn, Secret));
        host.Apply(new WorkspaceChange.OnDisk("gateway.yaml", secretsIn == "gateway.yaml" ? Secret + gateway : gateway));
        Assert.Equal(expected, string.Join(' ', new Analysis(host.Current).Diagnose("gateway.yaml").Select(one => one.Diagnostic.Severity)));
    }

    [Theory]
    [InlineData("all-tls", "Information")]
    [InlineData("shop-tls", "Hint")]
    public void Overlapping_hostnames_matter_for_certain_with_one_certificate(string certificate, string expected) =>
        Assert.Equal(expected, DiagnosticCheck.Find(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec:\n  gatewayClassName: istio\n  listeners:\n"
            + "  - {name: all, port: 443, protocol: HTTPS, hostname: '*.example.com', tls: {certificateRefs: [{name: all-tls}]}}\n"
            + "  - {name: shop, port: 443, protocol: HTTPS, hostname: shop.example.com, tls: {certificateRefs: [{name: " + certificate + "}]}}\n").Single().Diagnostic.Severity.ToString());

    /// <summary>What SOPS encrypted is decrypted on its way to the cluster.</summary>
    [Theory]
    [InlineData("sops:\n  mac: ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]\n  version: 3.9.0\n")]
    [InlineData("sops:\n  lastmodified: \"2026-01-01T00:00:00Z\"\n")]
    [InlineData("")]
    public void Encrypted_values_are_unknown(string marks)
    {
        const string Value = "ENC[AES256_GCM,data:c2hvcA==,iv:aXY=,tag:dGFn,type:str]";
        string gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: g\nspec:\n  gatewayClassName: istio\n  listeners:\n  - name: web\n    port: " + Value + "\n    protocol: HTTPS\n    hostname: " + Value
            + "\n    tls: {certificateRefs: [{name: s}]}\n" + marks;
        string secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ntype: kubernetes.io/tls\ndata:\n  tls.crt: " + Value + "\n  tls.key: \"" + Value + "\"\n" + marks;
        const string Attached = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r\nspec:\n  parentRefs:\n  - name: g\n  hostnames:\n  - shop.example.com\n";
        DiagnosticCheck.Check(gateway + "---\n" + secret + "---\n" + Attached);
    }

    /// <summary>Meshes document it so, and the API server takes it.</summary>
    [Fact]
    public void A_parent_of_the_group_core_is_as_meshes_have_it() =>
        DiagnosticCheck.Check(Service + "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: t}\nspec:\n  parentRefs:\n  - {group: core, kind: Service, name: mine, port: 80}\n  rules:\n  - backendRefs:\n    - {name: mine, port: 80}\n");

    /// <summary>A route without a parent is one that another route hands requests to; kgateway has such.</summary>
    [Fact]
    public void A_route_may_hand_on_to_a_route_where_that_is_known() =>
        DiagnosticCheck.Check("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: g, namespace: t}
            spec:
              gatewayClassName: kgateway
              listeners:
              - {name: http, port: 80, protocol: HTTP}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: r, namespace: t}
            spec:
              parentRefs:
              - name: g
              rules:
              - backendRefs:
                - {group: gateway.networking.k8s.io, kind: HTTPRoute, name: child}

            """);

    [Fact]
    public void Addresses_of_a_vendors_own_type_are_the_vendors_matter() =>
        DiagnosticCheck.Check("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec:\n  gatewayClassName: azure-alb-external\n  addresses:\n  - {type: alb.networking.azure.io/alb-frontend, value: front}\n  listeners:\n  - {name: http, port: 80, protocol: HTTP}\n");

    /// <summary>Kuttl and Chainsaw compare with the parts that are written.</summary>
    [Theory]
    [InlineData("/tests/00-assert.yaml", 0)]
    [InlineData("/tests/chainsaw-assert.yaml", 0)]
    [InlineData("/tests/assert.yaml", 0)]
    [InlineData("/tests/01-errors.yaml", 0)]
    [InlineData("/tests/assertion.yaml", 1)]
    [InlineData("/tests/00-install.yaml", 1)]
    public void Assertions_are_parts_of_objects(string path, int findings)
    {
        var host = new AnalysisHost();
        var analysis = new Analysis(host.Apply(new WorkspaceChange.OnDisk(path, "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nstatus: {}\n")));
        Assert.Equal(findings, analysis.Diagnose(path).Count(one => one.Diagnostic.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>Thousands of patterns in one definition are read within bounds, and that is told.</summary>
    [Fact]
    public void A_definition_with_thousands_of_patterns_is_read_in_part()
    {
        string fields = string.Concat(Enumerable.Range(0, 2000).Select(i => $"                f{i}: {{type: string, pattern: '^a{i}+$'}}\n"));
        Assert.Contains(DiagnosticCheck.Find($$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Thing, plural: things, singular: thing}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties:

            """.TrimEnd() + "\n" + fields.Replace("                f", "                            f", StringComparison.Ordinal)),
            one => one.Diagnostic.Code == "invalid-definition" && one.Diagnostic.Severity == DiagnosticSeverity.Information);
    }

    /// <summary>Such a template has the fields of both kinds.</summary>
    [Fact]
    public void A_template_of_two_kinds_is_neither() => DiagnosticCheck.Check(
        "apiVersion: apps/v1\n{{- if .Values.set }}\nkind: StatefulSet\n{{- else }}\nkind: Deployment\n{{- end }}\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  serviceName: a\n");

    /// <summary>Without a group it is a kind that nobody has, unless the implementation does not look at the group.</summary>
    [Theory]
    [InlineData("istio", "invalid-kind 'ServiceImport' spec.rules[0].backendRefs[0].kind")]
    [InlineData("amazon-vpc-lattice", null)]
    public void A_ServiceImport_without_its_group(string className, string? expected)
    {
        string text = $"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: g}}\nspec: {{gatewayClassName: {className}, listeners: [{{name: a, port: 80, protocol: HTTP}}]}}\n---\n"
            + "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec:\n  parentRefs: [{name: g}]\n  rules:\n  - backendRefs:\n    - name: s\n      kind: ServiceImport\n";
        DiagnosticCheck.Check(text, expected is null ? [] : [expected]);
        if (expected is not null)
        {
            DiagnosticCheck.CheckFix(text, "Set `group: multicluster.x-k8s.io`", text.TrimEnd() + "\n      group: multicluster.x-k8s.io\n");
        }
    }

    /// <summary>While the Gateway is in no file, VPC Lattice may implement it; of two Gateways by one name one is enough.</summary>
    [Fact]
    public void A_ServiceImport_without_its_group_may_be_for_VPC_Lattice()
    {
        const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec:\n  parentRefs: [{name: g}]\n  rules:\n  - backendRefs:\n    - name: s\n      kind: ServiceImport\n";
        const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: {gatewayClassName: amazon-vpc-lattice, listeners: [{name: a, port: 80, protocol: HTTP}]}\n";
        Assert.Equal(DiagnosticSeverity.Information, DiagnosticCheck.Single(Route).Severity);
        WorkspaceFixture two = Files(("a.yaml", Route), ("b/g.yaml", Gateway), ("c/g.yaml", Gateway));
        Assert.Empty(two.Analysis.Diagnose("a.yaml"));
        Assert.DoesNotContain(ConditionCheck.Troubles(two.Analysis), line => line.Contains("InvalidKind", StringComparison.Ordinal));
    }

    /// <summary>Kubebuilder puts patches beside a kustomization that does not list all of them.</summary>
    [Theory]
    [InlineData("config/crd/patches/webhook_in_routes.yaml", "", true)]
    [InlineData("config/crd/manager_patch.yaml", "", true)]
    [InlineData("config/crd/patches/webhook_in_routes.yaml", "resources: [patches/webhook_in_routes.yaml]\n", false)]
    [InlineData("config/crd/other/webhook_in_routes.yaml", "", false)]
    [InlineData("elsewhere/patches/webhook_in_routes.yaml", "", false)]
    public void Patches_that_no_kustomization_lists_are_partial(string path, string kustomization, bool isQuiet)
    {
        WorkspaceFixture fixture = Files(
            ("config/crd/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n" + kustomization),
            (path, "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: {gatewayClassName: c}\n"));
        Assert.Equal(isQuiet, fixture.Analysis.Diagnose(path).IsEmpty);
    }

    /// <summary>GKE brings its kinds along: a copy of an older definition says nothing about the cluster.</summary>
    [Fact]
    public void A_copied_definition_of_a_kind_of_GKE_does_not_count() => Assert.Empty(Files(
        ("crd.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: gcpbackendpolicies.networking.gke.io}\nspec:\n  group: networking.gke.io\n  names: {kind: GCPBackendPolicy, plural: gcpbackendpolicies}\n  scope: Namespaced\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {default: {type: object, properties: {timeoutSec: {type: integer}}}}}}}}\n"),
        ("policy.yaml", "apiVersion: networking.gke.io/v1\nkind: GCPBackendPolicy\nmetadata: {name: p}\nspec:\n  default: {maxRatePerEndpoint: 10}\n  targetRef: {group: '', kind: Service, name: s}\n")).Analysis.Diagnose("policy.yaml"));

    [Theory]
    [InlineData("name: https", "`sectionName` is the name of a port, not its number: port 443 of Service default/s is named `https`.")]
    [InlineData("protocol: TCP", "`sectionName` is the name of a port, not its number, and port 443 of Service default/s has no name; give it one, or leave `sectionName` out.")]
    public void The_number_of_a_port_is_no_section_name(string port, string message)
    {
        string text = $"apiVersion: v1\nkind: Service\nmetadata: {{name: s}}\nspec: {{selector: {{a: b}}, ports: [{{port: 443, {port}}}]}}\n---\n"
            + "apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {name: p}\nspec:\n  targetRefs:\n  - {group: '', kind: Service, name: s, sectionName: \"443\"}\n  validation: {hostname: a.io, wellKnownCACertificates: System}\n";
        Assert.Equal(message, DiagnosticCheck.Single(text).Message);
        if (port == "name: https")
        {
            DiagnosticCheck.CheckFix(text, "Change to `https`", text.Replace("\"443\"", "https", StringComparison.Ordinal));
        }
    }

    private static WorkspaceFixture Files(params (string Path, string Text)[] files) =>
        WorkspaceFixture.Parse(string.Concat(files.Select(file => $"#file: {file.Path}\n{file.Text}")));
}
