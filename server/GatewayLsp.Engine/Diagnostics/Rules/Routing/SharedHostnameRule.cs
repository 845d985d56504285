using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>An HTTPRoute and a GRPCRoute under one hostname of a listener.</summary>
internal sealed class SharedHostnameRule : SemanticRule
{
    public override string Code => "shared-hostname";

    public override string Title => "HTTPRoute and GRPCRoute under one hostname";

    public override SubjectKinds Kinds => SubjectKinds.HttpRoute | SubjectKinds.GrpcRoute;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Information;

    public override RuleDoc Doc => new(
        "An HTTPRoute and a GRPCRoute are attached to the same listener with the same hostname, and this one comes second.",
        "By the specification a controller accepts only one of the two, the older one, then the first by namespace and name. Several implementations take both and merge them, which is why this is a remark and no error: the routes work there, and may not elsewhere.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: example
          listeners:
          - name: http
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata:
          name: orders
        spec:
          parentRefs:
          - name: front
          hostnames:
          - shop.example.com
          rules:
          - backendRefs:
            - name: orders
              port: 9000
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          hostnames:
          - shop.example.com
          rules:
          - backendRefs:
            - name: shop
              port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: example
          listeners:
          - name: http
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata:
          name: orders
        spec:
          parentRefs:
          - name: front
          hostnames:
          - orders.example.com
          rules:
          - backendRefs:
            - name: orders
              port: 9000
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          hostnames:
          - shop.example.com
          rules:
          - backendRefs:
            - name: shop
              port: 80
        """,
        "There is no fix: give one of them a hostname of its own, or send the gRPC calls by an HTTPRoute that matches their paths.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (!context.IsSound || view is not Route { Type: RouteKind.Http or RouteKind.Grpc } route || !context.IsSettled(Resolver.KeyOf(view)))
        {
            return;
        }
        RouteKind other = route.Type == RouteKind.Http ? RouteKind.Grpc : RouteKind.Http;
        foreach (ResolvedParent parent in context.Resolver.Route(route).Parents)
        {
            if (parent.Outcome != AttachOutcome.Attached || parent.Gateway is null || !context.IsSettled(parent))
            {
                continue;
            }
            foreach (AttachedListener at in parent.Listeners)
            {
                if (!context.HasKindAt(at.Listener, other))
                {
                    continue;
                }
                if (at.Hostnames.IsEmpty && Reports(null, parent, at))
                {
                    return;
                }
                foreach (string hostname in at.Hostnames)
                {
                    if (Reports(hostname, parent, at))
                    {
                        return;
                    }
                }
            }
        }

        bool Reports(string? hostname, ResolvedParent parent, AttachedListener at)
        {
            if (context.OtherKindAt(at.Listener, other, hostname) is not { } first || !ComesFirst(first, route)
                || context.Resolver.Find<Route>(new ObjectKey(ApiGroups.Gateway, first.Name.Kind, first.Name.Namespace, first.Name.Name)) is not { } winner
                || !context.IsSettled(Resolver.KeyOf(winner)))
            {
                return false;
            }
            // A route without hostnames has those of the listeners of its parent; what a template fills in may be any.
            RouteHostname? written = Written(route, hostname);
            if (written is null && !route.Hostnames.IsEmpty)
            {
                return false;
            }
            (TextSpan span, string field) = written is null
                ? SemanticContext.Place(parent.Ref.Node, ["name"], route.Object.Node)
                : (written.Node.Span, FieldPath.Of(written.Node, route.Object.Node));
            context.Report(this, span, field,
                $"{first.Name} is attached to listener `{at.Listener.Name}` for {hostname ?? "every hostname"}, too. By the specification only one of an HTTPRoute and a GRPCRoute is accepted there, the older one, then the first by namespace and name. Some implementations take both.",
                related: context.Related(winner, winner, ["metadata"], $"{first.Name} is here."));
            return true;
        }
    }

    /// <summary>The hostname of the route that this one comes from: the same, or a wildcard that a listener narrows to it.</summary>
    private static RouteHostname? Written(Route route, string? hostname)
    {
        RouteHostname? wider = null;
        foreach (RouteHostname own in route.Hostnames)
        {
            if (own.Value is { } value && value == hostname)
            {
                return own;
            }
            wider ??= own.Value is { } pattern && HostnameMatch.Covers(pattern, hostname) ? own : null;
        }
        return wider;
    }

    private static bool ComesFirst(RoutingRoute other, Route own)
    {
        int order = (other.CreatedAt ?? DateTimeOffset.MaxValue).CompareTo(own.CreationTimestamp ?? DateTimeOffset.MaxValue);
        if (order == 0)
        {
            order = string.CompareOrdinal(other.FullName, own.FullName);
        }
        return order < 0 || (order == 0 && own.Type == RouteKind.Http);
    }
}
