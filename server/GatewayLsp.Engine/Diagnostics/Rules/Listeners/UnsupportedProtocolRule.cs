using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>A protocol that nobody has (reason <c>UnsupportedProtocol</c>).</summary>
internal sealed class UnsupportedProtocolRule : SemanticRule
{
    public override string Code => "unsupported-protocol";

    public override string Title => "Listener with a protocol that does not exist";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.ListenerSet;

    public override RuleDoc Doc => new(
        "A listener's `protocol` is none of `HTTP`, `HTTPS`, `TLS`, `TCP` and `UDP`, nor one of an implementation with its domain in front.",
        "The controller sets `Accepted: False` with the reason `UnsupportedProtocol`, and the listener takes no routes. Case matters: the API server takes `http`, and no controller knows it.",
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
            protocol: http
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
        """,
        "Writes in capitals what is a protocol then. It may be applied unseen.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        foreach (ResolvedListener listener in ListenerRules.Of(view, context))
        {
            string written = listener.Listener.Protocol;
            if (listener.IsProtocolSupported != Answer.No || written.Length == 0)
            {
                continue;
            }
            string right = written.ToUpperInvariant();
            ImmutableArray<Fix> fixes = ListenerProtocols.Family(right) != ProtocolFamily.Unknown && SemanticContext.Correctable(listener.Listener, "protocol") is { } span
                ? [new Fix($"Change to `{right}`", span, right)]
                : [];
            context.Report(this, listener.Listener, ["protocol"], $"There is no protocol `{written}`; use HTTP, HTTPS, TLS, TCP or UDP.", fixes: fixes);
        }
    }
}
