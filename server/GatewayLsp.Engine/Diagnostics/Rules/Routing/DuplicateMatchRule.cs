using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A match that another rule has, too, so that this one gets nothing.</summary>
internal sealed class DuplicateMatchRule : SemanticRule
{
    public override string Code => "duplicate-match";

    public override string Title => "Match that another rule takes the requests of";

    public override SubjectKinds Kinds => SubjectKinds.HttpRoute | SubjectKinds.GrpcRoute;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "Wherever a route is attached, another route has the same match for the same hostname; or an earlier rule of the same route has it.",
        "Only one of them gets the requests: that of the route which was created first, then that of the route which comes first by namespace and name, then the first in the route. In a new cluster the order may be another one. When the routes stand in different files, which need not be meant for the same cluster, this is information only.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
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
          name: cart
        spec:
          parentRefs:
          - name: front
          hostnames:
          - shop.example.com
          rules:
          - matches:
            - path:
                value: /cart
            backendRefs:
            - name: cart-v1
              port: 80
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
          - matches:
            - path:
                value: /cart
            backendRefs:
            - name: cart-v2
              port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
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
          name: cart
        spec:
          parentRefs:
          - name: front
          hostnames:
          - shop.example.com
          rules:
          - matches:
            - path:
                value: /cart
            backendRefs:
            - name: cart-v1
              port: 80
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
          - matches:
            - path:
                value: /cart/v2
            backendRefs:
            - name: cart-v2
              port: 80
        """,
        "There is no fix: which of the two is meant only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (!context.IsSound || view is not Route route || route.Type is not (RouteKind.Http or RouteKind.Grpc))
        {
            return;
        }
        ImmutableArray<Shadow> within = RoutingRules.WithinRoute(route, context);
        IReadOnlySet<int> unreachable = within.IsEmpty ? ImmutableHashSet<int>.Empty : RoutingRules.Unreachable(within).Select(rule => rule.Index).ToHashSet();
        foreach (Shadow shadow in within)
        {
            if (!unreachable.Contains(shadow.Entry.Rule.Index))
            {
                context.Report(this, RoutingRules.At(route, shadow.Entry), RoutingRules.KeysOf(shadow.Entry),
                    $"Rule {shadow.By.Rule.Index + 1} of this route takes all requests of this match first.",
                    related: context.Related(route, RoutingRules.At(route, shadow.By), RoutingRules.KeysOf(shadow.By), $"Rule {shadow.By.Rule.Index + 1} is here."));
            }
        }
        foreach (Shadow shadow in Everywhere(route, context))
        {
            if (!ReferenceEquals(shadow.By.Route, shadow.Entry.Route) && !unreachable.Contains(shadow.Entry.Rule.Index))
            {
                Report(route, shadow, context);
            }
        }
    }

    private void Report(Route route, Shadow shadow, SemanticContext context)
    {
        TracedRoute name = shadow.By.Route.Name;
        if (context.Resolver.Find<Route>(new ObjectKey(ApiGroups.Gateway, name.Kind, name.Namespace, name.Name)) is not { } winner)
        {
            return;
        }
        bool isOlder = winner.CreationTimestamp is not null && winner.CreationTimestamp != route.CreationTimestamp;
        string why = isOlder
            ? $"{name.Namespace}/{name.Name} is older, so it gets the requests."
            : $"Only the older route gets the requests; if both are created at once, that is {name.Namespace}/{name.Name}, the first by namespace and name.";
        context.Report(this, RoutingRules.At(route, shadow.Entry), RoutingRules.KeysOf(shadow.Entry),
            $"{shadow.By} has the same match ({shadow.Entry.Match}) for {shadow.Entry.Hostname ?? "every hostname"} as this rule of {route.FullName}. {why}",
            context.Resolver.IsComplete || context.IsInSameFile(winner) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
            context.Related(winner, RoutingRules.At(winner, shadow.By), RoutingRules.KeysOf(shadow.By), $"{shadow.By} is here."));
    }

    /// <summary>
    /// Matches that get nothing at any listener and hostname that the route is attached at, each with what takes its requests
    /// at the first of them. Nothing as long as some parent of the route is not known.
    /// </summary>
    private static IEnumerable<Shadow> Everywhere(Route route, SemanticContext context)
    {
        ResolvedRoute resolved = context.Resolver.Route(route);
        Dictionary<(int Rule, int? Match), Shadow>? left = null;
        foreach (ResolvedParent parent in resolved.Parents)
        {
            if (parent.Outcome is AttachOutcome.Unknown or AttachOutcome.ForeignParent || (parent.Outcome == AttachOutcome.Attached && parent.Gateway is null) || !context.IsSettled(parent))
            {
                return [];
            }
            foreach (AttachedListener at in parent.Listeners)
            {
                if (at.Hostnames.IsEmpty)
                {
                    Narrow(ref left, context.ShadowsAt(at.Listener, route, null));
                }
                foreach (string hostname in at.Hostnames)
                {
                    Narrow(ref left, context.ShadowsAt(at.Listener, route, hostname));
                }
                if (left is { Count: 0 })
                {
                    return [];
                }
            }
        }
        return left is null ? [] : left.Values.OrderBy(one => one.Entry.Rule.Index).ThenBy(one => one.Entry.Match.Index);
    }

    /// <summary>Never written to: what is left of nothing is nothing.</summary>
    private static readonly Dictionary<(int Rule, int? Match), Shadow> Nothing = [];

    private static void Narrow(ref Dictionary<(int Rule, int? Match), Shadow>? left, ShadowAnswer at)
    {
        if (!at.IsInService)
        {
            return;
        }
        IReadOnlyList<Shadow> here = at.Shadows;
        if (here.Count == 0)
        {
            left = Nothing;
            return;
        }
        var still = new Dictionary<(int Rule, int? Match), Shadow>();
        foreach (Shadow shadow in here)
        {
            (int Rule, int? Match) place = (shadow.Entry.Rule.Index, shadow.Entry.Match.Index);
            if (left is null)
            {
                still.TryAdd(place, shadow);
            }
            else if (left.TryGetValue(place, out Shadow known))
            {
                still.TryAdd(place, known);
            }
        }
        left = still;
    }
}
