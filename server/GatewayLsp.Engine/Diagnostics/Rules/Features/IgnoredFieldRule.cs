using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Features;

namespace GatewayLsp.Engine.Diagnostics.Rules.Features;

/// <summary>A field of the core of Gateway API that the implementation nevertheless takes no notice of.</summary>
internal sealed class IgnoredFieldRule : SemanticRule
{
    public override string Code => "ignored-field";

    public override string Title => "Field that the implementation takes no notice of";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.ListenerSet | SubjectKinds.Routes;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "A field is one that every implementation should know, and this one takes no notice of it: `certificateRefs` with the AWS Load Balancer Controller, the `port` of a ServiceImport with AWS VPC Lattice.",
        "The AWS Load Balancer Controller takes certificates from AWS Certificate Manager only, by hostname or as its LoadBalancerConfiguration says: the Secret is never served, and without a matching certificate there the listener has none.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: alb
        spec:
          controllerName: gateway.k8s.aws/alb
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: alb
          listeners:
          - name: web
            port: 443
            protocol: HTTPS
            hostname: shop.example.com
            tls:
              certificateRefs:
              - name: shop-tls
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: alb
        spec:
          controllerName: gateway.k8s.aws/alb
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: alb
          listeners:
          - name: web
            port: 443
            protocol: HTTPS
            hostname: shop.example.com
        """,
        "There is no fix: the certificate has to be put where the implementation looks for it.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        switch (view)
        {
            case Gateway gateway when FeatureRules.Of(gateway, context) is { } by && by.Ignores("listeners.tls.certificateRefs"):
                OfListeners(gateway.Listeners, by, context);
                break;
            case ListenerSet set when set.ParentRef.IsKnown && context.Resolver.Gateway(set.ParentRef.Key)?.Gateway is { } gateway
                && FeatureRules.Of(gateway, context) is { } by && by.Ignores("listeners.tls.certificateRefs"):
                OfListeners(set.Listeners, by, context);
                break;
            case Route route:
                OfRoute(route, context);
                break;
        }
    }

    private void OfListeners(IEnumerable<Listener> listeners, ClassImplementation by, SemanticContext context)
    {
        foreach (Listener listener in listeners)
        {
            if (listener.Tls is { CertificateRefs.Length: > 0 } tls)
            {
                context.Report(this, tls, ["certificateRefs"],
                    $"{by.Name} takes no notice of `certificateRefs`: it finds certificates in AWS Certificate Manager by hostname, or as its LoadBalancerConfiguration says.");
            }
        }
    }

    private void OfRoute(Route route, SemanticContext context)
    {
        ResolvedRoute resolved = context.Resolver.Route(route);
        List<(ResolvedParent Parent, ClassImplementation By)> parents = FeatureRules.Parents(resolved, context);
        foreach (ResolvedBackend backend in resolved.Backends)
        {
            if (backend.Ref is not { IsServiceImport: true, Port: not null })
            {
                continue;
            }
            foreach ((_, ClassImplementation by) in parents)
            {
                if (by.Ignores("ServiceImport.port"))
                {
                    context.Report(this, backend.Ref, ["port"], $"{by.Name} takes no notice of the port of a ServiceImport: the exporting cluster decides on it.", DiagnosticSeverity.Information);
                }
            }
        }
    }
}
