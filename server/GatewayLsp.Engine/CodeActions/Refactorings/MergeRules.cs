using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Two rules that do the same become one with the matches of both.</summary>
internal sealed class MergeRules : IRefactoring
{
    /// <summary>Of a rule (Gateway API, HTTPRouteRule).</summary>
    private const int MaxMatches = 64;

    public string Kind => "refactor.rewrite.gatewayLsp.mergeRules";

    public RefactoringDoc Doc { get; } = new(
        "Merge equal rules",
        "In a rule whose next one has other matches and is the same in all else, while neither has a name that would be lost.",
        "The matches of the next rule, with their comments, move to the end of this one's, and the next rule goes.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: public
          rules:
          - matches:$0
            - path: {type: PathPrefix, value: /cart}
            backendRefs:
            - name: shop
              port: 8080
          - matches:
            - path: {type: PathPrefix, value: /pay}
            backendRefs:
            - name: shop
              port: 8080

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.View is not (HttpRoute or GrpcRoute) || place.RuleNode is not { } rule || place.BackendNode is not null || rule.Parent is not YamlSequence rules)
        {
            yield break;
        }
        int index = rules.Items.IndexOf(rule);
        if (index + 1 < rules.Items.Length && rules.Items[index + 1] is YamlMapping next && next.Find("name") is null
            && MatchesOf(rule) is { } own && MatchesOf(next) is { } others && own.IsFlow == others.IsFlow && own.Items.Length + others.Items.Length <= MaxMatches
            && place.IsPlain(rule) && place.IsPlain(next) && IsSame(rule, next))
        {
            yield return new RefactoringOffer("Merge with the next rule, which does the same", draft => Merge(draft, rule, next));
        }
    }

    private static YamlSequence? MatchesOf(YamlMapping rule) => rule.Find("matches")?.Value is YamlSequence { Items.Length: > 0 } list ? list : null;

    private static bool IsSame(YamlMapping a, YamlMapping b)
    {
        string[] ignored = ["matches", "name"];
        return Fields(a) == Fields(b) && a.Entries.All(entry => ignored.Contains(entry.Name) || (b.Find(entry.Name) is { } other && SameValue.Of(entry.Value, other.Value)));

        int Fields(YamlMapping map) => map.Entries.Count(entry => !ignored.Contains(entry.Name));
    }

    private static bool Merge(RefactoringDraft draft, YamlMapping ruleNode, YamlMapping nextNode)
    {
        if (draft.Map(ruleNode)?.Get("matches") is not EditSequence own || draft.ItemOf(nextNode) is not { Item.Value: EditMapping nextRule } next
            || nextRule.Get("matches") is not EditSequence others)
        {
            return false;
        }
        EditItem[] moved = [.. others.Items];
        List<string> said = Edits.Comments(next.Item);
        foreach (string comment in moved.SelectMany(Edits.Comments))
        {
            said.Remove(comment);
        }
        others.Items.Clear();
        // What is said of the rule that goes is said of its matches from now on.
        moved[0].Above.InsertRange(0, Edits.Pad(said, moved[0]));
        Edits.Detach(next.List, next.Item);
        own.Items.AddRange(moved);
        return true;
    }
}
