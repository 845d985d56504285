using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Features;

namespace GatewayLsp.Engine.Diagnostics.Rules.Features;

/// <summary>An object of a kind that the implementation of the Gateway does not support.</summary>
internal sealed class UnsupportedKindRule : SemanticRule
{
    public override string Code => "unsupported-kind";

    public override string Title => "Kind that the implementation does not support";

    public override SubjectKinds Kinds => SubjectKinds.Routes | SubjectKinds.ListenerSet | SubjectKinds.BackendTlsPolicy;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "A route, ListenerSet, BackendTLSPolicy or ServiceImport is used with a Gateway whose implementation is known not to support the kind. Where that is known from is told in [unsupported-feature](unsupported-feature.md).",
        "Nobody reads the object: it gets no status, or a negative one, and no request goes its way. The AWS Load Balancer Controller, for example, makes either an Application Load Balancer (HTTPRoute, GRPCRoute) or a Network Load Balancer (TCPRoute, TLSRoute, UDPRoute) of a Gateway, never both.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: balancer
        spec:
          controllerName: gateway.k8s.aws/alb
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: balancer
          listeners:
          - name: mail
            port: 25
            protocol: TCP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata:
          name: mail
        spec:
          parentRefs:
          - name: front
          rules:
          - backendRefs:
            - name: mail
              port: 25
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: balancer
        spec:
          controllerName: gateway.k8s.aws/nlb
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: balancer
          listeners:
          - name: mail
            port: 25
            protocol: TCP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata:
          name: mail
        spec:
          parentRefs:
          - name: front
          rules:
          - backendRefs:
            - name: mail
              port: 25
        """,
        "There is no fix: use another kind, or a Gateway of another class.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        switch (view)
        {
            case Route route:
                OfRoute(route, context);
                break;
            case ListenerSet set when set.ParentRef.IsKnown && context.Resolver.Gateway(set.ParentRef.Key) is { } gateway:
                if (FeatureRules.Of(gateway.Gateway, context) is { } by && by.Supports("ListenerSet") == Answer.No)
                {
                    Report(set.ParentRef, "name", "ListenerSet", [($"Gateway `{gateway.Gateway.FullName}`", by)], context);
                }
                break;
            case BackendTlsPolicy policy:
                OfPolicy(policy, context);
                break;
        }
    }

    private void OfRoute(Route route, SemanticContext context)
    {
        ResolvedRoute resolved = context.Resolver.Route(route);
        List<(ResolvedParent Parent, ClassImplementation By)> parents = FeatureRules.Parents(resolved, context);
        foreach ((ResolvedParent parent, ClassImplementation by) in parents)
        {
            if (!parent.Ref.IsService && by.TakesRoutes(route.Kind) == Answer.No)
            {
                Report(parent.Ref, "name", route.Kind, [(FeatureRules.NameOf(parent), by)], context);
            }
        }
        foreach (ResolvedBackend backend in resolved.Backends)
        {
            if (backend.Ref is not { IsServiceImport: true, Group: ApiGroups.GkeMultiCluster })
            {
                continue;
            }
            var lacking = new List<(string, ClassImplementation)>();
            foreach ((ResolvedParent parent, ClassImplementation by) in parents)
            {
                if (by.IsSingleClusterGke)
                {
                    lacking.Add((FeatureRules.NameOf(parent), by));
                }
            }
            if (lacking.Count > 0)
            {
                context.Report(this, backend.Ref, ["kind"],
                    $"GatewayClass `{lacking[0].Item2.ClassName}` is for one cluster: its Gateways can't send requests to a ServiceImport. Use a class for several clusters, such as `{lacking[0].Item2.MultiClusterClass}`.");
            }
        }
    }

    private void OfPolicy(BackendTlsPolicy policy, SemanticContext context)
    {
        foreach (ResolvedTarget target in context.Resolver.Policy(policy).Targets)
        {
            var lacking = new List<(string, ClassImplementation)>();
            foreach (ResolvedGateway gateway in target.Gateways)
            {
                if (FeatureRules.Of(gateway.Gateway, context) is { } by && by.Supports("BackendTLSPolicy") == Answer.No)
                {
                    lacking.Add(($"Gateway `{gateway.Gateway.FullName}`", by));
                }
            }
            if (lacking.Count > 0)
            {
                Report(target.Ref, "name", "BackendTLSPolicy", lacking, context);
            }
        }
    }

    private void Report(ModelElement at, string key, string kind, IReadOnlyList<(string, ClassImplementation)> lacking, SemanticContext context) =>
        context.Report(this, at, [key], FeatureRules.Message(kind, null, lacking));
}
