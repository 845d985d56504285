using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Ends a release well: one backend stays and takes all.</summary>
internal sealed class Promote : IRefactoring
{
    public string Kind => "refactor.rewrite.gatewayLsp.promote";

    public RefactoringDoc Doc { get; } = new(
        "Promote a canary",
        "At a backend of several; in a rule with two backends, for the last one.",
        "The backend takes all requests and the others are removed; comments at them stay and say so. To keep them at weight 0, shift the canary to 100 %.",
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
              weight: 50
            - name: helloworld-v2$0
              port: 5000
              weight: 50

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (ShiftCanary.TargetOf(place) is { } target)
        {
            string others = target.Backends.Count == 2 ? ShiftCanary.Others(target) : $"the other {target.Backends.Count - 1} backends";
            yield return new RefactoringOffer($"Promote {target.Name}: remove {others}", draft => Alone(draft, target));
        }
    }

    private static bool Alone(RefactoringDraft draft, ReleaseTarget target)
    {
        foreach (BackendRef other in target.Backends)
        {
            if (draft.ItemOf(other.Node) is not { Item.Value: EditMapping map } place)
            {
                return false;
            }
            if (!ReferenceEquals(other, target.Backend))
            {
                Edits.Remove(place.List, place.Item, other.Name);
            }
            else if (map.Find("weight") is { } weight)
            {
                // Alone it takes all, whatever its weight, unless that is 0.
                Edits.Remove(map, weight, "weight");
            }
        }
        return true;
    }
}
