using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class PrefixReplacementWithoutPrefixRule : FieldsRule
{
    public override string Code => "prefix-replacement-without-prefix";

    public override string Title => "Replacement of a prefix that is not matched";

    public override RuleDoc Doc => new(
        "A filter replaces the matched prefix of the path (`ReplacePrefixMatch`), but the rule does not have exactly one match, or its path is not of type `PathPrefix`.",
        "The API server rejects the object. Without one prefix there is nothing to replace.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - matches:
            - path:
                type: Exact
                value: /old
            filters:
            - type: URLRewrite
              urlRewrite:
                path:
                  type: ReplacePrefixMatch
                  replacePrefixMatch: /new
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
          - matches:
            - path:
                type: PathPrefix
                value: /old
            filters:
            - type: URLRewrite
              urlRewrite:
                path:
                  type: ReplacePrefixMatch
                  replacePrefixMatch: /new
            backendRefs:
            - name: store
              port: 8080
        """,
        "Makes the only match a prefix. It is not applied unseen, because the rule then matches more.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken)
    {
        string field = broken.Rule.Expression.Contains("urlRewrite", StringComparison.Ordinal) ? "urlRewrite" : "requestRedirect";
        IEnumerable<PlainMap> owners = broken.Rule.Expression.Contains("backendRefs", StringComparison.Ordinal)
            ? Items((broken.Value as PlainMap)?.Find("backendRefs") ?? broken.Value) : broken.Value is PlainMap rule ? [rule] : [];
        foreach (PlainMap filter in owners.SelectMany(o => Items(o.Find("filters") ?? o)))
        {
            if ((filter.Find(field) as PlainMap)?.Find("path") is PlainMap path && TextOf(path, "type") == "ReplacePrefixMatch" && NodeOf(path, "replacePrefixMatch") is { } node)
            {
                yield return node;
            }
        }
    }

    protected override ImmutableArray<Fix> Fixes(BrokenRule broken, YamlNode culprit, ObjectContext context)
    {
        PlainMap[] matches = [.. Items((broken.Value as PlainMap)?.Find("matches") ?? broken.Value)];
        return matches.Length == 1 ? Change(NodeOf(matches[0].Find("path"), "type"), "PathPrefix", "Change the match to `PathPrefix`") : [];
    }
}
