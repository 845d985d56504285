using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Features;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.Features;

/// <summary>A field that the implementation of the Gateway does not support.</summary>
internal sealed class UnsupportedFeatureRule : SemanticRule
{
    public override string Code => "unsupported-feature";

    public override string Title => "Field that the implementation does not support";

    public override SubjectKinds Kinds => SubjectKinds.Routes | SubjectKinds.Gateway | SubjectKinds.BackendTlsPolicy;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "A field asks for an extended feature of Gateway API that the implementation of the Gateway does not support, or that its conformance report does not list. Who implements a Gateway is known from its GatewayClass: by `spec.controllerName`, by a well-known name, or from the setting `gatewayLsp.implementations`. What it supports is known from `status.supportedFeatures` of the class if it is there, else from the conformance reports of the version. What neither tells is not reported. It is a warning where the class or the documentation of the implementation rules the feature out; where only the conformance report does not list it, it is information: the feature may work without having been tested. One finding for a feature and object.",
        "The API server takes the field. The controller refuses the rule, or leaves the field out without a word, and requests go another way than the manifest says.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: gke-l7-rilb
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          rules:
          - matches:
            - method: POST
            backendRefs:
            - name: checkout
              port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: gke-l7-rilb
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          rules:
          - matches:
            - path:
                value: /checkout
            backendRefs:
            - name: checkout
              port: 80
        """,
        "There is no fix: what to use instead depends on what is meant. If you run another version, name it in `gatewayLsp.implementations`, as in `\"gke-l7-rilb\": \"gke@1.36\"`.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        switch (view)
        {
            case Route route:
                OfRoute(context.Resolver.Route(route), context);
                break;
            case Gateway gateway when FeatureRules.Of(gateway, context) is { } by:
                foreach (FeatureUse use in GatewayFeatures.Of(gateway))
                {
                    if (by.Supports(use.Feature) == Answer.No)
                    {
                        Report(use, [($"Gateway `{gateway.FullName}`", by)], gateway, context);
                    }
                }
                break;
            case BackendTlsPolicy policy:
                OfPolicy(policy, context);
                break;
        }
    }

    private void OfRoute(ResolvedRoute resolved, SemanticContext context)
    {
        List<(ResolvedParent Parent, ClassImplementation By)> parents = FeatureRules.Parents(resolved, context);
        if (parents.Count == 0)
        {
            return;
        }
        foreach (FeatureUse use in RouteFeatures.Of(resolved))
        {
            var lacking = new List<(string, ClassImplementation)>();
            foreach ((ResolvedParent parent, ClassImplementation by) in parents)
            {
                string? feature = parent.Ref.IsService ? FeatureNames.ForMesh(use.Feature) : use.Feature;
                if (feature is not null && by.Supports(feature) == Answer.No)
                {
                    lacking.Add((FeatureRules.NameOf(parent), by));
                }
            }
            if (lacking.Count > 0)
            {
                Report(use, lacking, resolved.Route, context);
            }
        }
        foreach ((ResolvedParent parent, ClassImplementation by) in parents)
        {
            if (ParentFeature(resolved.Route, parent) is { } use && by.Supports(use.Feature) == Answer.No)
            {
                Report(use, [(FeatureRules.NameOf(parent), by)], resolved.Route, context);
            }
        }
        OfHeaders(resolved.Route, parents, context);
    }

    private static FeatureUse? ParentFeature(Route route, ResolvedParent parent) => route.Type switch
    {
        _ when parent.IsConsumer => new FeatureUse("MeshConsumerRoute", parent.Ref.Node, "namespace"),
        RouteKind.Http when parent.Ref.Port is not null && !parent.Ref.IsService => new FeatureUse("HTTPRouteParentRefPort", parent.Ref.Node, "port"),
        RouteKind.Tls when parent.Listeners.Length > 0 && parent.Listeners.All(at => !at.Listener.Listener.IsPassthrough) => new FeatureUse("TLSRouteModeTerminate", parent.Ref.Node, "name"),
        _ => null,
    };

    private void OfHeaders(Route route, List<(ResolvedParent Parent, ClassImplementation By)> parents, SemanticContext context)
    {
        foreach ((ResolvedParent parent, ClassImplementation by) in parents)
        {
            if (by.Table?.MaxHeaders is not { } most || route is not HttpRoute http)
            {
                continue;
            }
            foreach (HttpMatch match in http.HttpRules.SelectMany(rule => rule.Matches))
            {
                if (match.Headers.Length > most)
                {
                    context.Report(this, match, ["headers"], FeatureRules.Message($"more than {most} headers in a match", null, [(FeatureRules.NameOf(parent), by)]));
                }
            }
        }
    }

    private void OfPolicy(BackendTlsPolicy policy, SemanticContext context)
    {
        if (policy.Object.At("spec", "validation", "subjectAltNames") is null)
        {
            return;
        }
        var lacking = new List<(string, ClassImplementation)>();
        foreach (ResolvedGateway gateway in context.Resolver.Policy(policy).Ancestors)
        {
            if (FeatureRules.Of(gateway.Gateway, context) is { } by && by.Supports("BackendTLSPolicy") != Answer.No && by.Supports("BackendTLSPolicySANValidation") == Answer.No)
            {
                lacking.Add(($"Gateway `{gateway.Gateway.FullName}`", by));
            }
        }
        if (lacking.Count > 0)
        {
            Report(new FeatureUse("BackendTLSPolicySANValidation", policy.Object.At("spec", "validation")!, "subjectAltNames"), lacking, policy, context);
        }
    }

    /// <summary>What a conformance report does not list may work all the same, so a warning needs better evidence.</summary>
    private void Report(FeatureUse use, List<(string Parent, ClassImplementation By)> lacking, ObjectView view, SemanticContext context)
    {
        (TextSpan span, string field) = SemanticContext.Place(use.Node, [use.Key], view.Object.Node);
        bool isCertain = lacking.Exists(static one => one.By.IsCertain);
        context.Report(this, span, field, isCertain
                ? FeatureRules.Message(FeatureNames.WordsFor(use.Feature), use.Feature, lacking.FindAll(static one => one.By.IsCertain))
                : FeatureRules.NotListed(FeatureNames.WordsFor(use.Feature), use.Feature, lacking),
            !isCertain || FeatureNames.IsHarmless(use.Feature) ? DiagnosticSeverity.Information : Severity);
    }
}
