using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class ExperimentalFieldRule : SchemaRule
{
    public override string Code => "experimental-field";

    public override string Title => "Field of the experimental channel";

    public override RuleDoc Doc => new(
        "The field exists in the experimental channel of Gateway API, but this workspace is checked against the standard channel.",
        "A cluster with the standard CRDs refuses the field or drops it silently. Experimental fields may change or vanish between releases.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - retry:
              attempts: 3
            backendRefs:
            - name: store
              port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - backendRefs:
            - name: store
              port: 80
        """,
        "The only fix removes the field with its value, which is for you to decide. If your clusters run the experimental channel, set `gatewayLsp.channel` (or `--channel`) to `experimental` instead.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        YamlEntry entry = issue.Entry!;
        ImmutableArray<Fix> fixes = new YamlEdits(context.Document).Remove(entry) is { } removal
            ? [new Fix($"Remove {Words.Shown(issue.Name)}", [removal], IsPreferred: false)]
            : [];
        context.Report(this, entry.Key.Span, issue.Field,
            $"{Words.Shown(issue.Name)} exists only in the experimental channel of Gateway API; a cluster with the standard channel does not accept it.", fixes);
    }
}
