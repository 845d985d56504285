using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace GatewayLsp.Testing;

/// <summary>What a real API server says of a manifest.</summary>
public sealed record ClusterAnswer(int Status, string Body)
{
    public bool IsAccepted => Status is 200 or 201;
}

/// <summary>
/// The two small API servers of <c>shared/cluster</c> in a temporary folder of their own, stopped and wiped at the end; where they are
/// absent, those of the sandbox. Tests for both are marked with <see cref="ClusterFactAttribute"/>, those that need the real ones with
/// <see cref="SharedFactAttribute"/> for <see cref="Up"/>.
/// </summary>
public sealed partial class RealCluster : IDisposable
{
    /// <summary>Path below <c>shared/</c> of the script that starts it.</summary>
    public const string Up = "cluster/up";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _state = Directory.CreateTempSubdirectory("gateway-lsp-cluster-").FullName;
    private readonly HttpClient _http;
    private readonly X509Certificate2 _authority;

    private readonly string _channel;
    private readonly SandboxProcess? _sandbox;

    private RealCluster(string channel)
    {
        _channel = channel;
        _sandbox = IsSandbox ? new SandboxProcess(_state, channel) : null;
        KubeConfig = _sandbox?.KubeConfig ?? Run(SharedFiles.Get(Up), channel, _state).Trim();
        string config = File.ReadAllText(KubeConfig);
        _authority = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(Authority.Match(config).Groups[1].Value)));
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate) },
        })
        {
            BaseAddress = new Uri(Server.Match(config).Groups[1].Value),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "eks-admin");
        if (_sandbox is not null)
        {
            CreateNamespace("demo");
            using var other = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(Server.Matches(config)[1].Groups[1].Value), "/api/v1/namespaces"))
            {
                Content = new StringContent("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"demo"}}""", new MediaTypeHeaderValue("application/json")),
            };
            other.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "gke-admin");
            using HttpResponseMessage made = _http.Send(other);
        }
    }

    /// <summary>True when it is the sandbox's servers that are started.</summary>
    public static bool IsSandbox { get; } = Environment.GetEnvironmentVariable("GATEWAY_LSP_TEST_CLUSTER") == "sandbox" || !SharedFiles.Exists(Up);

    public string KubeConfig { get; }

    /// <summary>Folder of the stand-ins for the credential plugins that the kubeconfig names.</summary>
    public static string Plugins => IsSandbox ? SandboxProcess.Plugins : SharedFiles.Get("cluster/bin");

    /// <summary>Ends one of the two servers (<c>eks</c>, <c>gke</c>) without a word; its data stays.</summary>
    public void Kill(string server)
    {
        if (_sandbox is not null)
        {
            _sandbox.Fail(server);
            return;
        }
        Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(_state, server + ".pid")), System.Globalization.CultureInfo.InvariantCulture)).Kill();
    }

    /// <summary>Starts what does not run, on the same ports.</summary>
    public void Revive()
    {
        if (_sandbox is not null)
        {
            _sandbox.Heal();
            return;
        }
        Run(SharedFiles.Get(Up), _channel, _state);
    }

    public static RealCluster Start(string channel = "standard") => new(channel);

    /// <summary>Server-side apply of one object with strict decoding, as a dry run. The path is that of the object, namespace and name included.</summary>
    public ClusterAnswer DryRun(string path, string manifest) => Send(HttpMethod.Patch, path + "?fieldManager=gateway-lsp&fieldValidation=Strict&dryRun=All&force=true", manifest, "application/apply-patch+yaml");

    public ClusterAnswer CreateNamespace(string name) => Send(HttpMethod.Post, "/api/v1/namespaces",
        $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""", "application/json");

    public ClusterAnswer Send(HttpMethod method, string path, string body, string type)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, new MediaTypeHeaderValue(type)) };
        using HttpResponseMessage response = _http.Send(request);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        return new ClusterAnswer((int)response.StatusCode, reader.ReadToEnd());
    }

    public void Dispose()
    {
        _http.Dispose();
        _authority.Dispose();
        if (_sandbox is null)
        {
            Run(SharedFiles.Get("cluster/down"), "standard", _state, "--wipe");
        }
        _sandbox?.Dispose();
        if (Directory.Exists(_state))
        {
            Directory.Delete(_state, recursive: true);
        }
    }

    private bool IsOurs(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 presented)
        {
            return false;
        }
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(presented);
    }

    private static string Run(string script, string channel, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true };
        // The servers would inherit whatever our parents left open, a lock file for instance, and hold it as long as they live.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("""for fd in /proc/self/fd/*; do fd=${fd##*/}; [ "$fd" -le 2 ] || eval "exec $fd>&-"; done; exec bash "$@" """);
        start.ArgumentList.Add("bash");
        start.ArgumentList.Add(script);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["CHANNEL"] = channel;
        using Process process = Process.Start(start)!;
        // The servers outlive the script and hold on to nothing of ours but this pipe: one line is all it says.
        string output = process.StandardOutput.ReadLine() ?? "";
        return process.WaitForExit(Patience) && process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{Path.GetFileName(script)} failed.");
    }

    [GeneratedRegex("certificate-authority-data: (\\S+)")]
    private static partial Regex Authority { get; }

    [GeneratedRegex("server: (https://\\S+)")]
    private static partial Regex Server { get; }
}
