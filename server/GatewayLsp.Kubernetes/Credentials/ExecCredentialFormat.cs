using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>The object that a plugin reads from <c>KUBERNETES_EXEC_INFO</c> and the one that it prints (client.authentication.k8s.io).</summary>
internal static class ExecCredentialFormat
{
    public const string V1 = "client.authentication.k8s.io/v1";
    public const string V1Beta1 = "client.authentication.k8s.io/v1beta1";

    public static bool IsSupported(string apiVersion) => apiVersion is V1 or V1Beta1;

    /// <param name="authority">PEM of the cluster's certificate authority, or null.</param>
    public static string Info(ExecPlugin plugin, KubeCluster cluster, string? authority)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind", "ExecCredential");
            json.WriteString("apiVersion", plugin.ApiVersion);
            json.WriteStartObject("spec");
            if (plugin.WantsClusterInfo)
            {
                json.WriteStartObject("cluster");
                json.WriteString("server", cluster.Server);
                WriteIf(json, "tls-server-name", cluster.TlsServerName);
                if (cluster.SkipsTlsVerification)
                {
                    json.WriteBoolean("insecure-skip-tls-verify", true);
                }
                if (authority is not null)
                {
                    json.WriteBase64String("certificate-authority-data", Encoding.UTF8.GetBytes(authority));
                }
                WriteIf(json, "proxy-url", cluster.ProxyUrl);
                if (cluster.DisablesCompression)
                {
                    json.WriteBoolean("disable-compression", true);
                }
                if (cluster.ExecConfig is not null)
                {
                    json.WritePropertyName("config");
                    json.WriteRawValue(cluster.ExecConfig);
                }
                json.WriteEndObject();
            }
            json.WriteBoolean("interactive", false);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>What a plugin printed. A failure is a sentence; it never quotes the output, which may be half a credential.</summary>
    public static (Credential? Credential, string? Failure) Read(ReadOnlyMemory<byte> output, string apiVersion, Redactor redactor)
    {
        if (output.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return (null, "It printed nothing.");
        }
        try
        {
            using var document = JsonDocument.Parse(output, new JsonDocumentOptions { MaxDepth = 32 });
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "kind") != "ExecCredential")
            {
                return (null, "It printed something else than an ExecCredential.");
            }
            if (Text(root, "apiVersion") is var version && version != apiVersion)
            {
                return (null, IsSupported(version ?? "")
                    ? $"It answers in {version}, but the kubeconfig asks for {apiVersion}."
                    : $"It answers in another version than {apiVersion}, for which the kubeconfig asks.");
            }
            if (!root.TryGetProperty("status", out JsonElement status) || status.ValueKind != JsonValueKind.Object)
            {
                return (null, "It printed an ExecCredential without `status`.");
            }
            return Read(status, redactor);
        }
        catch (JsonException)
        {
            return (null, "It printed something else than JSON.");
        }
    }

    private static (Credential?, string?) Read(JsonElement status, Redactor redactor)
    {
        string? token = Text(status, "token");
        string? certificate = Text(status, "clientCertificateData");
        string? key = Text(status, "clientKeyData");
        redactor.Learn(token);
        redactor.Learn(key);
        if ((certificate is null) != (key is null))
        {
            return (null, "It printed a client certificate without its key, or a key without its certificate.");
        }
        if (string.IsNullOrEmpty(token) && certificate is null)
        {
            return (null, "It printed an ExecCredential with neither a token nor a certificate.");
        }
        if (token is not null && token.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
        {
            return (null, "It printed a token with characters that no token may have.");
        }
        DateTimeOffset? expires = null;
        if (Text(status, "expirationTimestamp") is { Length: > 0 } text)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            {
                return (null, "It printed an `expirationTimestamp` that is no time.");
            }
            expires = time;
        }
        System.Security.Cryptography.X509Certificates.X509Certificate2? pair = null;
        if (certificate is not null)
        {
            pair = Credential.CertificateOf(certificate, key!);
            if (pair is null)
            {
                return (null, "It printed a client certificate and key that are not valid PEM, or don't belong together.");
            }
            DateTimeOffset end = pair.NotAfter;
            expires = expires is { } stated && stated < end ? stated : end;
        }
        return (new Credential { Authorization = string.IsNullOrEmpty(token) ? null : "Bearer " + token, Certificate = pair, ExpiresAt = expires }, null);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void WriteIf(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
