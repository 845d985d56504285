using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Another Gateway of the workspace that would take the route.</summary>
internal sealed class AddParent : IRefactoring
{
    private const int MaxLookedAt = 64;
    private const int MaxOffered = 5;

    /// <summary>Of a route (Gateway API, CommonRouteSpec).</summary>
    private const int MaxParents = 32;

    public string Kind => "refactor.rewrite.gatewayLsp.parent";

    public RefactoringDoc Doc { get; } = new(
        "Attach a route to another Gateway",
        "At the head of a route or at its parents. Gateways of the workspace are offered that would take the route: with a listener for its kind, namespace and hostnames.",
        "Adds the Gateway to `parentRefs`.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          parentRefs:$0
          - name: internal
          rules:
          - backendRefs:
            - name: shop
              port: 8080
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: public
          namespace: infra
        spec:
          gatewayClassName: istio
          listeners:
          - name: http
            port: 80
            protocol: HTTP
            allowedRoutes:
              namespaces:
                from: All

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.View is not Route route || route.Name.Length == 0 || (!place.IsAtHead && !place.IsIn(place.Spec, "parentRefs")) || place.Spec is not { } spec
            || route.ParentRefs.Length >= MaxParents || !CanAdd(place, spec))
        {
            yield break;
        }
        Resolver resolver = place.Workspace.Resolver;
        int offered = 0;
        foreach (Gateway gateway in resolver.All<Gateway>(ApiGroups.Gateway, "Gateway").Take(MaxLookedAt))
        {
            if (gateway.Name.Length == 0 || route.ParentRefs.Any(parent => parent.Key == Resolver.KeyOf(gateway)) || !Takes(resolver, gateway, route))
            {
                continue;
            }
            string? ns = gateway.Namespace == route.Namespace ? null : gateway.Namespace;
            yield return new RefactoringOffer($"Attach to Gateway {(ns is null ? gateway.Name : gateway.FullName)}", draft => Add(draft, spec, gateway.Name, ns));
            if (++offered == MaxOffered)
            {
                yield break;
            }
        }
    }

    private static bool CanAdd(RefactoringPlace place, YamlMapping spec) => spec.Find("parentRefs") is not { Value: var value }
        ? place.IsPlain(place.Object.Node.Find("kind")!.Value) && !spec.Entries.IsEmpty && spec.Find("parentRef") is null
        : value is YamlSequence list && place.IsPlain(list);

    private static bool Takes(Resolver resolver, Gateway gateway, Route route)
    {
        var reference = new ManifestDocument($"{{name: {gateway.Name}, namespace: {gateway.Namespace}}}");
        return reference.Root is { } node && RouteResolver.Would(resolver, route, new ParentRef(new FieldReader(node), route.Namespace)) == AttachOutcome.Attached;
    }

    private static bool Add(RefactoringDraft draft, YamlMapping specNode, string name, string? ns)
    {
        if (draft.Map(specNode) is not { } spec)
        {
            return false;
        }
        EditMapping parent = Edits.Map(("name", Edits.Scalar(name)));
        if (ns is not null)
        {
            Edits.Add(parent, "namespace", Edits.Scalar(ns));
        }
        switch (spec.Find("parentRefs"))
        {
            case { Value: EditSequence list }:
                draft.Insert(list, null, new EditItem(parent));
                return true;
            case null:
                Edits.InsertAfter(spec, null, EditEntry.New("parentRefs", Edits.List(parent)));
                return true;
            default:
                return false;
        }
    }
}
