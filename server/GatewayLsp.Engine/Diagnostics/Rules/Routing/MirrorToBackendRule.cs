using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A copy of requests for the backend that gets the requests themselves.</summary>
internal sealed class MirrorToBackendRule : SemanticRule
{
    public override string Code => "mirror-to-backend";

    public override string Title => "Mirror to the backend that has the requests anyway";

    public override SubjectKinds Kinds => SubjectKinds.HttpRoute | SubjectKinds.GrpcRoute;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Information;

    public override RuleDoc Doc => new(
        "A RequestMirror filter copies requests to the same backend and port that the rule sends all of them to.",
        "The backend does all work twice: two orders, two mails. It happens when a shadow backend has become the real one and the mirror was left in.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - filters:
            - type: RequestMirror
              requestMirror:
                backendRef:
                  name: checkout
                  port: 80
            backendRefs:
            - name: checkout
              port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - filters:
            - type: RequestMirror
              requestMirror:
                backendRef:
                  name: checkout-shadow
                  port: 80
            backendRefs:
            - name: checkout
              port: 80
        """,
        "There is no fix: either the mirror or the backend is not what was meant.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (!context.IsSound || view is not Route route)
        {
            return;
        }
        foreach (RouteRule rule in route.Rules)
        {
            if (!rule.HasOpenBackends && Only(rule.BackendRefs) is { } backend)
            {
                Check(rule.Filters, backend, context);
                Check(backend.Filters, backend, context);
            }
        }
    }

    private void Check(ImmutableArray<RouteFilter> filters, BackendRef backend, SemanticContext context)
    {
        foreach (RouteFilter filter in filters)
        {
            if (filter.Mirror is { BackendRef: { IsKnown: true } copy } && copy.Key == backend.Key && copy.Port == backend.Port)
            {
                context.Report(this, copy, ["name"], $"{Naming.Of(copy)} gets every request of this rule already; the mirror sends it each of them once more.");
            }
        }
    }

    /// <summary>The backend that gets all; null when requests are shared out or a weight is not known.</summary>
    private static BackendRef? Only(ImmutableArray<BackendRef> backends)
    {
        BackendRef? only = null;
        foreach (BackendRef backend in backends)
        {
            if (!backend.IsKnown || (backend.Weight > 0 && only is not null))
            {
                return null;
            }
            only = backend.Weight > 0 ? backend : only;
        }
        return only;
    }
}
