using System.Collections.Immutable;
using GatewayLsp.Engine.Expectations;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A request does not go where a comment beside the route says.</summary>
internal sealed class ExpectationFailedRule : SemanticRule
{
    private const string NotChecked = "This is not checked: the Gateway that the request goes to is not among these files, or a template decides what becomes of it.";

    public override string Code => "expectation-failed";

    public override string Title => "Request that does not go where it is expected to";

    public override SubjectKinds Kinds => SubjectKinds.HttpRoute | SubjectKinds.GrpcRoute | SubjectKinds.Gateway;

    public override RuleDoc Doc => new(
        "A comment in the document of an HTTPRoute, GRPCRoute or Gateway says what becomes of a request, `# expect: [METHOD] PATH|URL [-H \"NAME: VALUE\"] [via GATEWAY:PORT] -> OUTCOME, ...`, and something else does. An outcome is a backend (`my-service 80%`, `mirror my-service`) or a status (`404`, `301 https://example.com/`). Backends without shares are all that answer. Requests beside a GRPCRoute, and URLs of `grpc://` and `grpcs://`, are calls of gRPC. The request is followed at every listener that the route is attached to, with the first hostname that both serve, unless a URL says otherwise, or `via` names one Gateway. Where kustomizations build something else of the object, the request is followed through what each of them builds.",
        "It is a test of the routing that runs while you type and in CI, without a cluster: another route, a changed weight or listener can't take the requests away unnoticed.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        # expect: GET /api -> shop-v1 90%, shop-v2 10%
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          rules:
          - backendRefs:
            - name: shop-v1
              port: 80
              weight: 80
            - name: shop-v2
              port: 80
              weight: 20
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        # expect: GET /api -> shop-v1 90%, shop-v2 10%
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          rules:
          - backendRefs:
            - name: shop-v1
              port: 80
              weight: 90
            - name: shop-v2
              port: 80
              weight: 10
        """,
        "There is no fix: which of the two is right only you know.");

    /// <summary>For an object of an identity that another definition speaks for: nothing of it can be followed.</summary>
    public void TellUnchecked(ObjectView view, SemanticContext context)
    {
        ImmutableArray<Expectation> expectations = ExpectationFinder.Of(view.Object).Expectations;
        if (expectations.IsEmpty || KindGroups.Canonical(context.Resolver.Objects(Resolver.KeyOf(view))) is not { } counts)
        {
            return;
        }
        foreach (Expectation expectation in expectations)
        {
            context.Report(this, expectation.Span, "", $"This is not checked: {view.Kind} {view.FullName} is defined in another place, too, and that definition counts.", DiagnosticSeverity.Information,
                new RelatedLocation(counts.Path, counts.Object.Document, counts.Object.Node.Span, "This definition counts."));
        }
    }

    public override void Check(ObjectView view, SemanticContext context)
    {
        foreach (Expectation expectation in ExpectationFinder.Of(view.Object).Expectations)
        {
            ExpectationAnswer answer = context.Resolver.Ask(snapshot => ExpectationChecker.Check(snapshot, view, expectation));
            if (answer.Problem is { } problem)
            {
                context.Report(this, expectation.OutcomeSpan, "", problem);
            }
            else if (!answer.IsKnown)
            {
                context.Report(this, expectation.Span, "", NotChecked, DiagnosticSeverity.Information);
            }
        }
    }

    /// <param name="problem">Null when it can't be told whether it holds.</param>
    public Diagnostic Finding(Expectation expectation, ManifestObject one, string? problem) => new()
    {
        Code = Code,
        Severity = problem is null ? DiagnosticSeverity.Information : Severity,
        Source = Source,
        Message = problem ?? NotChecked,
        Span = problem is null ? expectation.Span : expectation.OutcomeSpan,
        Object = one,
        Field = "",
    };
}
