using System.Diagnostics;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Kubernetes.Tests.Support;

namespace GatewayLsp.Kubernetes.Tests.Credentials;

/// <summary>Credential plugins, well-behaved and not: what is asked of them, what the user sees, when they run.</summary>
public sealed class PluginTests : IDisposable
{
    private const string Planted = "planted-secret-value";

    private readonly TempFolder _folder = new();
    private readonly FakeApiServer _server;
    private Func<FakeRequest, FakeAnswer> _answer = _ => FakeAnswer.Version;

    public PluginTests() => _server = new FakeApiServer(request => _answer(request));

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private static string Answer(string status, string version = "v1") =>
        $$"""printf '%s' '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/{{version}}","spec":{},"status":{ {{status}} } }'""";

    private static string Token(string token, string expires = "") =>
        Answer($"\"token\":\"{token}\"{(expires.Length == 0 ? "" : $",\"expirationTimestamp\":\"{expires}\"")}");

    private ClusterDirectory Open(string more = "", string command = "./plugin", string version = "v1", ClusterSettings? settings = null, ITrust? trust = null) =>
        _folder.Open(settings ?? TempFolder.Settings, trust ?? Trusted.Instance, _folder.Write("config", Kubeconfigs.Exec(_server.Url, command, more, version)));

    private static Task<Answered<ClusterVersion>> AskAsync(ClusterDirectory directory) => directory.Connect("test").Value!.GetVersionAsync(CancellationToken.None);

    private int Runs => File.Exists(_folder.Path + "/runs") ? File.ReadAllLines(_folder.Path + "/runs").Length : 0;

    private string Count => $"echo run >>'{_folder.Path}/runs'\n";

    [Fact]
    public async Task Its_token_is_used_and_kept()
    {
        _folder.Script("plugin", Count + Token("tok-1", DateTimeOffset.UtcNow.AddMinutes(10).ToString("O")));
        using ClusterDirectory directory = Open();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("v1.36.4", (await AskAsync(directory)).Value!.GitVersion);
        }
        Assert.Equal(1, Runs);
        Assert.All(_server.Requests, request => Assert.Equal("Bearer tok-1", request.Token));
    }

    [Fact]
    public async Task Many_calls_at_once_share_one_run()
    {
        _folder.Script("plugin", Count + "sleep 0.3\n" + Token("tok-1"));
        using ClusterDirectory directory = Open();
        Answered<ClusterVersion>[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(directory)));
        Assert.All(all, one => Assert.True(one.IsOk));
        Assert.Equal(1, Runs);
    }

    [Fact]
    public async Task The_old_version_works_too()
    {
        _folder.Script("plugin", Answer("\"token\":\"tok-1\"", "v1beta1"));
        using ClusterDirectory directory = Open(version: "v1beta1");
        Assert.True((await AskAsync(directory)).IsOk);
    }

    [Fact]
    public async Task It_gets_what_the_kubeconfig_says()
    {
        _folder.Script("bin/plugin", $"printf '%s' \"$KUBERNETES_EXEC_INFO\" >'{_folder.Path}/info'\necho \"$1|$2|$FLAVOUR|$PATH\" >'{_folder.Path}/args'\n" + Token("tok-1"));
        using ClusterDirectory directory = Open("args: [--a, 'b c']\nenv: [{name: FLAVOUR, value: sweet}]\nprovideClusterInfo: true", "./bin/plugin");
        Assert.True((await AskAsync(directory)).IsOk);
        Assert.StartsWith("--a|b c|sweet|" + _folder.Path, File.ReadAllText(_folder.Path + "/args"), StringComparison.Ordinal);
        JsonElement info = JsonDocument.Parse(File.ReadAllText(_folder.Path + "/info")).RootElement;
        Assert.Equal("ExecCredential", info.GetProperty("kind").GetString());
        Assert.Equal("client.authentication.k8s.io/v1", info.GetProperty("apiVersion").GetString());
        Assert.False(info.GetProperty("spec").GetProperty("interactive").GetBoolean());
        Assert.Equal(_server.Url, info.GetProperty("spec").GetProperty("cluster").GetProperty("server").GetString());
    }

    [Fact]
    public async Task Cluster_information_holds_what_the_cluster_has()
    {
        using var authority = Certificates.Authority();
        _folder.Script("plugin", $"printf '%s' \"$KUBERNETES_EXEC_INFO\" >'{_folder.Path}/info'\n" + Token("tok-1"));
        string config = Kubeconfigs.One($$"""
            server: {{_server.Url}}
            tls-server-name: other.example
            certificate-authority-data: {{Certificates.Base64(Certificates.Pem(authority))}}
            extensions:
            - name: client.authentication.k8s.io/exec
              extension: {audience: [a, 1, true, null]}
            """, "exec: {command: ./plugin, apiVersion: client.authentication.k8s.io/v1, provideClusterInfo: true}");
        using ClusterDirectory directory = _folder.Open(_folder.Write("config", config));
        await AskAsync(directory);
        JsonElement cluster = JsonDocument.Parse(File.ReadAllText(_folder.Path + "/info")).RootElement.GetProperty("spec").GetProperty("cluster");
        Assert.Equal("other.example", cluster.GetProperty("tls-server-name").GetString());
        Assert.Equal(Certificates.Base64(Certificates.Pem(authority)), cluster.GetProperty("certificate-authority-data").GetString());
        Assert.Equal("""{"audience":["a",1,true,null]}""", cluster.GetProperty("config").GetRawText());
    }

    [Fact]
    public async Task Its_stdin_is_at_its_end()
    {
        _folder.Script("plugin", $"cat >'{_folder.Path}/stdin'\n" + Token("tok-1"));
        using ClusterDirectory directory = Open();
        var watch = Stopwatch.StartNew();
        Assert.True((await AskAsync(directory)).IsOk);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4));
        Assert.Equal("", File.ReadAllText(_folder.Path + "/stdin"));
    }

    public static TheoryData<string, string, ClusterErrorKind, string> Bad => new()
    {
        { "exit code", $"echo 'no session; token={Planted}' >&2; exit 3", ClusterErrorKind.PluginFailed, "failed with exit code 3" },
        { "nothing", "true", ClusterErrorKind.PluginFailed, "printed nothing" },
        { "garbage", $"echo {Planted}", ClusterErrorKind.PluginFailed, "something else than JSON" },
        { "another object", """echo '{"kind":"Pod"}'""", ClusterErrorKind.PluginFailed, "something else than an ExecCredential" },
        { "a list", "echo '[]'", ClusterErrorKind.PluginFailed, "something else than an ExecCredential" },
        { "another version", Answer($"\"token\":\"{Planted}\"", "v1beta1"), ClusterErrorKind.PluginFailed, "answers in client.authentication.k8s.io/v1beta1" },
        { "no status", """echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"}'""", ClusterErrorKind.PluginFailed, "without `status`" },
        { "no token", Answer(""), ClusterErrorKind.PluginFailed, "neither a token nor a certificate" },
        { "half a certificate", Answer("\"clientCertificateData\":\"x\""), ClusterErrorKind.PluginFailed, "without its key" },
        { "odd certificate", Answer($"\"clientCertificateData\":\"x\",\"clientKeyData\":\"{Planted}\""), ClusterErrorKind.PluginFailed, "not valid PEM" },
        { "odd time", Answer($"\"token\":\"{Planted}\",\"expirationTimestamp\":\"soon\""), ClusterErrorKind.PluginFailed, "is no time" },
        { "token with a line break", Answer($"\"token\":\"a\\nX-Injected: {Planted}\""), ClusterErrorKind.PluginFailed, "characters that no token may have" },
        { "flood", "head -c 50000000 /dev/zero", ClusterErrorKind.PluginFailed, "more than 1 MB" },
        { "endless flood", "yes", ClusterErrorKind.PluginFailed, "more than 1 MB" },
        { "flood of errors", "head -c 50000000 /dev/zero | tr '\\0' x >&2; exit 1", ClusterErrorKind.PluginFailed, "exit code 1" },
        { "hangs", $"echo 'opening browser {Planted}' >&2; sleep 60", ClusterErrorKind.PluginTimeout, "did not end within 2 seconds" },
        { "killed", "kill -9 $$", ClusterErrorKind.PluginFailed, "exit code 137" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_plugin_is_a_message(string what, string script, ClusterErrorKind kind, string message)
    {
        Assert.NotNull(what);
        _folder.Script("plugin", script);
        using ClusterDirectory directory = Open(settings: TempFolder.Settings with { PluginTimeout = TimeSpan.FromSeconds(2) });
        var watch = Stopwatch.StartNew();
        ClusterError error = (await AskAsync(directory)).Error!;
        Assert.Equal(kind, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), $"{watch.Elapsed}");
        Assert.Empty(_server.Requests);
        if (what != "hangs") // It printed the word itself, and nothing marks it as a secret.
        {
            Assert.DoesNotContain(Planted, error.ToString() + error.Hint + error.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_plugin_tells_how_to_get_it_and_where_it_was_looked_for()
    {
        using ClusterDirectory directory = Open("installHint: Install it with apt.", "gateway-lsp-no-such-plugin",
            settings: TempFolder.Settings with { ExtraPath = ["/opt/extra/bin"] });
        ClusterError error = (await AskAsync(directory)).Error!;
        Assert.Equal(ClusterErrorKind.PluginMissing, error.Kind);
        Assert.Contains("`gateway-lsp-no-such-plugin`", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Install it with apt.\n", error.Hint, StringComparison.Ordinal);
        Assert.Contains("/opt/extra/bin:" + _folder.Path, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_executable_is_missing()
    {
        _folder.Write("plugin", "#!/bin/sh\n");
        using ClusterDirectory directory = Open();
        Assert.Equal(ClusterErrorKind.PluginMissing, (await AskAsync(directory)).Error!.Kind);
    }

    [Fact]
    public async Task Extra_folders_come_before_the_path_and_relative_ones_never()
    {
        _folder.Script("plugin-x", Token("from-path"));
        _folder.Script("extra/plugin-x", Token("from-extra"));
        using ClusterDirectory directory = Open(command: "plugin-x", settings: TempFolder.Settings with { ExtraPath = [".", "bin", _folder.Path + "/extra"] });
        Assert.True((await AskAsync(directory)).IsOk);
        Assert.Equal("Bearer from-extra", Assert.Single(_server.Requests).Token);
    }

    [Fact]
    public async Task One_that_asks_questions_is_not_run()
    {
        _folder.Script("plugin", Count);
        using ClusterDirectory directory = _folder.Open(_folder.Write("config", Kubeconfigs.One("server: " + _server.Url,
            "exec: {command: ./plugin, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always}")));
        Assert.Contains("asks questions on a terminal", (await AskAsync(directory)).Error!.Message, StringComparison.Ordinal);
        Assert.Equal(0, Runs);
    }

    [Theory]
    [InlineData("v1alpha1")]
    [InlineData("v2")]
    public async Task Unknown_versions_are_not_run(string version)
    {
        _folder.Script("plugin", Count);
        using ClusterDirectory directory = Open(version: version);
        Assert.Equal(ClusterErrorKind.BadKubeconfig, (await AskAsync(directory)).Error!.Kind);
        Assert.Equal(0, Runs);
    }

    [Fact]
    public async Task What_it_started_dies_with_it()
    {
        _folder.Script("plugin", $"sleep 61 & echo $! >'{_folder.Path}/child'\nwait");
        using ClusterDirectory directory = Open(settings: TempFolder.Settings with { PluginTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(ClusterErrorKind.PluginTimeout, (await AskAsync(directory)).Error!.Kind);
        int child = int.Parse(File.ReadAllText(_folder.Path + "/child"), System.Globalization.CultureInfo.InvariantCulture);
        await Task.Delay(200);
        Assert.False(File.Exists($"/proc/{child}/cmdline") && File.ReadAllText($"/proc/{child}/cmdline").StartsWith("sleep", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_child_that_keeps_the_output_open_is_not_waited_for()
    {
        _folder.Script("plugin", "sleep 20 &\n" + Token("tok-1"));
        using ClusterDirectory directory = Open();
        var watch = Stopwatch.StartNew();
        Assert.True((await AskAsync(directory)).IsOk);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task After_a_refusal_it_runs_once_more()
    {
        _folder.Script("plugin", Count + $"n=$(wc -l <'{_folder.Path}/runs' | tr -d ' ')\n" + "printf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"tok-%s\"}}' \"$n\"");
        var time = new ManualTime();
        string valid = "Bearer tok-1";
        _answer = request => request.Token == valid ? FakeAnswer.Version : FakeAnswer.Refusal(401, "Unauthorized", "Unauthorized");
        using var directory = new ClusterDirectory(new KubeconfigLocation { Explicit = [_folder.Write("config", Kubeconfigs.Exec(_server.Url, "./plugin"))], SearchPath = "/usr/bin:/bin" },
            TempFolder.Settings, Trusted.Instance, time);
        Assert.Null((await AskAsync(directory)).Error);
        valid = "Bearer tok-2"; // Revoked.
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await AskAsync(directory)).Error);
        Assert.Equal(2, Runs);
        valid = "none"; // Nothing helps any more: the fresh one is refused too, and the plugin is left in peace.
        time.Advance(TimeSpan.FromMinutes(1));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(ClusterErrorKind.Unauthorized, (await AskAsync(directory)).Error!.Kind);
        }
        Assert.Equal(3, Runs);
    }

    [Fact]
    public async Task Shortly_before_it_expires_the_next_is_fetched()
    {
        _folder.Script("plugin", Count + Token("tok", "2026-01-01T00:15:00Z"));
        var time = new ManualTime();
        using var directory = new ClusterDirectory(new KubeconfigLocation { Explicit = [_folder.Write("config", Kubeconfigs.Exec(_server.Url, "./plugin"))], SearchPath = "/usr/bin:/bin" },
            TempFolder.Settings, Trusted.Instance, time);
        await AskAsync(directory);
        time.Advance(TimeSpan.FromMinutes(13));
        await AskAsync(directory);
        Assert.Equal(1, Runs);
        time.Advance(TimeSpan.FromMinutes(1.5));
        await AskAsync(directory);
        Assert.Equal(2, Runs);
    }

    /// <summary>The clock here is an hour ahead of the one of who issued the token, or behind.</summary>
    [Theory]
    [InlineData(-60)]
    [InlineData(-1)]
    [InlineData(600)]
    public async Task A_token_that_is_expired_or_lives_long_by_a_clock_that_is_wrong_is_used_without_running_the_plugin_each_time(int minutes)
    {
        _folder.Script("plugin", Count + Token("tok", DateTimeOffset.UtcNow.AddMinutes(minutes).ToString("O")));
        using ClusterDirectory directory = Open();
        for (int i = 0; i < 10; i++)
        {
            Assert.True((await AskAsync(directory)).IsOk);
        }
        Assert.InRange(Runs, 1, 2);
        Assert.All(_server.Requests, request => Assert.Equal("Bearer tok", request.Token));
    }

    [Fact]
    public async Task Its_client_certificate_is_shown_to_the_server()
    {
        using var authority = Certificates.Authority();
        using var serverCertificate = Certificates.Leaf(authority, "CN=server", hosts: ["127.0.0.1"]);
        using var client = Certificates.Leaf(authority, "CN=someone");
        using var server = new FakeApiServer(_ => FakeAnswer.Version, serverCertificate, wantsClientCertificate: true);
        _folder.Write("answer", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["kind"] = "ExecCredential",
            ["apiVersion"] = "client.authentication.k8s.io/v1",
            ["status"] = new Dictionary<string, string> { ["clientCertificateData"] = Certificates.Pem(client), ["clientKeyData"] = Certificates.KeyPem(client) },
        }));
        _folder.Script("plugin", $"cat '{_folder.Path}/answer'");
        using ClusterDirectory directory = _folder.Open(_folder.Write("config", Kubeconfigs.One(
            $"server: {server.Url}\ncertificate-authority-data: {Certificates.Base64(Certificates.Pem(authority))}",
            "exec: {command: ./plugin, apiVersion: client.authentication.k8s.io/v1}")));
        Assert.Null((await AskAsync(directory)).Error);
        Assert.Contains("CN=someone", server.Clients);
    }

    [Fact]
    public async Task Nothing_runs_without_leave()
    {
        _folder.Script("plugin", Count + Token("tok"));
        using ClusterDirectory directory = Open(trust: new Distrust());
        Assert.Single(directory.Read().Targets);
        Assert.Equal(ClusterErrorKind.NotAllowed, (await AskAsync(directory)).Error!.Kind);
        Assert.Equal(0, Runs);
        Assert.Empty(_server.Requests);
    }

    private sealed class Distrust : ITrust
    {
        public bool IsAllowed(ClusterTarget target) => false;
    }
}
