using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A backend of a kind that nothing can be sent to (reason <c>InvalidKind</c>).</summary>
internal sealed class InvalidKindRule : SemanticRule
{
    public override string Code => "invalid-kind";

    public override string Title => "Backend of a kind that takes no requests";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override RuleDoc Doc => new(
        "A `backendRef` names a kind that no implementation we know of sends requests to.",
        "The controller sets `ResolvedRefs: False` with the reason `InvalidKind`, and the backend's share of the requests gets 500. Backends are Services and ServiceImports, or an implementation's own kinds.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - backendRefs:
            - group: apps
              kind: Deployment
              name: checkout
              port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - backendRefs:
            - name: checkout
              port: 80
        """,
        "There is no fix: it takes a Service in front of what is meant.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route)
        {
            return;
        }
        foreach (ResolvedBackend backend in context.Resolver.Route(route).Backends)
        {
            // Kinds of third parties may be known to an implementation that we don't know.
            if (backend.Issue is { Problem: ReferenceProblem.InvalidKind, Reference: var reference } && !BackendKinds.MayBe(reference.Group))
            {
                context.Report(this, reference, ["kind", "group"],
                    $"{Naming.Kind(reference.Group, reference.Kind)} takes no requests; refer to a Service or ServiceImport.");
            }
        }
    }
}
