using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>Listeners whose protocols can't share their port (reason <c>ProtocolConflict</c>).</summary>
internal sealed class ProtocolConflictRule : SemanticRule
{
    public override string Code => "protocol-conflict";

    public override string Title => "Listeners whose protocols can't share a port";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.ListenerSet;

    public override RuleDoc Doc => new(
        "Two listeners of one Gateway, or of its ListenerSets, have the same port and protocols that nothing tells apart on it.",
        "Both are `Conflicted` with the reason `ProtocolConflict` and take no routes. HTTPS and TLS can share a port by hostname, and so can several of HTTP; plain HTTP and TLS can't, TCP shares with nobody, and UDP only with those that are no UDP.",
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
          - name: raw
            port: 80
            protocol: TCP
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
          - name: raw
            port: 8000
            protocol: TCP
        """,
        "There is no fix: one of the two needs another port.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        foreach (ResolvedListener listener in ListenerRules.Of(view, context))
        {
            if (listener is { Conflict: ListenerConflict.Protocol, ConflictsWith: { } other })
            {
                Listener own = listener.Listener;
                context.Report(this, own, ["port", "protocol"],
                    $"Listener `{own.Name}` ({own.Protocol}) can't share port {own.Port} with {ListenerRules.Name(other, own)} ({other.Protocol}); give one of them another port.",
                    related: context.Related(other.Owner, other, ["port", "protocol"], "The other listener is here."));
            }
        }
    }
}
