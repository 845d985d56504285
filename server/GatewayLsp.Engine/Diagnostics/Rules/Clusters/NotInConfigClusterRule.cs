using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Features;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Clusters;

/// <summary>A multi-cluster Gateway of GKE, or a route of one, in a cluster where nobody reads it.</summary>
internal sealed class NotInConfigClusterRule : SemanticRule
{
    public override string Code => "not-in-config-cluster";

    public override string Title => "Multi-cluster Gateway outside of the config cluster";

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override SubjectKinds Kinds => SubjectKinds.Routes | SubjectKinds.Gateway;

    public override RuleDoc Doc => new(
        "A Gateway of one of GKE's classes for several clusters, or a route that names such a Gateway, is for a cluster that is not the config cluster of the fleet. Which one that is is told by `configCluster` in the setting `gatewayLsp.clusters`, or by the annotation `gateway-lsp.dev/config-cluster` of the Gateway.",
        "The controller reads Gateways of these classes and their routes in the config cluster alone. In another cluster they get no status and no load balancer.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
          annotations:
            gateway-lsp.dev/cluster: europe
            gateway-lsp.dev/config-cluster: control
        spec:
          gatewayClassName: gke-l7-global-external-managed-mc
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
          annotations:
            gateway-lsp.dev/cluster: control
            gateway-lsp.dev/config-cluster: control
        spec:
          gatewayClassName: gke-l7-global-external-managed-mc
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        "There is no fix: the manifest has to be applied to another cluster.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (context.Resolver.Cluster is not { Length: > 0 } own)
        {
            return;
        }
        if (view is Gateway gateway)
        {
            if (IsMultiCluster(gateway, context) && ConfigCluster(gateway, context) is { } config && config != own)
            {
                context.Report(this, gateway.Object.At("spec") is { } spec ? SemanticContext.Place(spec, ["gatewayClassName"]).Span : gateway.Node.Span, "spec.gatewayClassName",
                    $"GKE reads Gateways of class `{gateway.ClassName}` in the config cluster `{config}` only; this one is for cluster `{own}`.");
            }
            return;
        }
        foreach (ParentRef parent in ((Route)view).ParentRefs)
        {
            if (parent is { IsGateway: true, IsKnown: true } && context.Resolver.Objects(parent.Key).IsEmpty
                && ElsewhereOf(parent, context) is { } elsewhere && ConfigCluster(elsewhere, context) is { } config && config != own)
            {
                context.Report(this, parent, ["name"],
                    $"GKE reads routes of Gateway `{elsewhere.FullName}` in the config cluster `{config}` only; this route is for cluster `{own}`.");
            }
        }
    }

    private static Gateway? ElsewhereOf(ParentRef parent, SemanticContext context)
    {
        foreach (ClusterObjects one in context.Resolver.InFleet(parent.Key))
        {
            if (KindGroups.Canonical(one.Objects)?.Object.View<Gateway>() is { } gateway && IsMultiCluster(gateway, context))
            {
                return gateway;
            }
        }
        return null;
    }

    private static bool IsMultiCluster(Gateway gateway, SemanticContext context) => context.Resolver.ImplementationOf(gateway.ClassName) is { IsMultiClusterGke: true };

    private static string? ConfigCluster(Gateway gateway, SemanticContext context)
    {
        if ((gateway.Object.At("metadata", "annotations") as YamlMapping)?.Get(ClusterMarks.ConfigClusterAnnotation).Text() is { Length: > 0 } named)
        {
            return named;
        }
        ClusterSettings[] config = [.. (context.Resolver.Clusters ?? ClusterMap.None).Clusters.Where(one => one.IsConfigCluster)];
        // Two of them are of two fleets; which of these the Gateway is for is not told.
        return config.Length == 1 ? config[0].Name : null;
    }
}
