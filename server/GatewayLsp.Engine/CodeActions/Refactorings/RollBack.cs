using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Ends a release badly: a backend goes, the others take over what it had.</summary>
internal sealed class RollBack : IRefactoring
{
    public string Kind => "refactor.rewrite.gatewayLsp.rollBack";

    public RefactoringDoc Doc { get; } = new(
        "Roll back a canary",
        "At a backend that gets requests, of several; in a rule with two backends, for the last one.",
        "The backend gets no requests any more: it stays with weight 0, or is removed. The others divide its share in the proportion that they have.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: helloworld
        spec:
          parentRefs:
          - name: public
          rules:
          - backendRefs:
            - name: helloworld-v1
              port: 5000
              weight: 90
            - name: helloworld-v2$0
              port: 5000
              weight: 10

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (ShiftCanary.TargetOf(place) is not { } target || target.Backends.Where((_, i) => i != target.Index).All(other => other.Weight == 0))
        {
            yield break;
        }
        if (target.Backend.Weight > 0)
        {
            yield return new RefactoringOffer($"Roll back {target.Name}: weight 0", draft =>
            {
                if (draft.Map(target.Backend.Node) is not { } map)
                {
                    return false;
                }
                RefactoringDraft.SetNumber(map, "weight", 0, "port", "name");
                return true;
            });
        }
        yield return new RefactoringOffer($"Roll back {target.Name}: remove it", draft =>
        {
            if (draft.ItemOf(target.Backend.Node) is not { } found)
            {
                return false;
            }
            Edits.Remove(found.List, found.Item, target.Name);
            return true;
        });
    }
}
