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
        "Writes in capitals what is a protocol then. It may be applied unseen. For `HTTP2` or `GRPC`, which listeners of `HTTP` and `HTTPS` carry, these two are offered.");

    /// <summary>The protocols of listeners that carry what was written: versions of HTTP, and gRPC, need none of their own.</summary>
    internal static ImmutableArray<string> Carriers(string written) =>
        written.ToUpperInvariant() is "HTTP2" or "HTTP/2" or "HTTP/1.1" or "GRPC" or "H2C" or "H2" ? ["HTTP", "HTTPS"] : [];

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
            ImmutableArray<Fix> fixes = SemanticContext.Correctable(listener.Listener, "protocol") is not { } span ? []
                : ListenerProtocols.Family(right) != ProtocolFamily.Unknown ? [new Fix($"Change to `{right}`", span, right)]
                : [.. Carriers(right).Select(carrier => new Fix($"Change to `{carrier}`", span, carrier, isPreferred: false))];
            context.Report(this, listener.Listener, ["protocol"], $"There is no protocol `{written}`; use HTTP, HTTPS, TLS, TCP or UDP.", fixes: fixes);
        }
    }
}
