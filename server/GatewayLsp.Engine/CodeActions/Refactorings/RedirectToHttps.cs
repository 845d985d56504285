using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>The route serves HTTPS alone, and a second route sends HTTP there.</summary>
internal sealed class RedirectToHttps : IRefactoring
{
    private const int HttpsPort = 443;

    /// <summary>Of a route (Gateway API, CommonRouteSpec).</summary>
    private const int MaxParents = 32;

    public string Kind => "refactor.rewrite.gatewayLsp.redirect";

    public RefactoringDoc Doc { get; } = new(
        "Redirect HTTP to HTTPS",
        "At the head or a parent of an HTTPRoute that is attached to HTTP and HTTPS listeners of a Gateway of the workspace.",
        "The route's parents get the `sectionName` of the HTTPS listeners. A new HTTPRoute behind it, for the same hostnames, is attached to the HTTP listeners and answers 301 with the same address under `https`.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: public
        spec:
          gatewayClassName: istio
          listeners:
          - name: http
            port: 80
            protocol: HTTP
          - name: https
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: public-tls
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop$0
        spec:
          parentRefs:
          - name: public
          hostnames: [shop.example.com]
          rules:
          - backendRefs:
            - name: shop
              port: 8080

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.View is not HttpRoute route || route.Name.Length == 0 || place.IsFlow || (!place.IsAtHead && !place.IsIn(place.Spec, "parentRefs"))
            || route.Rules.All(rule => rule.Filters.Any(filter => filter.Redirect is not null)) || route.Hostnames.Any(hostname => hostname.Value is null))
        {
            yield break;
        }
        foreach (ResolvedParent parent in place.Workspace.Resolver.Route(route).Parents)
        {
            AttachedListener[] http = [.. parent.Listeners.Where(at => at.Listener.Listener is { Protocol: "HTTP", IsTemplated: false })];
            AttachedListener[] https = [.. parent.Listeners.Where(at => at.Listener.Listener is { Protocol: "HTTPS", IsTemplated: false })];
            if (http.Length > 0 && https.Length > 0 && parent.Ref is { SectionName: null, Port: null } && place.IsPlain(parent.Ref.Node)
                && route.ParentRefs.Length + https.Length <= MaxParents && https.All(at => at.Listener.Listener.Port == https[0].Listener.Listener.Port))
            {
                yield return new RefactoringOffer($"Redirect HTTP to HTTPS at {parent.Ref.Kind} {parent.Ref.Name}", draft => Redirect(draft, place, route, parent.Ref, http, https));
            }
        }
    }

    private static bool Redirect(RefactoringDraft draft, RefactoringPlace place, HttpRoute route, ParentRef parent, AttachedListener[] http, AttachedListener[] https)
    {
        if (draft.ItemOf(parent.Node) is not { Item.Value: EditMapping own } at)
        {
            return false;
        }
        EditNode[] others = [.. http.Select(listener => ParentOf(own, listener))];
        for (int i = https.Length - 1; i > 0; i--)
        {
            EditItem copy = Copies.Of(at.Item);
            RefactoringDraft.Set((EditMapping)copy.Value, "sectionName", https[i].Listener.Name, "namespace", "name");
            draft.Insert(at.List, at.Item, copy);
        }
        RefactoringDraft.Set(own, "sectionName", https[0].Listener.Name, "namespace", "name");

        string name = RefactoringPlace.Free(route.Name + "-redirect", taken => !place.Workspace.Index.Find(Resolver.KeyOf(route) with { Name = taken }).IsEmpty);
        EditMapping metadata = Edits.Map(("name", Edits.Scalar(name)));
        if (place.Object.Namespace.Length > 0)
        {
            Edits.Add(metadata, "namespace", Edits.Scalar(place.Object.Namespace));
        }
        EditMapping spec = Edits.Map(("parentRefs", Edits.List(others)));
        if (!route.Hostnames.IsEmpty)
        {
            Edits.Add(spec, "hostnames", Edits.List([.. route.Hostnames.Select(hostname => Edits.Scalar(hostname.Node.Value))]));
        }
        EditMapping redirect = Edits.Map(("scheme", Edits.Scalar("https")));
        if (https[0].Listener.Listener.Port is { } port and not HttpsPort)
        {
            Edits.Add(redirect, "port", Edits.Number(port));
        }
        Edits.Add(redirect, "statusCode", Edits.Number(301));
        Edits.Add(spec, "rules", Edits.List(Edits.Map(("filters", Edits.List(Edits.Map(("type", Edits.Scalar("RequestRedirect")), ("requestRedirect", redirect)))))));
        draft.PutBehind(Edits.Map(
            ("apiVersion", Edits.Scalar(place.Object.ApiVersion)), ("kind", Edits.Scalar("HTTPRoute")), ("metadata", metadata), ("spec", spec)));
        return true;
    }

    private static EditMapping ParentOf(EditMapping own, AttachedListener listener)
    {
        EditMapping parent = Edits.Map();
        foreach (EditEntry entry in own.Entries)
        {
            if (entry is { Name: "group" or "kind" or "name" or "namespace", Value: EditScalar scalar })
            {
                parent.Entries.Add(EditEntry.New(entry.Name, Edits.Scalar(scalar.Value)));
            }
        }
        Edits.Add(parent, "sectionName", Edits.Scalar(listener.Listener.Name));
        return parent;
    }
}
