using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>A second backend beside the only one: the beginning of a canary.</summary>
internal sealed class SplitTraffic : IRefactoring
{
    private const int Stays = 90;

    public string Kind => "refactor.rewrite.gatewayLsp.split";

    public RefactoringDoc Doc { get; } = new(
        "Split traffic to a second backend",
        "In a rule with one backend.",
        "The backend keeps 90 % of the requests. A copy of it, with a name to fill in, gets 10 %.",
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
            - name: helloworld-v1$0 # stable
              port: 5000

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.Backend is not { } backend || place.PlainBackends(place.Rule!) is not [{ Weight: > 0 } only] || !ReferenceEquals(only, backend))
        {
            yield break;
        }
        string name = ReleaseNames.Next(backend.Name);
        yield return new RefactoringOffer($"Split traffic: {100 - Stays} % to a second backend {name}", draft => Split(draft, backend, name));
    }

    private static bool Split(RefactoringDraft draft, BackendRef backend, string name)
    {
        if (draft.ItemOf(backend.Node) is not { Item.Value: EditMapping map } place || ReleaseNames.Renamed(place.Item, name) is not { Value: EditMapping second } copy)
        {
            return false;
        }
        RefactoringDraft.SetNumber(map, "weight", Stays, "port", "name");
        RefactoringDraft.SetNumber(second, "weight", 100 - Stays, "port", "name");
        draft.Insert(place.List, place.Item, copy);
        return true;
    }
}
