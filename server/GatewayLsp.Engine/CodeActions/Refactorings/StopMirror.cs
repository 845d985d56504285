using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Takes out a <c>RequestMirror</c> filter.</summary>
internal sealed class StopMirror : IRefactoring
{
    public string Kind => "refactor.rewrite.gatewayLsp.stopMirror";

    public RefactoringDoc Doc { get; } = new(
        "Stop mirroring",
        "In a rule with a `RequestMirror` filter, or at one of several.",
        "Removes the filter. Who answers stays as it was.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: helloworld
        spec:
          parentRefs:
          - name: public
          rules:
          - filters:
            - type: RequestMirror$0
              requestMirror:
                backendRef: {name: helloworld-shadow, port: 5000}
            backendRefs:
            - name: helloworld
              port: 5000

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.Rule is not { } rule || place.MatchNode is not null || place.RuleNode!.Find("filters")?.Value is not YamlSequence list || !place.IsPlain(list))
        {
            yield break;
        }
        foreach (RouteFilter filter in rule.Filters)
        {
            if (filter.Mirror is { BackendRef.Name: { Length: > 0 } name } && (place.FilterNode is null || ReferenceEquals(place.FilterNode, filter.Node)))
            {
                yield return new RefactoringOffer($"Stop mirroring to {name}", draft => Remove(draft, place.RuleNode!, filter, $"mirror to {name}"));
            }
        }
    }

    private static bool Remove(RefactoringDraft draft, YamlMapping ruleNode, RouteFilter filter, string about)
    {
        if (draft.Map(ruleNode) is not { } rule || draft.ItemOf(filter.Node) is not { } place)
        {
            return false;
        }
        if (place.List.Items.Count > 1)
        {
            Edits.Remove(place.List, place.Item, about);
        }
        else if (rule.Entries.Count > 1)
        {
            Edits.Remove(rule, rule.Find("filters")!, about);
        }
        else
        {
            return false;
        }
        return true;
    }
}
