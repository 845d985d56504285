using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A name of a container's port that no container of the pods has.</summary>
internal sealed class TargetPortNotFoundRule : SemanticRule
{
    /// <summary>Ports of containers that a mesh puts into pods.</summary>
    private static readonly string[] Injected = ["http-envoy-prom", "linkerd-proxy", "linkerd-admin"];

    public override string Code => "target-port-not-found";

    public override string Title => "Port name that no container has";

    public override SubjectKinds Kinds => SubjectKinds.Service;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "The `targetPort` of a Service is a name that no container of its pods has among its ports. It is told where the workload that the Service selects is in the same folder or kustomization, called as the Service or as the selector's `app`.",
        "That port of the Service has no endpoints, so requests to it fail, mostly with 503. Nothing else tells: a number would do without a port of the container, a name does not.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
        spec:
          selector:
            app: checkout
          ports:
          - port: 80
            targetPort: web
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: checkout
        spec:
          selector:
            matchLabels:
              app: checkout
          template:
            metadata:
              labels:
                app: checkout
            spec:
              containers:
              - name: checkout
                image: checkout:1
                ports:
                - name: http
                  containerPort: 8080
        """,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
        spec:
          selector:
            app: checkout
          ports:
          - port: 80
            targetPort: http
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: checkout
        spec:
          selector:
            matchLabels:
              app: checkout
          template:
            metadata:
              labels:
                app: checkout
            spec:
              containers:
              - name: checkout
                image: checkout:1
                ports:
                - name: http
                  containerPort: 8080
        """,
        "Puts in the name of a port of the containers. Safe when there is only one.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Service service || !service.Ports.Any(IsNamed) || context.IsChanged(service, "spec.ports")
            || ServicePods.SelectorOf(service, context) is not { } selector || ServicePods.Meant(service, selector, context) is not { } meant
            || !ServicePods.Fits(selector, meant) || NamesOf(meant) is not { } own)
        {
            return;
        }
        foreach (ServicePort port in service.Ports.Where(IsNamed))
        {
            string name = port.TargetPort!;
            if (own.Contains(name) || Injected.Contains(name) || ServicePods.Fitting(service, selector, context).Any(one => NamesOf(one) is not { } names || names.Contains(name)))
            {
                continue;
            }
            ImmutableArray<Fix> fixes = [];
            if ((own.Count == 1 ? own.Single() : NearestName.Of(name, own)) is { } right && SemanticContext.Correctable(port, "targetPort") is { } span)
            {
                fixes = [new Fix($"Change to `{right}`", span, right, isPreferred: false)];
            }
            context.Report(this, port, ["targetPort"],
                own.Count == 0 ? $"No container of {meant.Kind} {meant.Name} has a port that is called `{name}`, so this port has no endpoints; none of them has a name."
                    : $"No container of {meant.Kind} {meant.Name} has a port that is called `{name}`, so this port has no endpoints; there is {Words.List([.. own.Order(StringComparer.Ordinal).Select(Words.Shown)], "and")}.",
                fixes: fixes);
        }
    }

    private static bool IsNamed(ServicePort port) => port.TargetPort is { } name && !name.All(char.IsAsciiDigit);

    /// <summary>True when the pods ask for containers that something else puts in: <c>sidecar.istio.io/inject</c>, <c>vault.hashicorp.com/agent-inject</c>, <c>dapr.io/enabled</c>.</summary>
    private static bool IsInjected(YamlNode? asked) => asked.Resolved() is YamlMapping all && all.Entries.Any(static entry =>
        entry.Name.Contains("inject", StringComparison.Ordinal) || entry.Name.Contains("sidecar", StringComparison.Ordinal) || entry.Name.StartsWith("dapr.io/", StringComparison.Ordinal));

    /// <summary>The names of its containers' ports; null where they are not all known.</summary>
    private static HashSet<string>? NamesOf(ManifestObject workload)
    {
        if (workload.Document.IsTemplate || (workload.At("spec", "template") ?? workload.Node).Resolved() is not YamlMapping pod || ObjectContext.HasMerge(pod)
            || IsInjected(pod.At("metadata", "annotations")) || IsInjected(pod.At("metadata", "labels")) || pod.At("spec") is not YamlMapping spec || ObjectContext.HasMerge(spec) || spec.At("containers") is not YamlSequence { Items.Length: > 0 } containers)
        {
            return null;
        }
        if (containers.Items.Any(static one => one.Resolved() is not YamlMapping container || ObjectContext.HasMerge(container)))
        {
            return null;
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlMapping port in Workloads.PortsOf(workload))
        {
            string? name = port.Get("name").Text();
            if (ObjectContext.HasMerge(port) || (name is null && port.Get("name") is not null))
            {
                return null;
            }
            if (name is not null)
            {
                names.Add(name);
            }
        }
        return names;
    }
}
