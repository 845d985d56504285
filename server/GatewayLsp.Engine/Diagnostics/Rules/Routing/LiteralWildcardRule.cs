using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A star in a path that is compared letter by letter (HTTPPathMatch).</summary>
internal sealed class LiteralWildcardRule : ViewRule
{
    public override string Code => "literal-wildcard";

    public override string Title => "Path with `*`, which is no wildcard";

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "The value of an `Exact` or `PathPrefix` match has `*` for a path element, or at its end.",
        "Paths have no wildcards: `*` is compared as the character that it is, so the rule matches only requests that have a star in their path. A prefix matches whole elements, and everything below them, by itself.",
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
                value: /api/*
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
          - matches:
            - path:
                type: PathPrefix
                value: /api
            backendRefs:
            - name: store
              port: 80
        """,
        "Where the only star is the last path element, it is taken away and the match made a `PathPrefix`. The rule then takes other requests than before, so it is never applied unseen.");

    protected override void Check(ObjectView view, ObjectContext context)
    {
        if (view is not HttpRoute route)
        {
            return;
        }
        foreach (HttpMatch match in route.HttpRules.SelectMany(rule => rule.Matches))
        {
            PathMatch path = match.Path;
            if (path.Type is PathMatchType.Exact or PathMatchType.PathPrefix && path.Node.At("value") is YamlScalar { IsOpaque: false } value
                && path.IsWritten && HasWildcard(path.Value))
            {
                string advice = path.Type == PathMatchType.Exact ? "`PathPrefix` matches a path and everything below it" : "a prefix needs none";
                Report(context, value, $"`*` is not a wildcard in a path, it matches only a star: {advice}.", Fixes(path, value));
            }
        }
    }

    private static bool HasWildcard(string path) => path.EndsWith('*') || path.Contains("/*/", StringComparison.Ordinal) || path.Contains("/**/", StringComparison.Ordinal);

    private static ImmutableArray<Fix> Fixes(PathMatch path, YamlScalar value)
    {
        string prefix = path.Value.TrimEnd('*');
        if (!prefix.EndsWith('/') || prefix.Contains('*') || value.Properties is not null || value.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            return [];
        }
        prefix = prefix.Length > 1 ? prefix[..^1] : prefix;
        var edits = ImmutableArray.CreateBuilder<SpanEdit>();
        edits.Add(new SpanEdit(value.Span, YamlText.Like(value, prefix)));
        if (path.Type == PathMatchType.Exact)
        {
            if (path.Node.At("type") is not YamlScalar { Properties: null } type)
            {
                return [];
            }
            edits.Add(new SpanEdit(type.Span, YamlText.Like(type, "PathPrefix")));
        }
        return [new Fix($"Change to the prefix {Words.Shown(prefix)}", edits.DrainToImmutable(), IsPreferred: false)];
    }
}
