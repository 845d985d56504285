using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>
/// A Service whose selector misses the pods of the workload that it is for by a slip of the pen. Labels come from operators and from
/// Kubernetes itself, too, so that one which the files do not have is unknown, and so is one that they have with quite another value.
/// </summary>
internal sealed class ServiceWithoutPodsRule : SemanticRule
{
    public override string Code => "service-without-pods";

    public override string Title => "Service whose selector fits no pods";

    public override SubjectKinds Kinds => SubjectKinds.Service;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "The selector of a Service fits the pods of no workload of the files, although a Deployment, StatefulSet, DaemonSet or Rollout of that name is in the same folder or kustomization (one that is called as the Service, or as the selector's `app`) and its pods have nearly the same labels. Labels that the files do not have, as controllers give them to pods, are not held against a Service.",
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
        YamlEntry[] others = [.. selector.Entries.Where(entry => labels.Get(entry.Name).Text() != entry.Value.Text())];
        if (!Array.TrueForAll(others, entry => IsSlip(entry.Value.Text()!, labels.Get(entry.Name).Text())))
        {
            return;
        }
        YamlEntry asked = others[0];
        string has = labels.Get(asked.Name).Text()!;
        context.Report(this, asked.Value.Span, FieldPath.Of(asked, service.Object.Node),
            $"This selector fits no pods of these files, so Service {service.FullName} has no endpoints: the pods of {meant.Kind} {meant.Name} have {Words.Shown($"{asked.Name}={has}")}, not {Words.Shown($"{asked.Name}={asked.Value.Text()}")}.",
            fixes: char.IsAsciiLetter(has[0]) ? [new Fix($"Change to `{has}`", asked.Value.Span, has, isPreferred: false)] : []);
    }

    /// <summary>A letter or two; other digits are another version.</summary>
    private static bool IsSlip(string asked, string? has) =>
        has is { Length: >= 4 } && asked.Length >= 4 && NearestName.Edits(asked, has) <= (Math.Min(asked.Length, has.Length) < 8 ? 1 : 2)
        && asked.Where(char.IsAsciiDigit).SequenceEqual(has.Where(char.IsAsciiDigit));
}
