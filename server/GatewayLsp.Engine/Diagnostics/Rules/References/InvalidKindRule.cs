using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Diagnostics.Rules.Features;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Resolution.Features;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A backend of a kind that nothing can be sent to (reason <c>InvalidKind</c>).</summary>
internal sealed class InvalidKindRule : SemanticRule
{
    private static readonly string[] Delegating = ["kgateway", "gloo", "agentgateway"];

    public override string Code => "invalid-kind";

    public override string Title => "Backend of a kind that can't be one";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override RuleDoc Doc => new(
        "A `backendRef` names a kind that no implementation we know of sends requests to.",
        "The controller sets `ResolvedRefs: False` with the reason `InvalidKind`, and the backend's share of the requests gets 500. Backends are Services and ServiceImports, or an implementation's own kinds.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - backendRefs:
            - group: apps
              kind: Deployment
              name: checkout
              port: 80
        """,
        """
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
        "For a ServiceImport without a group the group of the Multi-Cluster Services API is offered, never unseen. Else there is no fix: it takes a Service in front of what is meant.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route)
        {
            return;
        }
        ResolvedRoute resolved = context.Resolver.Route(route);
        foreach (ResolvedBackend backend in resolved.Backends)
        {
            // Routes that hand requests on to other routes are what some implementations add to the specification.
            if (backend.Ref is { Group: ApiGroups.Gateway, Kind: "HTTPRoute" } && MayDelegate(resolved, context))
            {
                continue;
            }
            // Kinds of third parties may be known to an implementation that we don't know.
            if (backend.Issue is { Problem: ReferenceProblem.InvalidKind, Reference: var reference } && !BackendKinds.MayBe(reference.Group))
            {
                if (reference is { Group: ApiGroups.Core, Kind: "ServiceImport" })
                {
                    ReportImport(route, reference, context);
                    continue;
                }
                context.Report(this, reference, ["kind", "group"],
                    $"{Naming.Kind(reference.Group, reference.Kind)} can't be a backend; refer to a Service or ServiceImport.");
            }
        }
    }

    /// <summary>Without a group it is a kind of the core group, which has none of that name. VPC Lattice does not look at the group, so while no Gateway is known, it may be right.</summary>
    private void ReportImport(Route route, ObjectRef reference, SemanticContext context)
    {
        ImmutableArray<Fix> fixes = default;
        if (reference.Node is YamlMapping mapping
            && new YamlEdits(route.Object.Document).Insert(mapping, mapping.FindOwn("group"), "group", JsonValue.Of(ApiGroups.MultiCluster), null) is { } edit)
        {
            fixes = [new Fix($"Set `group: {ApiGroups.MultiCluster}`", [edit], IsPreferred: false)];
        }
        bool isCertain = route.ParentRefs.Any(parent => parent.IsKnown && !context.Resolver.Objects(parent.Key).IsEmpty);
        context.Report(this, reference, ["group", "kind"],
            $"The core group has no kind ServiceImport: set `group`, such as `{ApiGroups.MultiCluster}` or, on GKE, `{ApiGroups.GkeMultiCluster}`.", isCertain ? null : DiagnosticSeverity.Information, fixes: fixes);
    }

    private static bool MayDelegate(ResolvedRoute route, SemanticContext context) =>
        FeatureRules.Parents(route, context) is var parents
        && (parents.Count == 0 || parents.Exists(static one => Delegating.Any(name => one.By.Name.Contains(name, StringComparison.OrdinalIgnoreCase))));
}
