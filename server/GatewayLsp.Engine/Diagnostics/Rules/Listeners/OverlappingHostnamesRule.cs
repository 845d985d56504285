using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>Listeners with TLS on one port whose hostnames share some (condition <c>OverlappingTLSConfig</c>).</summary>
internal sealed class OverlappingHostnamesRule : SemanticRule
{
    public override string Code => "overlapping-hostnames";

    public override string Title => "Listeners with TLS whose hostnames overlap";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.ListenerSet;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Information;

    public override RuleDoc Doc => new(
        "The hostname of a listener with TLS is among those of another one on the same port.",
        "It works, and the more specific listener takes new connections. But a browser that holds a connection to the other listener may use it for this hostname too, when the certificate there is good for both: the request then meets the wrong listener and gets 404 or 421. The controller sets `OverlappingTLSConfig: True` with the reason `OverlappingHostnames`, or `OverlappingCertificates` where it sees that the certificates share names. It is information where both have the same certificate, which is good for both for certain, and a hint otherwise; nothing is told where the certificates are in the files and share no name.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: all
            port: 443
            protocol: HTTPS
            hostname: "*.example.com"
            tls:
              certificateRefs:
              - name: all-tls
          - name: shop
            port: 443
            protocol: HTTPS
            hostname: shop.example.com
            tls:
              certificateRefs:
              - name: shop-tls
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: all
            port: 443
            protocol: HTTPS
            hostname: "*.example.com"
            tls:
              certificateRefs:
              - name: all-tls
          - name: shop
            port: 443
            protocol: HTTPS
            hostname: shop.example.org
            tls:
              certificateRefs:
              - name: shop-tls
        """,
        "There is no fix: often it is meant so, with certificates that share no names.");

    /// <summary>False when both certificates are known, and that of the other listener is for no hostname of this one.</summary>
    private static bool MayBeReused(ResolvedListener listener, string hostname) =>
        listener.SharesCertificateNamesWith is not null || listener.CertificateNames.IsDefault || listener.Overlapping is not { CertificateNames: { IsDefault: false } others }
        || others.Any(name => HostnameMatch.IsCertifiedBy(hostname, name));

    public override void Check(ObjectView view, SemanticContext context)
    {
        foreach (ResolvedListener listener in ListenerRules.Of(view, context))
        {
            Listener own = listener.Listener;
            // Told once of a pair, at the narrower one.
            if (listener is { OverlapsWith: { } other, Conflict: ListenerConflict.None } && own.Hostname is { } name && HostnameMatch.Rank(name) > HostnameMatch.Rank(other.Hostname) && MayBeReused(listener, name))
            {
                context.Report(this, own, ["hostname"],
                    $"`{name}` is among the hostnames of {ListenerRules.Name(other, own)} ({(other.Hostname is { } wider ? $"`{wider}`" : "all")}) on port {own.Port}: requests on a connection that a browser reuses may reach that one.",
                    HaveSameCertificate(own, other) ? DiagnosticSeverity.Information : DiagnosticSeverity.Hint,
                    context.Related(other.Owner, other, ["hostname", "name"], "The other listener is here."));
            }
        }
    }

    private static bool HaveSameCertificate(Listener one, Listener other)
    {
        foreach (ObjectRef certificate in one.Tls?.CertificateRefs ?? [])
        {
            foreach (ObjectRef known in other.Tls?.CertificateRefs ?? [])
            {
                if (certificate.IsKnown && certificate.Key == known.Key)
                {
                    return true;
                }
            }
        }
        return false;
    }
}
