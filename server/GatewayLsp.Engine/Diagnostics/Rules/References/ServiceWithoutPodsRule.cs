using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A Service whose selector does not fit the pods of the workload that it is for.</summary>
internal sealed class ServiceWithoutPodsRule : SemanticRule
{
    public override string Code => "service-without-pods";

    public override string Title => "Service whose selector fits no pods";

    public override SubjectKinds Kinds => SubjectKinds.Service;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "The selector of a Service fits the pods of no workload of the files, although a Deployment, StatefulSet, DaemonSet or Rollout of that name is in the same folder or kustomization: one that is called as the Service, or as the selector's `app`.",
        "The Service has no endpoints, so requests to it fail, mostly with 503. Nothing else tells: the Service is there, and the route resolves.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
        spec:
          selector:
            app: chekout
          ports:
          - port: 80
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
        """,
        "Puts in the label of the workload's pods, where it is nearly the same. Safe when that workload is the one you mean.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Service service || ServicePods.SelectorOf(service, context) is not { } selector || ServicePods.Meant(service, selector, context) is not { } meant
            || ServicePods.Fits(selector, meant) || ServicePods.Fitting(service, selector, context).Any())
        {
            return;
        }
        YamlMapping labels = Workloads.LabelsOf(meant)!;
        YamlEntry asked = selector.Entries.First(entry => labels.Get(entry.Name).Text() != entry.Value.Text());
        string pods = $"the pods of {meant.Kind} {meant.Name}";
        string wanted = Words.Shown($"{asked.Name}={asked.Value.Text()}");
        string? has = labels.Get(asked.Name).Text();
        context.Report(this, asked.Value.Span, FieldPath.Of(asked, service.Object.Node),
            has is null ? $"This selector fits no pods of these files, so Service {service.FullName} has no endpoints: {pods} do not have {wanted}."
                : $"This selector fits no pods of these files, so Service {service.FullName} has no endpoints: {pods} have {Words.Shown($"{asked.Name}={has}")}, not {wanted}.",
            fixes: has is not { Length: > 0 } || !char.IsAsciiLetter(has[0]) || !NearestName.IsNear(asked.Value.Text()!, has) ? [] : [new Fix($"Change to `{has}`", asked.Value.Span, has, isPreferred: false)]);
    }
}
