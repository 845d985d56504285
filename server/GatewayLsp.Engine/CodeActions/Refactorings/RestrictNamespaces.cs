using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>A listener that takes routes from everywhere, opened to fewer namespaces.</summary>
internal sealed class RestrictNamespaces : IRefactoring
{
    private const string NameLabel = "kubernetes.io/metadata.name";
    private const string AccessLabel = "shared-gateway-access";
    private const int MaxNamed = 20;
    private const int MaxShown = 3;

    public string Kind => "refactor.rewrite.gatewayLsp.namespaces";

    public RefactoringDoc Doc { get; } = new(
        "Restrict a listener to namespaces",
        "At a listener with `from: All` (or, for the first choice, `Selector`).",
        "Writes `allowedRoutes.namespaces`: the namespace of the Gateway only; exactly the namespaces whose routes are attached now, by the label `kubernetes.io/metadata.name` that every namespace has; or namespaces with a label of your choice.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: public
          namespace: infra
        spec:
          gatewayClassName: istio
          listeners:
          - name: http$0
            port: 80
            protocol: HTTP
            allowedRoutes:
              namespaces:
                from: All

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.ListenerNode is not { } node || ListenersOf(place.View).FirstOrDefault(one => ReferenceEquals(one.Node, node)) is not { } listener
            || listener.AllowedRoutes.Namespaces is not { From: NamespaceSource.All or NamespaceSource.Selector, IsTemplated: false } rule || !place.IsPlain(node))
        {
            yield break;
        }
        yield return new RefactoringOffer($"Take routes only from the namespace {place.View.Namespace}", draft => Put(draft, node, "Same", null));
        if (rule.From == NamespaceSource.Selector)
        {
            yield break;
        }
        string[] used = [.. NamespacesAt(place, listener)];
        if (used.Length is > 0 and <= MaxNamed)
        {
            string shown = used.Length <= MaxShown ? string.Join(", ", used) : $"{string.Join(", ", used.Take(MaxShown))} and {used.Length - MaxShown} more";
            yield return new RefactoringOffer($"Take routes only from namespaces of attached routes: {shown}", draft => Put(draft, node, "Selector", Edits.Map(
                ("matchExpressions", Edits.List(Edits.Map(
                    ("key", Edits.Scalar(NameLabel)), ("operator", Edits.Scalar("In")), ("values", Edits.List([.. used.Select(Edits.Scalar)]))))))));
        }
        yield return new RefactoringOffer($"Take routes only from namespaces with the label {AccessLabel}", draft => Put(draft, node, "Selector", Edits.Map(
            ("matchLabels", Edits.Map((AccessLabel, ReleaseNames.Guess("true")))))));
    }

    private static IEnumerable<Listener> ListenersOf(ObjectView view) => view switch
    {
        Gateway gateway => gateway.Listeners,
        ListenerSet set => set.Listeners,
        _ => [],
    };

    private static IEnumerable<string> NamespacesAt(RefactoringPlace place, Listener listener)
    {
        Resolver resolver = place.Workspace.Resolver;
        IEnumerable<ResolvedListener> resolved = place.View switch
        {
            Gateway gateway => resolver.Gateway(Resolver.KeyOf(gateway))?.Listeners ?? [],
            ListenerSet set => resolver.ListenerSet(set)?.Listeners ?? [],
            _ => [],
        };
        return resolved.Where(one => ReferenceEquals(one.Listener, listener)).SelectMany(one => resolver.RoutesAt(one)).Select(one => one.Route.Namespace)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private static bool Put(RefactoringDraft draft, YamlMapping node, string from, EditMapping? selector)
    {
        if (draft.Map(node)?.Map("allowedRoutes")?.Map("namespaces") is not { } namespaces)
        {
            return false;
        }
        RefactoringDraft.Set(namespaces, "from", from);
        if (namespaces.Find("selector") is { } old)
        {
            Edits.Remove(namespaces, old, "selector");
        }
        if (selector is not null)
        {
            RefactoringDraft.Put(namespaces, EditEntry.New("selector", selector), "from");
        }
        return true;
    }
}
