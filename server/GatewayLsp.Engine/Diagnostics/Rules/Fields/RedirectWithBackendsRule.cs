using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class RedirectWithBackendsRule : FieldsRule
{
    public override string Code => "redirect-with-backends";

    public override string Title => "Redirect beside backends";

    public override RuleDoc Doc => new(
        "A rule has both a `RequestRedirect` filter and `backendRefs`.",
        "The API server rejects the object. A redirected request never reaches a backend.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - filters:
            - type: RequestRedirect
              requestRedirect:
                scheme: https
            backendRefs:
            - name: store
              port: 8080
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - filters:
            - type: RequestRedirect
              requestRedirect:
                scheme: https
        """,
        "Removes `backendRefs`. It is not applied unseen: perhaps the redirect is what is too much.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken) => NodeOf(broken.Value, "backendRefs") is { } node ? [node] : [];

    protected override ImmutableArray<Fix> Fixes(BrokenRule broken, YamlNode culprit, ObjectContext context) => Removal(NodeOf(broken.Value, "backendRefs"), context);
}
