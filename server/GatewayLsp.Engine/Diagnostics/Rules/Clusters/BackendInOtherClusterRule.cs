using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Clusters;

/// <summary>A backend that another cluster has.</summary>
internal sealed class BackendInOtherClusterRule : SemanticRule
{
    public override string Code => "backend-in-other-cluster";

    public override string Title => "Backend that only another cluster has";

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Information;

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override RuleDoc Doc => new(
        "A `backendRef` names a Service that the cluster of the route does not have, and another cluster of the workspace has. Which cluster a file is for is told by the setting `gatewayLsp.clusters`, by the first line of the file (`# gateway-lsp: cluster=NAME`) or by the annotation `gateway-lsp.dev/cluster`.",
        "A Service is looked for in the cluster of the route. Two ways lead to another one: the other cluster exports the Service (ServiceExport) and the route names the ServiceImport; or both clusters are in one Istio mesh, where Services of the same name are one. In a mesh requests arrive, although the status of the route may say `BackendNotFound`.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          annotations:
            gateway-lsp.dev/cluster: west
        spec:
          rules:
          - backendRefs:
            - name: checkout
              port: 80
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
          annotations:
            gateway-lsp.dev/cluster: east
        spec:
          selector:
            app: checkout
          ports:
          - port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
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
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
          annotations:
            gateway-lsp.dev/cluster: east
        spec:
          selector:
            app: checkout
          ports:
          - port: 80
        ---
        apiVersion: multicluster.x-k8s.io/v1alpha1
        kind: ServiceExport
        metadata:
          name: checkout
          annotations:
            gateway-lsp.dev/cluster: east
        """,
        "There is no fix: which way is meant only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        // What is of no cluster is applied to some of them, maybe to the one that has it.
        if (view is not Route route || context.Resolver.Cluster is not { Length: > 0 } own)
        {
            return;
        }
        foreach (ResolvedBackend backend in context.Resolver.Route(route).Backends)
        {
            if (!backend.Ref.IsService || backend.Presence == Presence.Present || backend.Clusters.IsEmpty)
            {
                continue;
            }
            string[] names = [.. backend.Clusters.Select(one => $"`{one.Name}`")];
            string have = $"{(names.Length == 1 ? "cluster" : "clusters")} {Naming.List(names)} {(names.Length == 1 ? "has" : "have")} it";
            string message = backend.Clusters[0].Reach == ClusterReach.Mesh
                ? $"{Naming.Of(backend.Ref)} is not in cluster `{own}`; {have}, in the same mesh. Requests arrive there, though the status of the route may say `BackendNotFound`."
                : $"{Naming.Of(backend.Ref)} is not in cluster `{own}`; {have}. Requests get there only if it is exported there and the route names the ServiceImport, or if the clusters are one Istio mesh.";
            context.Report(this, backend.Ref, ["name"], message, related: RelatedTo(backend, context));
        }
    }

    private static RelatedLocation? RelatedTo(ResolvedBackend backend, SemanticContext context)
    {
        foreach (ClusterObjects one in context.Resolver.InFleet(backend.Ref.Key))
        {
            if (KindGroups.Canonical(one.Objects) is { } found && found.Object.View() is { } view)
            {
                return new RelatedLocation(found.Path, found.Object.Document, SemanticContext.Place(view.Object.At("metadata") ?? view.Node, ["name"]).Span, $"in cluster {one.Cluster}");
            }
        }
        return null;
    }
}
