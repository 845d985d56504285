using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
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
        "A `backendRef` names a Service that none of the files has, although others of its namespace are in the same file or listed by the same kustomization. Where others are in other files only, it is said when one of them has nearly that name. A name that no Service can have, such as `shop/cart` or `cart.shop.svc`, is told in any case.",
        "The controller sets `ResolvedRefs: False` with the reason `BackendNotFound`, and the backend's share of the requests gets 500. It is a warning as long as the files need not be all there is, and information where the Services are kept elsewhere. Services of other clusters (ServiceImport) are never called missing.",
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
        "Puts in the nearest name among the Services of the namespace, or name and namespace out of what was written in one. Have a look whether it is the one you mean.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route)
        {
            return;
        }
        foreach (ResolvedBackend backend in context.Resolver.Route(route).Backends)
        {
            if (ImpossibleName.Of(backend.Ref) is { } impossible)
            {
                context.Report(this, backend.Ref, ["name"], impossible.Message, fixes: impossible.Fixes(view.Object.Document));
                continue;
            }
            if (backend.Issue is not { Problem: ReferenceProblem.NotFound } issue || context.MayMeet(route, issue.Reference)
                || ServiceMakers.MayMake(context.Resolver, issue.Reference) || context.AbsentFor(route, issue.Reference) is not { } severity)
            {
                continue;
            }
            ObjectRef reference = issue.Reference;
            ImmutableArray<Fix> fixes = [];
            ImmutableArray<string> names = context.Resolver.NamesIn(reference.Group, reference.Kind, reference.Namespace);
            string? near = NearestName.Of(reference.Name, names);
            if (near is not null && SemanticContext.Correctable(reference, "name") is { } span)
            {
                fixes = [new Fix($"Change to `{near}`", span, near, isPreferred: false)];
            }
            string message = severity == DiagnosticSeverity.Information
                ? $"None of these files has {Naming.Of(reference)}; is `{near}` meant?"
                : $"There is no {Naming.Of(reference)} for requests to go to; create it or correct the name.";
            context.Report(this, reference, ["name"], message, severity, fixes: fixes);
        }
    }
}
