using System.Security.Cryptography;
using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>
/// Tokens, passwords and client certificates as they stand in the kubeconfig or in files that it names. Files are read again
/// after a minute and after a refusal: tokens of pods change under way.
/// </summary>
internal sealed class StaticCredentials(KubeUser user, Redactor redactor, TimeProvider time) : ICredentialSource
{
    private const int MaxFile = 1 << 20;

    private static readonly TimeSpan FileLife = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Credential? _known;
    private DateTimeOffset _readAt;

    private bool HasFiles => user.TokenFile is not null || user.CertificateFile is not null || user.KeyFile is not null;

    public Task<Answered<Credential>> GetAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_known is { } known && (!HasFiles || time.GetUtcNow() - _readAt < FileLife))
            {
                return Task.FromResult<Answered<Credential>>(known);
            }
            Answered<Credential> read = Read();
            if (read.IsOk)
            {
                // The same certificate stays the same object: connections are made again for each new one.
                _known = _known is { } before && before.Authorization == read.Value.Authorization && before.Certificate?.Thumbprint == read.Value.Certificate?.Thumbprint
                    ? before
                    : read.Value;
                _readAt = time.GetUtcNow();
                return Task.FromResult<Answered<Credential>>(_known);
            }
            return Task.FromResult(read);
        }
    }

    public bool Reject(Credential refused)
    {
        lock (_gate)
        {
            if (!HasFiles || !ReferenceEquals(refused, _known))
            {
                return HasFiles;
            }
            _readAt = default;
            return Read() is { IsOk: true } now && (now.Value.Authorization != refused.Authorization || now.Value.Certificate?.Thumbprint != refused.Certificate?.Thumbprint);
        }
    }

    private Answered<Credential> Read()
    {
        if (user.AuthProvider is not null && user.Token is null && user.TokenFile is null && user.CertificateData is null && user.CertificateFile is null)
        {
            return Bad("Its user has an `auth-provider`, which no current client supports; use a credential plugin (`exec`) instead.");
        }
        if (!TryRead(user.CertificateData, user.CertificateFile, out string? certificate) || !TryRead(user.KeyData, user.KeyFile, out string? key))
        {
            return Bad("The client certificate or key of its user can't be read.");
        }
        System.Security.Cryptography.X509Certificates.X509Certificate2? pair = null;
        if (certificate is not null || key is not null)
        {
            redactor.Learn(user.KeyData);
            redactor.Learn(key);
            pair = certificate is null || key is null ? null : Credential.CertificateOf(certificate, key);
            if (pair is null)
            {
                return Bad("The client certificate and key of its user are not valid PEM, or don't belong together.");
            }
        }
        string? token = user.Token;
        if (user.TokenFile is not null)
        {
            if (!TryRead(null, user.TokenFile, out string? text))
            {
                // kubectl takes the file first and falls back on the token that is written out.
                if (token is null)
                {
                    return Bad("The token file of its user can't be read.");
                }
            }
            else
            {
                token = text!.Trim();
            }
        }
        redactor.Learn(token);
        redactor.Learn(user.Password);
        string? authorization = null;
        if (!string.IsNullOrEmpty(token))
        {
            authorization = "Bearer " + token;
        }
        else if (user.Username is not null || user.Password is not null)
        {
            string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.Username}:{user.Password}"));
            redactor.Learn(basic);
            authorization = "Basic " + basic;
        }
        if (authorization is not null && authorization.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            return Bad("The token of its user holds characters that no token may have.");
        }
        return new Credential { Authorization = authorization, Certificate = pair };
    }

    private static ClusterError Bad(string message) => new(ClusterErrorKind.BadKubeconfig, message);

    /// <summary>Base64 data or a file's text; null when neither is given. False when what is given can't be read.</summary>
    internal static bool TryRead(string? data, string? file, out string? text)
    {
        text = null;
        try
        {
            if (data is not null)
            {
                text = Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            else if (file is not null)
            {
                if (new FileInfo(file).Length > MaxFile)
                {
                    return false;
                }
                text = File.ReadAllText(file);
            }
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or NotSupportedException or CryptographicException)
        {
            return false;
        }
    }
}
