using System.Text.RegularExpressions;
using GatewayLsp.Engine.Cel.Patterns;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A <c>RegularExpression</c> match whose value is no regular expression; nothing but the data plane looks at it.</summary>
internal sealed partial class InvalidRegexRule : ViewRule
{
    public override string Code => "invalid-regex";

    public override string Title => "Match that is not a valid regular expression";

    public override RuleDoc Doc => new(
        "The value of a match of type `RegularExpression` can't be compiled. It is an error when no dialect allows it. It is a warning when RE2 does not have it but other dialects do: look-around, back references and possessive quantifiers.",
        "The API server does not look at the expression. Controllers refuse the route, or the proxy refuses its whole configuration. Which dialect an implementation has is its own choice; those that are built on Envoy have RE2.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - matches:
            - path:
                type: RegularExpression
                value: /items/([0-9]+
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
                type: RegularExpression
                value: /items/([0-9]+)
            backendRefs:
            - name: store
              port: 80
        """,
        "There is no fix: what the expression should match is not known.");

    protected override void Check(ObjectView view, ObjectContext context)
    {
        switch (view)
        {
            case HttpRoute http:
                foreach (HttpMatch match in http.HttpRules.SelectMany(rule => rule.Matches))
                {
                    if (match.Path.Type == PathMatchType.RegularExpression)
                    {
                        Check(match.Path, "value", context);
                    }
                    Check([.. match.Headers, .. match.QueryParams], context);
                }
                break;
            case GrpcRoute grpc:
                foreach (GrpcMatch match in grpc.GrpcRules.SelectMany(rule => rule.Matches))
                {
                    if (match.MethodType == ValueMatchType.RegularExpression)
                    {
                        Check(match.Node.At("method", "service"), context);
                        Check(match.Node.At("method", "method"), context);
                    }
                    Check(match.Headers, context);
                }
                break;
        }
    }

    private void Check(IEnumerable<NamedMatch> matches, ObjectContext context)
    {
        foreach (NamedMatch match in matches)
        {
            if (match.Type == ValueMatchType.RegularExpression)
            {
                Check(match, "value", context);
            }
        }
    }

    private void Check(ModelElement match, string key, ObjectContext context) => Check(match.Node.At(key), context);

    private void Check(YamlNode? value, ObjectContext context)
    {
        if (value?.Text() is not { Length: > 0 } pattern || CelRegex.Refusal(pattern) is not { } reason)
        {
            return;
        }
        bool isElsewhere = IsTakenElsewhere(pattern);
        Report(context, value, isElsewhere
                ? $"RE2, which implementations on Envoy use, does not take this regular expression: {reason}."
                : $"This is not a valid regular expression: {reason}.",
            severity: isElsewhere ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error);
    }

    /// <summary>Whether a backtracking dialect takes it. It is only read, never matched.</summary>
    private static bool IsTakenElsewhere(string pattern)
    {
        try
        {
            _ = new Regex(PossessiveQuantifier.Replace(pattern, "$1"), RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>PCRE has possessive quantifiers, .NET has not.</summary>
    [GeneratedRegex(@"([*+?}])\+", RegexOptions.NonBacktracking)]
    private static partial Regex PossessiveQuantifier { get; }
}
