namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Swaps the one that gets all with the one that gets nothing.</summary>
internal sealed class SwitchBlueGreen : IRefactoring
{
    public string Kind => "refactor.rewrite.gatewayLsp.blueGreen";

    public RefactoringDoc Doc { get; } = new(
        "Blue-green switch",
        "In a rule with two backends, one of which has weight 0.",
        "The two weights change places. Applied again it switches back.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: helloworld
        spec:
          parentRefs:
          - name: public
          rules:
          - backendRefs:$0
            - name: helloworld-blue
              port: 5000
              weight: 100
            - name: helloworld-green
              port: 5000
              weight: 0

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.Backend is null || place.PlainBackends(place.Rule!) is not [var first, var second] backends || (first.Weight == 0) == (second.Weight == 0))
        {
            yield break;
        }
        string next = RefactoringPlace.NameOf(first.Weight == 0 ? first : second, place.Rule!);
        yield return new RefactoringOffer($"Blue-green switch: all requests to {next}", draft => ShiftCanary.Put(draft, backends, [second.Weight, first.Weight]));
    }
}
