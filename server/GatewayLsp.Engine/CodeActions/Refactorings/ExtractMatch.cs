using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>One of several matches becomes a rule of its own, so that its backends or filters can be changed alone.</summary>
internal sealed class ExtractMatch : IRefactoring
{
    /// <summary>Of a route (Gateway API, HTTPRouteSpec).</summary>
    private const int MaxRules = 16;

    public string Kind => "refactor.extract.gatewayLsp.match";

    public RefactoringDoc Doc { get; } = new(
        "Extract a match into its own rule",
        "At one of several matches of a rule.",
        "Moves the match into a copy of the rule directly behind it. Requests go where they went: order counts only between matches that ask for the same, and those stay in order.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: public
          rules:
          - matches:
            - path: {type: PathPrefix, value: /cart}
            - path: {type: PathPrefix, value: /pay}$0
            backendRefs:
            - name: shop
              port: 8080

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.View is Route { Rules.Length: < MaxRules } && place.RuleNode is { } rule && place.MatchNode is { } match && rule.Find("matches")?.Value is YamlSequence { Items.Length: > 1 }
            && place.IsPlain(rule))
        {
            yield return new RefactoringOffer("Extract this match into its own rule", draft => Extract(draft, rule, match));
        }
    }

    private static bool Extract(RefactoringDraft draft, YamlMapping ruleNode, YamlMapping matchNode)
    {
        if (draft.ItemOf(ruleNode) is not { } place || draft.ItemOf(matchNode) is not { } match || Copies.Of(place.Item) is not { Value: EditMapping rule } copy
            || rule.Get("matches") is not EditSequence matches)
        {
            return false;
        }
        // The original moves, with its comments; the copies of the others go.
        Edits.Detach(match.List, match.Item);
        matches.Items.Clear();
        matches.Items.Add(match.Item);
        if (rule.Find("name") is { } name)
        {
            // Names of rules are unique.
            rule.Entries.Remove(name);
        }
        draft.Insert(place.List, place.Item, copy);
        return true;
    }
}
