using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class MirrorShareRule : FieldsRule
{
    public override string Code => "mirror-share";

    public override string Title => "Share of mirrored requests that makes no sense";

    public override RuleDoc Doc => new(
        "A mirror gives its share both as `percent` and as `fraction`, or as a fraction of more than the whole.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - filters:
            - type: RequestMirror
              requestMirror:
                backendRef:
                  name: copy
                  port: 8080
                percent: 5
                fraction:
                  numerator: 1
                  denominator: 20
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - filters:
            - type: RequestMirror
              requestMirror:
                backendRef:
                  name: copy
                  port: 8080
                fraction:
                  numerator: 1
                  denominator: 20
        """,
        "Removes one of the two. It is not applied unseen, because they may differ.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken) =>
        (NodeOf(broken.Value, "fraction") ?? NodeOf(broken.Value, "numerator")) is { } node ? [node] : [];

    protected override ImmutableArray<Fix> Fixes(BrokenRule broken, YamlNode culprit, ObjectContext context) =>
        NodeOf(broken.Value, "fraction") is { } fraction ? [.. Removal(fraction, context), .. Removal(NodeOf(broken.Value, "percent"), context)] : [];
}
