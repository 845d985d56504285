using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class CorsWildcardRule : FieldsRule
{
    public override string Code => "cors-wildcard";

    public override string Title => "Wildcard beside other entries";

    public override RuleDoc Doc => new(
        "A list of origins, methods or headers has `*` and other entries as well.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - filters:
            - type: CORS
              cors:
                allowOrigins:
                - '*'
                - https://www.example.com
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - filters:
            - type: CORS
              cors:
                allowOrigins:
                - https://www.example.com
        """,
        "Removes the `*`. It is not applied unseen: perhaps everything is meant to be allowed.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken) =>
        broken.Value is PlainList list ? list.Items.Where(i => i is PlainText { Value: "*" }).Select(i => i.Origin).OfType<YamlNode>() : [];

    protected override ImmutableArray<Fix> Fixes(BrokenRule broken, YamlNode culprit, ObjectContext context) =>
        culprit.Owner is YamlSequence list && new YamlEdits(context.Document).Remove(list, culprit.ItemIndex()) is { } edit
            ? [new Fix("Remove `*`", [edit], IsPreferred: false)] : [];
}
