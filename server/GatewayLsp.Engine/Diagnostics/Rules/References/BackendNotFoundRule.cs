using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A backend that does not exist (reason <c>BackendNotFound</c>).</summary>
internal sealed class BackendNotFoundRule : SemanticRule
{
    public override string Code => "backend-not-found";

    public override string Title => "Backend that is not there";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override RuleDoc Doc => new(
        "A `backendRef` names a Service that none of the files has, although they have others of its namespace.",
        "The controller sets `ResolvedRefs: False` with the reason `BackendNotFound`, and the backend's share of the requests gets 500. It is a warning as long as the files need not be all there is. Services of other clusters (ServiceImport) are never called missing.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
        spec:
          ports:
          - port: 80
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - backendRefs:
            - name: chekout
              port: 80
        """,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
        spec:
          ports:
          - port: 80
        ---
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
        "Puts in the nearest name among the Services of the namespace. Have a look whether it is the one you mean.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route)
        {
            return;
        }
        foreach (ResolvedBackend backend in context.Resolver.Route(route).Backends)
        {
            if (backend.Issue is not { Problem: ReferenceProblem.NotFound } issue || context.MayMeet(route, issue.Reference))
            {
                continue;
            }
            ObjectRef reference = issue.Reference;
            ImmutableArray<Fix> fixes = [];
            ImmutableArray<string> names = context.Resolver.NamesIn(reference.Group, reference.Kind, reference.Namespace);
            if (NearestName.Of(reference.Name, names) is { } near && SemanticContext.Correctable(reference, "name") is { } span)
            {
                fixes = [new Fix($"Change to `{near}`", span, near, isPreferred: false)];
            }
            context.Report(this, reference, ["name"], $"There is no {Naming.Of(reference)} for requests to go to; create it or correct the name.", context.Absent, fixes: fixes);
        }
    }
}
