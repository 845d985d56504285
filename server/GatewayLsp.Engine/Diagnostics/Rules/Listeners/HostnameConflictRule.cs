using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>Two listeners with the same port and hostname (reason <c>HostnameConflict</c>).</summary>
internal sealed class HostnameConflictRule : SemanticRule
{
    public override string Code => "hostname-conflict";

    public override string Title => "Listeners with the same port and hostname";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.ListenerSet;

    public override RuleDoc Doc => new(
        "Two listeners of one Gateway, or of its ListenerSets, serve the same hostname on the same port.",
        "Nobody can tell which of them a request is for. Within one Gateway both are `Conflicted` with the reason `HostnameConflict` and take no routes; against a ListenerSet the Gateway's own listener stays.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: app
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: app-tls
          - name: raw
            port: 443
            protocol: TLS
            tls:
              mode: Passthrough
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: app
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: app-tls
          - name: raw
            port: 8443
            protocol: TLS
            tls:
              mode: Passthrough
        """,
        "There is no fix: one of the two needs another port or hostname.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        foreach (ResolvedListener listener in ListenerRules.Of(view, context))
        {
            // Of the same protocol too, the API server refuses the Gateway: `duplicate-listener` says so.
            if (listener is { Conflict: ListenerConflict.Hostname, ConflictsWith: { } other }
                && !(ReferenceEquals(other.Owner, listener.Owner) && other.Protocol == listener.Listener.Protocol))
            {
                Listener own = listener.Listener;
                context.Report(this, own, own.Hostname is null ? ["port", "name"] : ["hostname"],
                    $"Listener `{own.Name}` and {ListenerRules.Name(other, own)} both serve {(own.Hostname is { } name ? $"`{name}`" : "every hostname")} on port {own.Port}; give one of them another port or hostname.",
                    related: context.Related(other.Owner, other, ["hostname", "port", "name"], "The other listener is here."));
            }
        }
    }
}
