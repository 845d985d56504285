using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class TimeoutOrderRule : FieldsRule
{
    public override string Code => "timeout-order";

    public override string Title => "Attempt that may last longer than the request";

    public override RuleDoc Doc => new(
        "`backendRequest` is longer than `request`.",
        "The API server rejects the object. The time for one attempt is part of the time for the whole.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - timeouts:
              request: 5s
              backendRequest: 10s
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
          - timeouts:
              request: 10s
              backendRequest: 5s
            backendRefs:
            - name: store
              port: 8080
        """,
        "There is no fix: which of the two is wrong is for you to say.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken) => NodeOf(broken.Value, "backendRequest") is { } node ? [node] : [];
}
