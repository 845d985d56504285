using System.Collections.Immutable;
using GatewayLsp.Engine.Expectations;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A comment that means to be an expectation and is none.</summary>
internal sealed class InvalidExpectationRule : SemanticRule
{
    public override string Code => "invalid-expectation";

    public override string Title => "Expectation that can't be read";

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override SubjectKinds Kinds => SubjectKinds.HttpRoute | SubjectKinds.GrpcRoute | SubjectKinds.Gateway;

    public override RuleDoc Doc => new(
        "A comment `# expect:` starts with a method, a path or a URL, or has an arrow before a backend or status, and is not written as an expectation is: `# expect: [METHOD] PATH|URL [-H \"NAME: VALUE\"] [via GATEWAY:PORT] -> OUTCOME, ...`.",
        "What can't be read is not checked, and a test that never runs is worse than none.",
        """
        # expect: GET /api => shop
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          rules:
          - backendRefs:
            - name: shop
              port: 80
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
        # expect: GET /api -> shop
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          rules:
          - backendRefs:
            - name: shop
              port: 80
        """,
        "There is no fix.");

    /// <summary>In a document without an object there is nobody to look at them.</summary>
    public static void CheckEmpty(ManifestDocument document, ImmutableArray<Diagnostic>.Builder found)
    {
        foreach (Expectation one in ExpectationReader.Of(document).Expectations)
        {
            found.Add(new Diagnostic
            {
                Code = "invalid-expectation",
                Severity = DiagnosticSeverity.Warning,
                Source = DiagnosticSource.Semantic,
                Message = "This expectation is never checked: there is no route or Gateway in its document. Move it below the `---`.",
                Span = one.Span,
            });
        }
    }

    public override void Check(ObjectView view, SemanticContext context)
    {
        foreach (UnreadableExpectation one in ExpectationFinder.Of(view.Object).Unreadable)
        {
            context.Report(this, one.Span, "", one.Problem);
        }
    }
}
