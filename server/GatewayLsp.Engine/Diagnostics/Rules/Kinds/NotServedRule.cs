using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

internal sealed class NotServedRule : ObjectRule
{
    public override string Code => "not-served";

    public override string Title => "Version that is not served";

    public override RuleDoc Doc => new(
        "The version of the kind is known, but the chosen channel of Gateway API does not serve it: it is gone, or it exists only in the experimental channel.",
        "kubectl finds no match for the kind and applies nothing.",
        """
        apiVersion: gateway.networking.k8s.io/v1alpha2
        kind: TLSRoute
        metadata:
          name: store
        spec:
          hostnames:
          - store.example.com
          rules:
          - backendRefs:
            - name: store
              port: 443
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: TLSRoute
        metadata:
          name: store
        spec:
          hostnames:
          - store.example.com
          rules:
          - backendRefs:
            - name: store
              port: 443
        """,
        "Puts in the version that is served. The fields are checked against it right after, so nothing gets lost unseen; where they changed between the versions you have to follow.");

    public override void Check(ObjectContext context)
    {
        if (context.Verdict.Availability is not (KindAvailability.OnlyExperimental or KindAvailability.NoLongerServed)
            || context.Object.Node.Get("apiVersion") is not YamlScalar scalar)
        {
            return;
        }
        bool sameKind = context.Verdict.Use is { } use && use.Kind == context.Object.Kind && use.IsServed(context.Channel)
            && !(context.GatewayApiMinor is { } minor && NewerParts.IsNewer(use, minor));
        context.Report(this, scalar.Span, "apiVersion", context.Verdict.Reason!, sameKind
            ? [new Fix($"Change to `{context.Verdict.Use!.Gvk.ApiVersion}`", scalar.Span, YamlText.Like(scalar, context.Verdict.Use.Gvk.ApiVersion))]
            : []);
    }
}
