using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace GatewayLsp.Kubernetes.Targets;

/// <summary>A <c>cluster</c> of a kubeconfig. File names are absolute.</summary>
internal sealed record KubeCluster(string Name)
{
    public string Server { get; init; } = "";

    public string? TlsServerName { get; init; }

    public bool SkipsTlsVerification { get; init; }

    /// <summary>Base64 of PEM, as written.</summary>
    public string? AuthorityData { get; init; }

    public string? AuthorityFile { get; init; }

    public string? ProxyUrl { get; init; }

    public bool DisablesCompression { get; init; }

    /// <summary>The extension <c>client.authentication.k8s.io/exec</c> as JSON: handed to plugins that want cluster information.</summary>
    public string? ExecConfig { get; init; }
}

/// <summary>An <c>exec</c> of a user: the credential plugin.</summary>
internal sealed record ExecPlugin(string Command, string ApiVersion)
{
    public ImmutableArray<string> Arguments { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    public string? InstallHint { get; init; }

    public bool WantsClusterInfo { get; init; }

    /// <summary><c>Never</c>, <c>IfAvailable</c> or <c>Always</c>; null when not written.</summary>
    public string? InteractiveMode { get; init; }

    /// <summary>Folder of the kubeconfig: relative commands start here.</summary>
    public string BaseFolder { get; init; } = "";
}

/// <summary>A <c>user</c> of a kubeconfig. Holds secrets: never printed.</summary>
internal sealed class KubeUser(string name)
{
    public string Name { get; } = name;

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? CertificateData { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyData { get; init; }

    public string? KeyFile { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public ExecPlugin? Exec { get; init; }

    /// <summary>Name of a legacy <c>auth-provider</c>, which no client runs any more.</summary>
    public string? AuthProvider { get; init; }

    /// <summary>Equal for users with equal content, whichever reading of the file they come from. A hash: it holds no secret.</summary>
    public string Fingerprint => field ??= MakeFingerprint();

    public override string ToString() => Name;

    private string MakeFingerprint()
    {
        var text = new StringBuilder();
        foreach (string? part in (ReadOnlySpan<string?>)[Name, Token, TokenFile, CertificateData, CertificateFile, KeyData, KeyFile, Username, Password, AuthProvider])
        {
            text.Append(part).Append('\0');
        }
        if (Exec is not null)
        {
            text.AppendJoin('\0', [Exec.Command, Exec.ApiVersion, Exec.InteractiveMode, Exec.BaseFolder, Exec.WantsClusterInfo ? "1" : "0"]);
            text.Append('\0').AppendJoin('\0', Exec.Arguments).Append("\0\0");
            foreach ((string variable, string value) in Exec.Environment)
            {
                text.Append(variable).Append('=').Append(value).Append('\0');
            }
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

internal sealed record KubeContext(string Name, string Cluster, string User, string? Namespace);

/// <summary>Something in the files that could not be used.</summary>
/// <param name="Line">1-based; 0 when the file as a whole is meant.</param>
public sealed record KubeconfigProblem(string Path, int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"{Path}:{Line}: {Message}" : $"{Path}: {Message}";
}

/// <summary>
/// The merged content of the kubeconfig files. <c>current-context</c> is left out on purpose: nothing here may depend on which
/// context another tool picked last.
/// </summary>
internal sealed class Kubeconfig
{
    public static readonly Kubeconfig Empty = new();

    /// <summary>In the order of the files.</summary>
    public ImmutableArray<KubeContext> Contexts { get; init; } = [];

    public ImmutableDictionary<string, KubeCluster> Clusters { get; init; } = ImmutableDictionary<string, KubeCluster>.Empty;

    public ImmutableDictionary<string, KubeUser> Users { get; init; } = ImmutableDictionary<string, KubeUser>.Empty;

    public ImmutableArray<KubeconfigProblem> Problems { get; init; } = [];

    /// <summary>The files that were looked for, whether there or not.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    public KubeContext? Context(string name)
    {
        foreach (KubeContext one in Contexts)
        {
            if (one.Name == name)
            {
                return one;
            }
        }
        return null;
    }
}
