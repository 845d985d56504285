using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Requests with a header go to the canary, all others as before: a rule in front, which wins because it asks for more.</summary>
internal sealed class HeaderCanary : IRefactoring
{
    private const string Header = "x-canary";

    /// <summary>Of a match (Gateway API, HTTPRouteMatch and GRPCRouteMatch).</summary>
    private const int MaxHeaders = 16;

    /// <summary>Of a route.</summary>
    private const int MaxRules = 16;

    public string Kind => "refactor.rewrite.gatewayLsp.headerCanary";

    public RefactoringDoc Doc { get; } = new(
        "Canary by header",
        "At a backend of an HTTPRoute or GRPCRoute; in a rule with two backends, for the last one; in a rule with one, for a new one.",
        "Puts a copy of the rule in front of it whose matches ask for a header as well and whose only backend is the canary. A match with more headers takes precedence, so all other requests go where they went.",
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
            - path:
                type: PathPrefix
                value: /hello
            backendRefs:
            - name: helloworld-v1
              port: 5000
              weight: 100
            - name: helloworld-v2$0
              port: 5000
              weight: 0

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.View is not (HttpRoute or GrpcRoute) || place.Backend is not { } backend || place.RuleNode is not { } node || !place.IsPlain(node)
            || place.PlainBackends(place.Rule!) is not { } backends || (place.BackendNode is null && backends.Count > 2)
            || ((Route)place.View).Rules.Length >= MaxRules || !CanTakeHeader(place.Rule!) || IsThere((Route)place.View))
        {
            yield break;
        }
        string? next = backends.Count == 1 ? ReleaseNames.Next(backend.Name) : null;
        yield return new RefactoringOffer($"Canary by header {Header}: {next ?? RefactoringPlace.NameOf(backend, place.Rule!)}", draft => Add(draft, node, backend, next));
    }

    private static bool CanTakeHeader(RouteRule rule) => HeadersOf(rule).All(headers => headers.Count < MaxHeaders);

    /// <summary>One such rule is enough: a second one would never get a request.</summary>
    private static bool IsThere(Route route) =>
        route.Rules.Any(rule => HeadersOf(rule).Any(headers => headers.Any(one => one.Name.Equals(Header, StringComparison.OrdinalIgnoreCase))));

    private static IEnumerable<IReadOnlyList<NamedMatch>> HeadersOf(RouteRule rule) => rule switch
    {
        HttpRouteRule http => http.Matches.Select(match => (IReadOnlyList<NamedMatch>)match.Headers),
        GrpcRouteRule grpc => grpc.Matches.Select(match => (IReadOnlyList<NamedMatch>)match.Headers),
        _ => [],
    };

    private static bool Add(RefactoringDraft draft, YamlMapping node, BackendRef backend, string? name)
    {
        if (draft.ItemOf(node) is not { } place || Copies.Of(place.Item) is not { Value: EditMapping rule } copy
            || rule.Get("backendRefs") is not EditSequence backends || draft.ItemOf(backend.Node) is not { } original)
        {
            return false;
        }
        EditItem kept = backends.Items[original.List.Items.IndexOf(original.Item)];
        backends.Items.Clear();
        backends.Items.Add(kept);
        if (kept.Value is not EditMapping target)
        {
            return false;
        }
        if (target.Find("weight") is { } weight)
        {
            target.Entries.Remove(weight);
        }
        if (name is not null && target.Find("name") is { Value: EditScalar old } entry)
        {
            entry.Value = ReleaseNames.Guess(name, old);
        }
        if (rule.Find("name") is { } ruleName)
        {
            // Names of rules are unique.
            rule.Entries.Remove(ruleName);
        }
        if (rule.Get("matches") is EditSequence { Items.Count: > 0 } matches)
        {
            foreach (EditItem item in matches.Items)
            {
                if (item.Value is not EditMapping match || !Ask(match))
                {
                    return false;
                }
            }
        }
        else
        {
            if (rule.Find("matches") is { } empty)
            {
                rule.Entries.Remove(empty);
            }
            EditMapping match = Edits.Map();
            Ask(match);
            rule.Entries.Insert(0, EditEntry.New("matches", Edits.List(match)));
        }
        place.List.Items.Insert(place.List.Items.IndexOf(place.Item), copy);
        return true;
    }

    private static bool Ask(EditMapping match)
    {
        EditMapping header = Edits.Map(("name", ReleaseNames.Guess(Header)), ("value", ReleaseNames.Guess("true")));
        switch (match.Find("headers"))
        {
            case { Value: EditSequence headers }:
                headers.Items.Add(new EditItem(header));
                return true;
            case null:
                Edits.Add(match, "headers", Edits.List(header));
                return true;
            default:
                return false;
        }
    }
}
