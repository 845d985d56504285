using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Clusters;

/// <summary>A ServiceImport that no cluster exports anything for.</summary>
internal sealed class ImportWithoutExportRule : SemanticRule
{
    public override string Code => "import-without-export";

    public override string Title => "ServiceImport that no cluster exports";

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override RuleDoc Doc => new(
        "A route sends requests to a ServiceImport, and no cluster of the workspace has a ServiceExport of its namespace and name, although some export other Services of the namespace, or the workspace is declared complete (`gatewayLsp.workspace.complete`).",
        "A ServiceImport has the endpoints of the clusters that export the Service. Without an export there are none: the requests fail. Which cluster a file is for is told in [backend-in-other-cluster](backend-in-other-cluster.md).",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
          annotations:
            gateway-lsp.dev/cluster: west
        spec:
          rules:
          - backendRefs:
            - group: multicluster.x-k8s.io
              kind: ServiceImport
              name: chekout
              port: 80
        ---
        apiVersion: multicluster.x-k8s.io/v1alpha1
        kind: ServiceExport
        metadata:
          name: checkout
          namespace: shop
          annotations:
            gateway-lsp.dev/cluster: east
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
          annotations:
            gateway-lsp.dev/cluster: west
        spec:
          rules:
          - backendRefs:
            - group: multicluster.x-k8s.io
              kind: ServiceImport
              name: checkout
              port: 80
        ---
        apiVersion: multicluster.x-k8s.io/v1alpha1
        kind: ServiceExport
        metadata:
          name: checkout
          namespace: shop
          annotations:
            gateway-lsp.dev/cluster: east
        """,
        "There is no fix: the export has to be written for the clusters that serve.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route || context.Resolver.Cluster is not { Length: > 0 })
        {
            return;
        }
        foreach (ResolvedBackend backend in context.Resolver.Route(route).Backends)
        {
            // An import whose status or spec tells of its clusters is a copy from a cluster, which knows better.
            if (backend is { Issue: null, Ref.IsServiceImport: true, Clusters.IsEmpty: true } && backend.Ref.IsKnown && BackendKinds.HasServiceImport(backend.Ref.Group)
                && backend.Import?.Object.At("status", "clusters") is null && !context.MayMove(route) && IsToldOf(backend.Ref, context))
            {
                context.Report(this, backend.Ref, ["name"],
                    $"No cluster of this workspace has a ServiceExport {backend.Ref.Namespace}/{backend.Ref.Name} ({backend.Ref.Group}), so {Naming.Of(backend.Ref)} has no endpoints; export the Service or correct the name.");
            }
        }
    }

    private static bool IsToldOf(BackendRef reference, SemanticContext context) =>
        context.Resolver.IsComplete
        || context.Resolver.Ask(snapshot => DeclaredInFleet.Of(snapshot, reference.Group, "ServiceExport", reference.Namespace)).IsDeclared;
}
