using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class InvalidPathRule : FieldsRule
{
    public override string Code => "invalid-path";

    public override string Title => "Path that can not be matched";

    public override RuleDoc Doc => new(
        "The path of a match of type `Exact` or `PathPrefix` does not start with `/`, has empty or dot segments, an encoded slash, a `#`, or characters that URLs do not have.",
        "The API server rejects the object.",
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
                value: shop
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
                value: /shop
            backendRefs:
            - name: store
              port: 8080
        """,
        "Puts the missing `/` in front; for a text that looks like a regular expression it offers that type. Neither is applied unseen.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken) => NodeOf(broken.Value, "value") is { } node ? [node] : [];

    private static bool IsFineBehindSlash(string path) =>
        path.Length > 0 && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '/')
        && path.Split('/') is var segments && !segments.SkipLast(1).Contains("") && !segments.Contains(".") && !segments.Contains("..");

    protected override ImmutableArray<Fix> Fixes(BrokenRule broken, YamlNode culprit, ObjectContext context)
    {
        string path = TextOf(broken.Value, "value");
        // A question mark begins a query more often than it makes a letter optional.
        ImmutableArray<Fix> pattern = path.AsSpan().IndexOfAny("^[{\\|") >= 0 && NodeOf(broken.Value, "type") is { } type
            ? Change(type, "RegularExpression", "Change `type` to `RegularExpression`") : [];
        return path.StartsWith('/') || !pattern.IsEmpty || !IsFineBehindSlash(path) ? pattern : Change(culprit, "/" + path, $"Change to {Words.Shown("/" + path)}");
    }
}
