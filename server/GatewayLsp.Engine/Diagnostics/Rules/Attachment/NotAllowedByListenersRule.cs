using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Attachment;

/// <summary>A route whose kind or namespace no listener takes (reason <c>NotAllowedByListeners</c>).</summary>
internal sealed class NotAllowedByListenersRule : SemanticRule
{
    public override string Code => "not-allowed-by-listeners";

    public override string Title => "Route that its listeners do not take";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override RuleDoc Doc => new(
        "The listeners that a `parentRef` leads to take no routes of this kind, or none from this namespace.",
        "The controller sets `Accepted: False` with the reason `NotAllowedByListeners`, and the route takes no requests. Without `allowedRoutes` a listener takes routes of its own namespace only, of the kinds that fit its protocol.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
          namespace: infra
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          parentRefs:
          - name: front
            namespace: infra
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
          namespace: infra
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
            allowedRoutes:
              namespaces:
                from: All
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          parentRefs:
          - name: front
            namespace: infra
        """,
        "There is no fix: whom a listener lets in is for its owner to decide.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route)
        {
            return;
        }
        foreach (ResolvedParent parent in context.Resolver.Route(route).Parents)
        {
            if (parent.Outcome != AttachOutcome.NotAllowedByListeners || parent.Candidates.IsEmpty || !context.IsSettled(parent))
            {
                continue;
            }
            Listener first = parent.Candidates[0].Listener;
            if (parent.IsWrongNamespace && MayBeLetIn(route, first, context))
            {
                continue;
            }
            string target = Naming.Of(parent.Ref);
            string listeners = Naming.List([.. parent.Candidates.Select(one => $"`{one.Name}`")]);
            string which = parent.Candidates.Length == 1 ? $"Listener {listeners} of {target} takes" : $"Listeners {listeners} of {target} take";
            context.Report(this, parent.Ref, parent.Ref.SectionName is null ? ["name"] : ["sectionName"],
                parent.IsWrongNamespace
                    ? $"{which} no routes from namespace {route.Namespace}; the listener's `allowedRoutes.namespaces` must allow it."
                    : $"{which} no {route.Kind}; choose a listener whose protocol and `allowedRoutes.kinds` fit.",
                related: context.Related(first.Owner, first, ["allowedRoutes", "name"], $"Listener `{first.Name}` ({first.Protocol}) is here."));
        }
    }

    /// <summary>True when the namespace of the route or of the listener, or its labels, may be others in the cluster.</summary>
    public static bool MayBeLetIn(Route route, Listener listener, SemanticContext context) =>
        context.MayMove(route) || context.MayMove(listener.Owner) || HasChangedLabels(route.Namespace, context);

    private static bool HasChangedLabels(string ns, SemanticContext context) =>
        context.Resolver.Find<NamespaceView>(new ObjectKey(ApiGroups.Core, "Namespace", "", ns)) is { } own && context.IsChanged(own, "metadata.labels");
}
