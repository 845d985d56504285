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
    public void A_Service_that_a_tool_makes_is_not_missing(string maker) => DiagnosticCheck.Check(Service + Route + maker);

    [Fact]
    public void A_Service_that_nobody_makes_is() => DiagnosticCheck.Check(Service + Route, "backend-not-found 'grafana' spec.rules[0].backendRefs[0].name");

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
}
