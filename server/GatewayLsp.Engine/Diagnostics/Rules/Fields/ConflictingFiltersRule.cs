using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class ConflictingFiltersRule : FieldsRule
{
    public override string Code => "conflicting-filters";

    public override string Title => "Filters that exclude each other";

    public override RuleDoc Doc => new(
        "A list of filters has the same step twice, or a redirect beside a rewrite.",
        "The API server rejects the object. `RequestMirror` and `ExtensionRef` may be repeated, all others stand once.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - filters:
            - type: RequestHeaderModifier
              requestHeaderModifier:
                remove: [x-a]
            - type: RequestHeaderModifier
              requestHeaderModifier:
                remove: [x-b]
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
            - type: RequestHeaderModifier
              requestHeaderModifier:
                remove: [x-a, x-b]
            backendRefs:
            - name: store
              port: 8080
        """,
        "There is no fix: which of the two is meant, or how they go together, is for you to say.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken)
    {
        PlainMap[] filters = [.. Items(broken.Value)];
        bool isPair = broken.Rule.Expression.Contains("exists", StringComparison.Ordinal);
        if (isPair)
        {
            return filters.Where(f => TextOf(f, "type") == "URLRewrite").Select(f => NodeOf(f, "type")).OfType<YamlNode>();
        }
        // The rule names the type that it counts.
        return Repeated(filters.Where(f => broken.Rule.Expression.Contains($"'{TextOf(f, "type")}'", StringComparison.Ordinal)), f => KeyOf(f, "type"), f => NodeOf(f, "type"));
    }
}
