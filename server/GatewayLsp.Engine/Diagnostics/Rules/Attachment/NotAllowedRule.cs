using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Attachment;

/// <summary>A ListenerSet that its Gateway does not let in (reason <c>NotAllowed</c>), and the routes that ask for it.</summary>
internal sealed class NotAllowedRule : SemanticRule
{
    public override string Code => "not-allowed";

    public override string Title => "ListenerSet that its Gateway does not let in";

    public override SubjectKinds Kinds => SubjectKinds.Routes | SubjectKinds.ListenerSet;

    public override RuleDoc Doc => new(
        "A ListenerSet names a Gateway whose `allowedListeners` does not allow its namespace; or a route names such a ListenerSet.",
        "The controller sets `Accepted: False` with the reason `NotAllowed`. None of its listeners is put in place, and routes that name it take no requests. A Gateway without `allowedListeners` takes no ListenerSets at all.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: envoy-gateway
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata:
          name: more
        spec:
          parentRef:
            name: front
          listeners:
          - name: other
            port: 8080
            protocol: HTTP
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: envoy-gateway
          allowedListeners:
            namespaces:
              from: Same
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata:
          name: more
        spec:
          parentRef:
            name: front
          listeners:
          - name: other
            port: 8080
            protocol: HTTP
        """,
        "There is no fix: whom a Gateway lets in is for its owner to decide.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        switch (view)
        {
            case ListenerSet set when context.Resolver.ListenerSet(set) is { IsAllowed: Answer.No }
                && context.Resolver.Gateway(set.ParentRef.Key)?.Gateway is { Object.Document.IsTemplate: false } gateway
                && context.IsSettled(set.ParentRef.Key):
                context.Report(this, set.ParentRef, ["name"],
                    $"{Naming.Of(gateway)} takes no ListenerSets of namespace {set.Namespace}; its `allowedListeners.namespaces` must allow it.",
                    related: context.Related(gateway, gateway, ["metadata"], $"{Naming.Of(gateway)} is here."));
                break;
            case Route route:
                foreach (ResolvedParent parent in context.Resolver.Route(route).Parents)
                {
                    if (parent is { IsParentNotAllowed: true, Target: { } target, Gateway.Gateway: { Object.Document.IsTemplate: false } gateway } && context.IsSettled(parent))
                    {
                        context.Report(this, parent.Ref, ["name"],
                            $"{Naming.Of(parent.Ref)} may not join {Naming.Of(gateway)}, so that the route is not attached.",
                            related: context.Related(target, target, ["metadata"], $"{Naming.Of(parent.Ref)} is here."));
                    }
                }
                break;
        }
    }
}
