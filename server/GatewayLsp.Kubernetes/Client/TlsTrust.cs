using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>Whether a server's certificate is to be trusted, and in words why not.</summary>
internal sealed class TlsTrust
{
    private readonly X509Certificate2Collection? _authorities;
    private readonly bool _skips;

    private TlsTrust(X509Certificate2Collection? authorities, bool skips)
    {
        _authorities = authorities;
        _skips = skips;
    }

    /// <summary>What was wrong with the last certificate that was refused.</summary>
    public string? Problem { get; private set; }

    /// <summary>PEM of the authority; null when the system's are used.</summary>
    public string? AuthorityPem { get; private init; }

    public static Answered<TlsTrust> Create(KubeCluster cluster)
    {
        if (!StaticCredentials.TryRead(cluster.AuthorityData, cluster.AuthorityFile, out string? pem))
        {
            return new ClusterError(ClusterErrorKind.BadKubeconfig, "The certificate authority of its cluster can't be read.");
        }
        if (pem is null)
        {
            return new TlsTrust(null, cluster.SkipsTlsVerification);
        }
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            authorities.Clear();
        }
        if (authorities.Count == 0 && !cluster.SkipsTlsVerification)
        {
            return new ClusterError(ClusterErrorKind.BadKubeconfig, "The certificate authority of its cluster is no certificate in PEM form.");
        }
        return new TlsTrust(authorities, cluster.SkipsTlsVerification) { AuthorityPem = pem };
    }

    public SslClientAuthenticationOptions Options(X509Certificate2? client)
    {
        var options = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors) };
        if (_authorities is not null)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            policy.CustomTrustStore.AddRange(_authorities);
            options.CertificateChainPolicy = policy;
        }
        if (client is not null)
        {
            options.ClientCertificates = [client];
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => client;
        }
        return options;
    }

    private bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_skips || errors == SslPolicyErrors.None)
        {
            return true;
        }
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && EndsAtOurs(chain))
        {
            return true;
        }
        Problem = Explain(certificate as X509Certificate2, errors);
        return false;
    }

    /// <summary>An authority that is itself signed by another counts as one all the same, as it does for kubectl.</summary>
    private bool EndsAtOurs(X509Chain? chain)
    {
        if (_authorities is null || chain is null || chain.ChainElements.Count == 0)
        {
            return false;
        }
        foreach (X509ChainStatus status in chain.ChainStatus)
        {
            if (status.Status != X509ChainStatusFlags.PartialChain)
            {
                return false;
            }
        }
        X509Certificate2 last = chain.ChainElements[^1].Certificate;
        foreach (X509Certificate2 authority in _authorities)
        {
            if (authority.RawDataMemory.Span.SequenceEqual(last.RawDataMemory.Span))
            {
                return true;
            }
        }
        return false;
    }

    private string Explain(X509Certificate2? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "The server showed no certificate.";
        }
        DateTime now = DateTime.UtcNow;
        if (certificate.NotAfter.ToUniversalTime() < now)
        {
            return $"The server's certificate expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}.";
        }
        if (certificate.NotBefore.ToUniversalTime() > now)
        {
            return $"The server's certificate is valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} only; is this machine's clock right?";
        }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return _authorities is null
                ? "The server's certificate is signed by an authority that this machine does not know, and the kubeconfig names none."
                : "The server's certificate is not signed by the authority that the kubeconfig names: it may be another server, or a proxy in between.";
        }
        return "The server's certificate is for another host name.";
    }
}
