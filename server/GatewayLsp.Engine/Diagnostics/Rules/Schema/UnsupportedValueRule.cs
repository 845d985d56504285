using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class UnsupportedValueRule : SchemaRule
{
    /// <summary>Fixes offered when no allowed value is near.</summary>
    private const int MaxChoices = 6;

    public override string Code => "unsupported-value";

    public override string Title => "Value is not one of those allowed";

    public override RuleDoc Doc => new(
        "The field takes one of a few values, written exactly so, and this is none of them. A value that only the experimental channel knows is named as such.",
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
                type: pathprefix
                value: /cart
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
                value: /cart
        """,
        "A value that differs from an allowed one by its case or a letter or two is replaced by it, safely. Otherwise, and of numbers, each allowed value is offered, and none is applied unseen.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        var scalar = (YamlScalar)issue.Node;
        string allowed = Words.Values(issue.Schema.Enum);
        string message = issue.IsExperimental
            ? $"{Words.Shown(scalar.Value)} is a value of {Words.Subject(issue)} in the experimental channel only; the standard channel has {allowed}."
            : $"{Words.Shown(scalar.Value)} is not a value of {Words.Subject(issue)}; use {allowed}.";
        context.Report(this, Spans.OfValue(scalar, context.Document), issue.Field, message, Fixes(issue, scalar));
    }

    private static ImmutableArray<Fix> Fixes(SchemaIssue issue, YamlScalar scalar)
    {
        if (scalar.Properties is not null)
        {
            return [];
        }
        // Digits that look alike make no number that is meant.
        bool isWord = issue.Schema.Enum.All(static value => value.Kind == JsonKind.String);
        string? nearest = issue.IsExperimental || !isWord ? null : NearestName.Of(scalar.Value, issue.Schema.Enum.Select(v => v.Text).Where(t => t.Length > 0));
        ImmutableArray<Fix>.Builder fixes = ImmutableArray.CreateBuilder<Fix>();
        foreach (JsonValue value in issue.Schema.Enum.OrderBy(v => v.Text == nearest ? 0 : 1))
        {
            if (fixes.Count == (nearest is null ? MaxChoices : 1))
            {
                break;
            }
            string text = value.Kind == JsonKind.String ? YamlText.Like(scalar, value.Text) : value.Text;
            fixes.Add(new Fix($"Change to `{value.Text}`", scalar.Span, text, isPreferred: value.Text == nearest));
        }
        return fixes.DrainToImmutable();
    }
}
