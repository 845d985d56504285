using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A port that the Service of a backend does not have.</summary>
internal sealed class PortNotFoundRule : SemanticRule
{
    public override string Code => "port-not-found";

    public override string Title => "Port that the Service does not have";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override RuleDoc Doc => new(
        "A `backendRef` names a port that is not among the `ports` of its Service.",
        "Nothing can be sent there: the controller sets `ResolvedRefs: False`, and the backend's share of the requests gets 500. What counts is `port` of the Service, not its `targetPort`.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
        spec:
          ports:
          - port: 80
            targetPort: 8080
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - backendRefs:
            - name: checkout
              port: 8080
        """,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
        spec:
          ports:
          - port: 80
            targetPort: 8080
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
        "Puts in a port of the Service. Safe when it has only one, or when the number was that of the `targetPort`.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route)
        {
            return;
        }
        foreach (ResolvedBackend backend in context.Resolver.Route(route).Backends)
        {
            if (backend.Issue is not { Problem: ReferenceProblem.PortNotFound } issue || backend.Service is not { } service || !context.IsSettled(issue.Reference.Key))
            {
                continue;
            }
            int[] ports = [.. service.Ports.Select(port => port.Port).OfType<int>().Distinct()];
            ImmutableArray<Fix> fixes = [];
            if (SemanticContext.Correctable(issue.Reference, "port") is { } span)
            {
                fixes = [.. ports.Take(4).Select(port =>
                {
                    string text = port.ToString(CultureInfo.InvariantCulture);
                    return new Fix($"Change to `{text}`", span, text, isPreferred: ports.Length == 1);
                })];
            }
            context.Report(this, issue.Reference, ["port"],
                $"{Naming.Of(issue.Reference)} has no port {backend.Ref.Port}; it has {Naming.List([.. ports.Select(port => port.ToString(CultureInfo.InvariantCulture))])}.",
                related: context.Related(service, service, ["spec"], $"{Naming.Of(service)} is here."), fixes: fixes);
        }
    }
}
