using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A Secret whose private key is that of another certificate.</summary>
internal sealed class CertificateKeyMismatchRule : ViewRule
{
    public override string Code => "certificate-key-mismatch";

    public override string Title => "Private key of another certificate";

    public override RuleDoc Doc => new(
        "The private key in `tls.key` of a Secret is not the one that its certificate in `tls.crt` was made for: their public keys differ. What is in a Secret is looked at and never shown.",
        "The API server accepts the Secret. No TLS connection can be opened with it, so controllers set `ResolvedRefs: False` with the reason `InvalidCertificateRef` on listeners that refer to it, or fail to load it. Nothing is said where the key does not carry its public half.",
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop-tls
        type: kubernetes.io/tls
        stringData:
          tls.key: |
            -----BEGIN RSA PRIVATE KEY-----
            MAYCAQACAQE=
            -----END RSA PRIVATE KEY-----
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
        "There is no fix: only you know which of the two is the wrong one.");

    protected override void Check(ObjectView view, ObjectContext context)
    {
        if (view is Secret { Type: Secret.TlsType, IsPair: false }
            && (context.Object.At("stringData", "tls.key") ?? context.Object.At("data", "tls.key")) is { Entry: { } entry })
        {
            Report(context, entry.Key, "`tls.key` is not the private key of the certificate in `tls.crt`: put in the key that belongs to it, or its certificate.");
        }
    }
}
