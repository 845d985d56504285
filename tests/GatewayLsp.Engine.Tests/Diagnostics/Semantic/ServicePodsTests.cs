using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>A Service is held to the workload that it is meant for, and to nothing that others may bring.</summary>
public sealed class ServicePodsTests
{
    private const string Wrong = "service-without-pods 'chekout' spec.selector.app";
    private const string NoPort = "target-port-not-found 'web' spec.ports[0].targetPort";

    private static string Service(string selector, string targetPort = "8080", string name = "checkout") =>
        $"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: shop}}\nspec:\n  selector: {{{selector}}}\n  ports:\n  - port: 80\n    targetPort: {targetPort}\n---\n";

    private static string Workload(string labels, string ports = "{name: http, containerPort: 8080}", string name = "checkout", string kind = "Deployment", string ns = "shop") =>
        $"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: {ns}}}\nspec:\n  selector: {{matchLabels: {{{labels}}}}}\n  template:\n    metadata: {{labels: {{{labels}}}}}\n"
        + $"    spec:\n      containers:\n      - {{name: a, image: a, ports: [{ports}]}}\n---\n";

    public static TheoryData<string, string[]> Selectors => new()
    {
        { Service("app: chekout") + Workload("app: checkout"), [Wrong] },
        // By the label, where the Service is called otherwise.
        { Service("app: checkout, tier: fronted", name: "front") + Workload("app: checkout, tier: frontend"), ["service-without-pods 'fronted' spec.selector.tier"] },
        // Labels that pods get when they run, and versions that come from elsewhere.
        { Service("app: checkout, tier: web") + Workload("app: checkout"), [] },
        { Service("app: chekout, statefulset.kubernetes.io/pod-name: checkout-0") + Workload("app: checkout", kind: "StatefulSet"), [] },
        { Service("app: checkout, role: master") + Workload("app: checkout", kind: "StatefulSet"), [] },
        { Service("app: checkout, version: v2") + Workload("app: checkout, version: v1"), [] },
        { Service("app: checkout, version: green") + Workload("app: checkout, version: blue"), [] },
        { Service("app: checkout-primary") + Workload("app: checkout"), [] },
        { Service("app: checkout") + Workload("app: checkout, more: x"), [] },
        // Others may be meant, or bring it.
        { Service("app: chekout", name: "front") + Workload("app: checkout"), [] },
        { Service("app: chekout") + Workload("app: checkout") + Workload("app: chekout", name: "checkout-v2"), [] },
        { Service("app: chekout") + Workload("app: checkout", ns: "other"), [] },
        { Service("app: chekout") + Workload("app: checkout") + Workload("app: '{{ .Values.app }}'", name: "other"), [] },
        { Service("app: chekout") + Workload("app: {{ .Values.app }}"), [] },
        { Service("app: {{ .Values.app }}") + Workload("app: checkout"), [] },
        { Service("app: chekout").Replace("spec:\n", "spec:\n  type: ExternalName\n  externalName: a.example.com\n", StringComparison.Ordinal) + Workload("app: checkout"), [] },
        { "apiVersion: v1\nkind: Service\nmetadata: {name: checkout, namespace: shop}\nspec: {ports: [{port: 80}]}\n---\n" + Workload("app: checkout"), [] },
    };

    public static TheoryData<string, string[]> Ports => new()
    {
        { Service("app: checkout", "web") + Workload("app: checkout"), [NoPort] },
        { Service("app: checkout", "web") + Workload("app: checkout", "{containerPort: 8080}"), [NoPort] },
        { Service("app: checkout", "http") + Workload("app: checkout"), [] },
        { Service("app: checkout", "9090") + Workload("app: checkout"), [] },
        { Service("app: checkout", "http-envoy-prom") + Workload("app: checkout"), [] },
        { Service("app: checkout", "dapr-metrics") + Workload("app: checkout").Replace("metadata: {labels:", "metadata: {annotations: {dapr.io/enabled: 'true'}, labels:", StringComparison.Ordinal), [] },
        // Some of the pods have it.
        { Service("app: checkout", "web") + Workload("app: checkout") + Workload("app: checkout, version: v2", "{name: web, containerPort: 80}", "checkout-v2"), [] },
        { Service("app: checkout", "web") + Workload("app: checkout", "{name: '{{ .Values.port }}', containerPort: 8080}"), [] },
        { Service("app: checkout", "web") + Workload("app: checkout").Replace("containers:", "initContainers:\n      - {name: b, image: b, restartPolicy: Always, ports: [{name: web, containerPort: 1}]}\n      containers:", StringComparison.Ordinal), [] },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    [MemberData(nameof(Ports))]
    public void What_is_certain_is_said(string text, string[] expected) => DiagnosticCheck.Check(text, expected);

    [Fact]
    public void The_pods_are_named_and_the_fix_is_their_label_or_port()
    {
        Assert.Equal("This selector fits no pods of these files, so Service shop/checkout has no endpoints: the pods of Deployment checkout have `app=checkout`, not `app=chekout`.",
            DiagnosticCheck.Single(Service("app: chekout") + Workload("app: checkout")).Message);
        DiagnosticCheck.CheckFix(Service("app: chekout") + Workload("app: checkout"), "Change to `checkout`", Service("app: checkout") + Workload("app: checkout"));
        Assert.Equal("No container of Deployment checkout has a port that is called `web`, so this port has no endpoints; there is `http`.",
            DiagnosticCheck.Single(Service("app: checkout", "web") + Workload("app: checkout")).Message);
        DiagnosticCheck.CheckFix(Service("app: checkout", "web") + Workload("app: checkout"), "Change to `http`", Service("app: checkout", "http") + Workload("app: checkout"));
    }

    /// <summary>Files of one folder or kustomization are applied together; others need not be.</summary>
    [Theory]
    [InlineData("/a/service.yaml", "/a/deployment.yaml", "service-without-pods")]
    [InlineData("/a/service.yaml", "/b/deployment.yaml", "")]
    [InlineData("/k/one/service.yaml", "/k/two/deployment.yaml", "service-without-pods")]
    public void Only_what_comes_together_is_compared(string service, string workload, string expected)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("/k/kustomization.yaml", "resources:\n- one/service.yaml\n- two/deployment.yaml\n"));
        host.Apply(new WorkspaceChange.OnDisk(service, Service("app: chekout")));
        host.Apply(new WorkspaceChange.OnDisk(workload, Workload("app: checkout")));
        Assert.Equal(expected, string.Join(' ', new Analysis(host.Current).Diagnose(service).Select(one => one.Diagnostic.Code)));
    }

    [Fact]
    public void Labels_that_an_overlay_changes_are_judged_as_built()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("/k/base/kustomization.yaml", "resources:\n- all.yaml\n"));
        host.Apply(new WorkspaceChange.OnDisk("/k/base/all.yaml", Service("app: chekout") + Workload("app: checkout")));
        host.Apply(new WorkspaceChange.OnDisk("/k/prod/kustomization.yaml", "resources: [../base]\npatches:\n- target: {kind: Service}\n  patch: '[{\"op\": \"replace\", \"path\": \"/spec/selector/app\", \"value\": \"checkout\"}]'\n"));
        Assert.Empty(new Analysis(host.Current).Diagnose("/k/base/all.yaml"));
    }
}
