using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class MissingServicePortRule : CoreRule
{
    public override string Code => "missing-service-port";

    public override string Title => "Service without ports";

    public override RuleDoc Doc => new(
        "A Service has no `ports`, though it is neither headless (`clusterIP: None`) nor an `ExternalName`.",
        "The API server rejects the object.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: store
        spec:
          selector:
            app: store
        """,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: store
        spec:
          selector:
            app: store
          ports:
          - port: 80
            targetPort: 8080
        """,
        "There is no fix: the numbers are known to you only.");

    protected override void CheckWhole(ObjectContext context)
    {
        if (!Is(context, "", "Service") || context.Object.At("spec") is not YamlMapping spec || ObjectContext.HasMerge(spec)
            || spec.At("type").Text() == "ExternalName" || spec.At("clusterIP").Text() == "None" || spec.At("clusterIP") is YamlScalar { IsOpaque: true })
        {
            return;
        }
        if (spec.Entries.Any(e => e.Name != "ports" && NearestName.IsNear(e.Name, "ports")))
        {
            // Meant to be this one: that is another finding.
            return;
        }
        if (Lacks(spec, "ports") || spec.At("ports") is YamlSequence { Items.Length: 0 })
        {
            Report(context, spec, "spec.ports", "A Service needs at least one entry in `ports`, unless it is headless (`clusterIP: None`) or an `ExternalName`.", CauseReason.Required);
        }
    }
}
