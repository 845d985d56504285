using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Model;

/// <summary>What a key of a Secret or ConfigMap holds, as far as the content can be told.</summary>
public enum ContentState : byte
{
    Absent, Malformed, Valid, Unknown,

    /// <summary>Nothing, or what a tool encrypted: in a file that is as a rule the place of what is filled in on the way to the cluster.</summary>
    Placeholder,
}

/// <summary>Secret: its type and whether what it should hold is there. The data itself is looked at and let go.</summary>
public sealed class Secret : ObjectView
{
    public const string TlsType = "kubernetes.io/tls";

    internal Secret(ManifestObject one) : base(one)
    {
        Type = Fields.Text("type", "Opaque");
        string? certificate = null;
        Certificate = StateOf("tls.crt", text =>
        {
            CertificateNames = Model.CertificateNames.Of(text);
            certificate = text;
            return Pem.HasCertificates(text);
        });
        PrivateKey = StateOf("tls.key", text =>
        {
            IsPair = certificate is null ? null : KeyPairs.Fit(certificate, text);
            return Pem.HasPrivateKey(text);
        });
        CaCertificates = StateOf("ca.crt", text => Pem.HasCertificates(text));
    }

    public string Type { get; }

    /// <summary>Of <c>tls.crt</c>.</summary>
    public ContentState Certificate { get; }

    /// <summary>The hostnames that the certificate in <c>tls.crt</c> is for, in lower case; default when that is not known.</summary>
    public ImmutableArray<string> CertificateNames { get; private set; }

    /// <summary>False when <c>tls.key</c> is not the key of the certificate in <c>tls.crt</c>; null when that can't be told.</summary>
    public bool? IsPair { get; private set; }

    /// <summary>Of <c>tls.key</c>.</summary>
    public ContentState PrivateKey { get; }

    /// <summary>Of <c>ca.crt</c>.</summary>
    public ContentState CaCertificates { get; }

    private ContentState StateOf(string key, Func<string, bool> isValid)
    {
        if (Fields.Find("stringData") is YamlMapping plain && plain.Find(key) is { } written)
        {
            return Content.StateOf(written.Value, isValid);
        }
        return Content.StateOf((Fields.Find("data") as YamlMapping)?.Find(key)?.Value, base64 => Content.Decode(base64) is { } text && isValid(text));
    }
}

/// <summary>ConfigMap: of interest for the CA certificates in it.</summary>
public sealed class ConfigMap : ObjectView
{
    internal ConfigMap(ManifestObject one) : base(one) => CaCertificates =
        Content.StateOf((Fields.Find("data") as YamlMapping)?.Find("ca.crt")?.Value, text => Pem.HasCertificates(text)) is not ContentState.Absent and var state
            ? state
            : Content.StateOf((Fields.Find("binaryData") as YamlMapping)?.Find("ca.crt")?.Value, base64 => Content.Decode(base64) is { } text && Pem.HasCertificates(text));

    /// <summary>Of <c>ca.crt</c>.</summary>
    public ContentState CaCertificates { get; }
}

internal static class Content
{
    /// <summary>The API server takes no object larger than this, in characters of Base64.</summary>
    private const int MaxLength = 2_000_000;

    private const string EncryptedBySops = "ENC[";

    private const int LongestPlaceholder = 100;

    public static ContentState StateOf(YamlNode? value, Func<string, bool> isValid) => value.Resolved() switch
    {
        null => ContentState.Absent,
        YamlScalar { IsOpaque: true } => ContentState.Unknown,
        YamlScalar { Value: var text } when IsPlaceholder(text) => ContentState.Placeholder,
        YamlScalar { Value.Length: > 0 and < MaxLength } scalar => isValid(scalar.Value) ? ContentState.Valid : ContentState.Malformed,
        _ => ContentState.Malformed,
    };

    /// <summary>Nothing, something encrypted, or a short text with a mark of what fills in texts: <c>${CERT}</c>, <c>&lt;REPLACE_ME&gt;</c>, <c>...</c>.</summary>
    private static bool IsPlaceholder(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        return trimmed.Length == 0 || trimmed.StartsWith(EncryptedBySops)
            || (trimmed.Length < LongestPlaceholder && (trimmed.IndexOfAny("${<[") >= 0 || trimmed.Contains("...", StringComparison.Ordinal)
                || trimmed.Contains("replace", StringComparison.OrdinalIgnoreCase) || trimmed.Contains("change", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Base64 as Kubernetes takes it; null when it is none.</summary>
    public static string? Decode(string base64)
    {
        byte[] bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int written) ? Encoding.UTF8.GetString(bytes.AsSpan(0, written)) : null;
    }
}
