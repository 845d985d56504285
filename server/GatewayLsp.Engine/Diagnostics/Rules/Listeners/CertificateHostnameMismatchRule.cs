using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>A listener whose certificates are all in the files and are for none of its hostnames.</summary>
internal sealed class CertificateHostnameMismatchRule : SemanticRule
{
    private const int MaxShown = 5;

    public override string Code => "certificate-hostname-mismatch";

    public override string Title => "A certificate for other hostnames";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.ListenerSet;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "No certificate of a listener is for its hostname.",
        "Clients compare the hostname of the request with the names in the certificate (subject alternative names) and close the connection when there is none for it; in a certificate, `*` stands for exactly one label. Told only where all certificates of the listener are in the files.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: shop
            port: 443
            protocol: HTTPS
            hostname: checkout.example.com
            tls:
              certificateRefs:
              - name: shop-tls
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop-tls
        type: kubernetes.io/tls
        stringData:
          tls.key: ${KEY_OF_SHOP}
          tls.crt: |
            -----BEGIN CERTIFICATE-----
            MIIBiDCCAS2gAwIBAgIUT3NhYG/D+Wc0itsSYC1p61CwKnEwCgYIKoZIzj0EAwIw
            DDEKMAgGA1UEAwwBeDAeFw0yNjExMjMwNjQyMTFaFw0zNjExMjAwNjQyMTFaMAwx
            CjAIBgNVBAMMAXgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQUQ6ue1CaRn2EJ
            gt++Xu4UwpolzPTt6K82KaQ+32eo9dT0wqUXtDsvXRpyIw0p5cZyKquVVGDJMExd
            rsbzadZIo20wazAdBgNVHQ4EFgQUYMO+/I4GT1X4QK4MTojPCl/+L+AwHwYDVR0j
            BBgwFoAUYMO+/I4GT1X4QK4MTojPCl/+L+AwGwYDVR0RBBQwEoIQc2hvcC5leGFt
            cGxlLmNvbTAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0kAMEYCIQDo0lu5UmBk
            KCJqiS3j799HRbII59EeKP/wtOxpTcWdbQIhAI/90BQZrTinsx1sWD2geHSToMKf
            Zb8Au8ZntNnc+Qjm
            -----END CERTIFICATE-----
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: shop
            port: 443
            protocol: HTTPS
            hostname: shop.example.com
            tls:
              certificateRefs:
              - name: shop-tls
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop-tls
        type: kubernetes.io/tls
        stringData:
          tls.key: ${KEY_OF_SHOP}
          tls.crt: |
            -----BEGIN CERTIFICATE-----
            MIIBiDCCAS2gAwIBAgIUT3NhYG/D+Wc0itsSYC1p61CwKnEwCgYIKoZIzj0EAwIw
            DDEKMAgGA1UEAwwBeDAeFw0yNjExMjMwNjQyMTFaFw0zNjExMjAwNjQyMTFaMAwx
            CjAIBgNVBAMMAXgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQUQ6ue1CaRn2EJ
            gt++Xu4UwpolzPTt6K82KaQ+32eo9dT0wqUXtDsvXRpyIw0p5cZyKquVVGDJMExd
            rsbzadZIo20wazAdBgNVHQ4EFgQUYMO+/I4GT1X4QK4MTojPCl/+L+AwHwYDVR0j
            BBgwFoAUYMO+/I4GT1X4QK4MTojPCl/+L+AwGwYDVR0RBBQwEoIQc2hvcC5leGFt
            cGxlLmNvbTAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0kAMEYCIQDo0lu5UmBk
            KCJqiS3j799HRbII59EeKP/wtOxpTcWdbQIhAI/90BQZrTinsx1sWD2geHSToMKf
            Zb8Au8ZntNnc+Qjm
            -----END CERTIFICATE-----
        """,
        "There is no fix: whether the hostname or the certificate is wrong, nobody else knows.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        foreach (ResolvedListener listener in ListenerRules.Of(view, context))
        {
            Listener own = listener.Listener;
            if (own is { IsTemplated: false, Hostname: { } hostname } && listener is { Conflict: ListenerConflict.None, CertificateNames: { IsDefaultOrEmpty: false } names }
                && !names.Any(name => HostnameMatch.IsCertifiedBy(hostname, name)))
            {
                string shown = string.Join(", ", names.Distinct().Take(MaxShown).Select(name => $"`{name}`"));
                context.Report(this, own, ["hostname"],
                    $"No certificate of listener `{own.Name}` is for `{hostname}`; {(names.Length > MaxShown ? "they are for others, among them " : "it is for ")}{shown}. Clients will close the connection.");
            }
        }
    }
}
