using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Gives a backend a share; the others divide the rest as before.</summary>
internal sealed class ShiftCanary : IRefactoring
{
    private static readonly int[] Steps = [10, 25, 50, 100];

    public string Kind => "refactor.rewrite.gatewayLsp.canary";

    public RefactoringDoc Doc { get; } = new(
        "Shift a canary",
        "At a backend of several; in a rule with two backends, for the last one.",
        "The backend gets 10, 25, 50 or 100 % of the requests. The others divide the rest in the proportion that they had; with 100 % they stay with weight 0.",
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
              weight: 99
            - name: helloworld-v2$0
              port: 5000
              weight: 1 # canary

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (TargetOf(place) is not { } target)
        {
            yield break;
        }
        int[] weights = [.. target.Backends.Select(one => one.Weight)];
        foreach (int percent in Steps)
        {
            if (Weights.Shift(weights, target.Index, percent) is { } shifted && !IsSame(weights, shifted))
            {
                string promotes = percent == 100 ? $" ({Others(target)} at weight 0)" : "";
                yield return new RefactoringOffer($"Canary {target.Name}: {percent} %{promotes}", draft => Put(draft, target.Backends, shifted));
            }
        }
    }

    /// <summary>The backend that is meant, of at least two.</summary>
    internal static ReleaseTarget? TargetOf(RefactoringPlace place)
    {
        if (place.Backend is not { } backend || place.PlainBackends(place.Rule!) is not { Count: > 1 } backends || (place.BackendNode is null && backends.Count > 2))
        {
            return null;
        }
        int index = backends.TakeWhile(one => !ReferenceEquals(one, backend)).Count();
        return index == backends.Count ? null : new ReleaseTarget(backends, index, RefactoringPlace.NameOf(backend, place.Rule!));
    }

    internal static string Others(ReleaseTarget target) =>
        target.Backends.Count == 2 ? target.Backends[1 - target.Index].Name : $"the other {target.Backends.Count - 1}";

    internal static bool Put(RefactoringDraft draft, IReadOnlyList<BackendRef> backends, int[] weights)
    {
        for (int i = 0; i < backends.Count; i++)
        {
            if (draft.Map(backends[i].Node) is not { } map)
            {
                return false;
            }
            if (backends[i].Weight != weights[i])
            {
                RefactoringDraft.SetNumber(map, "weight", weights[i], "port", "name");
            }
        }
        return true;
    }

    private static bool IsSame(int[] a, int[] b)
    {
        long sumA = a.Sum(weight => (long)weight);
        long sumB = b.Sum(weight => (long)weight);
        return a.Zip(b).All(pair => pair.First * sumB == pair.Second * sumA) && sumA > 0;
    }
}

/// <summary>A backend of a rule among the others.</summary>
internal sealed record ReleaseTarget(IReadOnlyList<BackendRef> Backends, int Index, string Name)
{
    public BackendRef Backend => Backends[Index];
}
