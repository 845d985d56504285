using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Copies of a rule's requests for a backend whose answers nobody sees.</summary>
internal sealed class AddMirror : IRefactoring
{
    private const int Share = 10;

    /// <summary>Of a rule's filters (Gateway API, HTTPRouteRule).</summary>
    private const int MaxFilters = 16;

    private static readonly string[] Reference = ["group", "kind", "name", "namespace", "port"];

    public string Kind => "refactor.rewrite.gatewayLsp.mirror";

    public RefactoringDoc Doc { get; } = new(
        "Mirror to a shadow backend",
        "At a backend, or in a rule with backends, of an HTTPRoute or GRPCRoute.",
        "Adds a `RequestMirror` filter: all requests of the rule, or 10 % of them, are copied to a backend with a name to fill in. Its answers are dropped, and who answers stays as it was.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: helloworld
        spec:
          parentRefs:
          - name: public
          rules:
          - matches:
            - path: {type: PathPrefix, value: /hello}
            backendRefs:
            - name: helloworld$0
              port: 5000

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.View is not (HttpRoute or GrpcRoute) || place.Backend is not { } backend || place.PlainBackends(place.Rule!) is null
            || place.Rule!.Filters.Length >= MaxFilters || !IsPlainList(place))
        {
            yield break;
        }
        string name = backend.Name + "-shadow";
        yield return new RefactoringOffer($"Mirror requests to a shadow backend {name}", draft => Add(draft, place, backend, name, null));
        yield return new RefactoringOffer($"Mirror {Share} % of the requests to a shadow backend {name}", draft => Add(draft, place, backend, name, Share));
    }

    private static bool IsPlainList(RefactoringPlace place) =>
        place.RuleNode!.Find("filters") is not { } filters || (filters.Value is Syntax.YamlSequence list && place.IsPlain(list));

    private static bool Add(RefactoringDraft draft, RefactoringPlace place, BackendRef backend, string name, int? percent)
    {
        if (draft.Map(place.RuleNode!) is not { } rule || draft.Map(backend.Node) is not { } original)
        {
            return false;
        }
        EditMapping target = Edits.Map();
        foreach (string field in Reference)
        {
            if (original.Get(field) is EditScalar { IsKnown: true } scalar)
            {
                target.Entries.Add(EditEntry.New(field, field == "name" ? ReleaseNames.Guess(name, scalar) : Copies.Of(scalar)));
            }
        }
        EditMapping mirror = Edits.Map(("backendRef", target));
        if (percent is { } share)
        {
            Edits.Add(mirror, "percent", Edits.Number(share, isPlaceholder: true));
        }
        EditMapping filter = Edits.Map(("type", Edits.Scalar("RequestMirror")), ("requestMirror", mirror));
        switch (rule.Find("filters"))
        {
            case { Value: EditSequence list }:
                draft.Insert(list, null, new EditItem(filter));
                return true;
            case null:
                RefactoringDraft.Put(rule, EditEntry.New("filters", Edits.List(filter)), "matches", "name");
                return true;
            default:
                return false;
        }
    }
}
