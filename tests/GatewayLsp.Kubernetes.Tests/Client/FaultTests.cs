using System.Diagnostics;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes.Tests.Support;

namespace GatewayLsp.Kubernetes.Tests.Client;

/// <summary>Every way in which a server or the way to it can fail is a value with plain words, in bounded time.</summary>
public sealed class FaultTests : IDisposable
{
    private const string Planted = "planted-secret-token";

    private static readonly ServedKind Route = new(new Gvk("gateway.networking.k8s.io", "v1", "HTTPRoute"), "httproutes", true);
    private static readonly ResourceAddress Store = new(Route, "demo", "store");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private IClusterClient Connect(string cluster, string user = "token: " + Planted) =>
        _folder.Open(_folder.Write("config", Kubeconfigs.One(cluster, user))).Connect("test").Value!;

    private async Task<ClusterError> ErrorOf(FakeAnswer answer, Func<IClusterClient, Task<ClusterError?>>? ask = null)
    {
        using var server = new FakeApiServer(_ => answer);
        IClusterClient client = Connect("server: " + server.Url);
        var watch = Stopwatch.StartNew();
        ClusterError error = (await (ask ?? (async c => (await c.GetAsync(Store, CancellationToken.None)).Error))(client))!;
        Assert.NotNull(error);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), $"{watch.Elapsed}");
        Assert.DoesNotContain(Planted, error + error.Detail + error.Hint, StringComparison.Ordinal);
        return error;
    }

    public static TheoryData<int, string, string, string, ClusterErrorKind, string> Refusals => new()
    {
        { 401, "Unauthorized", "Unauthorized", "{}", ClusterErrorKind.Unauthorized, "does not accept the credentials" },
        { 403, "Forbidden", $"httproutes is forbidden: User \"u\" with Bearer {Planted} cannot get", "{}", ClusterErrorKind.Forbidden, "You have no right to read HTTPRoute `store` in namespace `demo`." },
        { 404, "NotFound", "not found", """{"name":"store","group":"gateway.networking.k8s.io","kind":"httproutes"}""", ClusterErrorKind.NotFound, "does not exist" },
        { 404, "NotFound", "namespaces \"demo\" not found", """{"name":"demo","kind":"namespaces"}""", ClusterErrorKind.NotFound, "Namespace `demo` does not exist." },
        { 404, "NotFound", "the server could not find the requested resource", "{}", ClusterErrorKind.KindNotServed, "does not serve this kind or version" },
        { 409, "AlreadyExists", "exists", """{"name":"store","kind":"httproutes"}""", ClusterErrorKind.AlreadyExists, "exists already" },
        { 409, "Conflict", "the object has been modified", """{"name":"store"}""", ClusterErrorKind.Conflict, "changed by somebody else" },
        { 410, "Expired", "too old resource version", "{}", ClusterErrorKind.Gone, "no longer keeps" },
        { 422, "Invalid", "invalid", """{"causes":[{"reason":"FieldValueInvalid","message":"must be x","field":"spec.rules[0]"}]}""", ClusterErrorKind.Invalid, "`spec.rules[0]`: must be x" },
        { 400, "BadRequest", "HTTPRoute in version \"v1\" cannot be handled as a HTTPRoute: strict decoding error: unknown field \"spec.bogus\", duplicate field \"spec.a\"", "{}", ClusterErrorKind.Invalid, "in 2 places: `spec.bogus`" },
        { 400, "BadRequest", "admission webhook \"guard.example.com\" denied the request: no routes on Fridays", "{}", ClusterErrorKind.AdmissionDenied, "`guard.example.com` in the cluster refuses this: no routes on Fridays" },
        { 403, "Forbidden", "admission webhook \"guard.example.com\" denied the request without explanation", "{}", ClusterErrorKind.AdmissionDenied, "it gives no reason" },
        { 422, "Invalid", "ValidatingAdmissionPolicy 'safe-upgrades' with binding 'x' denied request: too old", "{}", ClusterErrorKind.AdmissionDenied, "`safe-upgrades` in the cluster refuses this: too old" },
        { 500, "InternalError", "Internal error occurred: failed calling webhook \"guard.example.com\": timeout", "{}", ClusterErrorKind.Unavailable, "webhook `guard.example.com`" },
        { 500, "InternalError", "etcd is down", "{}", ClusterErrorKind.Unavailable, "an error of its own (HTTP 500)" },
        { 503, "ServiceUnavailable", "starting", "{}", ClusterErrorKind.Unavailable, "(HTTP 503)" },
        { 504, "Timeout", "timed out", "{}", ClusterErrorKind.Timeout, "did not finish in time" },
        { 429, "TooManyRequests", "slow down", """{"retryAfterSeconds":60}""", ClusterErrorKind.TooManyRequests, "asks to wait" },
        { 413, "RequestEntityTooLarge", "too large", "{}", ClusterErrorKind.Refused, "too large" },
        { 302, "", "", "{}", ClusterErrorKind.Refused, "leads elsewhere" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_told_in_plain_words(int status, string reason, string message, string details, ClusterErrorKind kind, string text)
    {
        ClusterError error = await ErrorOf(FakeAnswer.Refusal(status, reason, message, details));
        Assert.Equal((kind, status), (error.Kind, error.Status));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_names_fields_and_owners()
    {
        ClusterError error = await ErrorOf(FakeAnswer.Refusal(409, "Conflict", "Apply failed with 2 conflicts", """
            {"causes":[
              {"reason":"FieldManagerConflict","message":"conflict with \"kubectl-client-side-apply\" using gateway.networking.k8s.io/v1","field":".spec.hostnames"},
              {"reason":"FieldManagerConflict","message":"conflict with \"argocd\" with subresource \"status\" using v1 at 2026-01-01T00:00:00Z","field":".spec.rules"}]}
            """.Replace("\n", "", StringComparison.Ordinal)), async client => (await client.ApplyAsync(Store, "{}"u8.ToArray(), new WriteOptions(), CancellationToken.None)).Error);
        Assert.Equal(ClusterErrorKind.Conflict, error.Kind);
        Assert.Equal([(".spec.hostnames", "kubectl-client-side-apply"), (".spec.rules", "argocd")], error.Causes.Select(cause => (cause.Field, cause.Owner!)));
        Assert.Equal("2 fields belong to `kubectl-client-side-apply`, `argocd`, the first of them `.spec.hostnames`.", error.Message);
    }

    [Theory]
    [InlineData("", "text/plain")]
    [InlineData("<html>Sign in</html>", "text/html")]
    [InlineData("{\"kind\":\"Status\",\"details\":{\"causes\":7},\"message\":[],\"code\":\"x\"}", "application/json")]
    [InlineData("[1", "application/json")]
    public async Task Refusals_that_are_no_status(string body, string type)
    {
        Assert.Equal(ClusterErrorKind.Forbidden, (await ErrorOf(new FakeAnswer(403, body) { ContentType = type })).Kind);
        Assert.Equal(ClusterErrorKind.Unavailable, (await ErrorOf(new FakeAnswer(502, body) { ContentType = type })).Kind);
        Assert.Equal(ClusterErrorKind.KindNotServed, (await ErrorOf(new FakeAnswer(404, body) { ContentType = type })).Kind);
    }

    [Theory]
    [InlineData("<html>Welcome to the portal</html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"metadata\":7}")]
    public async Task An_answer_that_is_no_object_makes_no_sense(string body)
    {
        Assert.Equal(ClusterErrorKind.Broken, (await ErrorOf(new FakeAnswer(200, body))).Kind);
        Assert.Equal(ClusterErrorKind.Broken, (await ErrorOf(new FakeAnswer(200, body), async client => (await client.GetVersionAsync(CancellationToken.None)).Error)).Kind);
        Assert.Equal(ClusterErrorKind.Broken, (await ErrorOf(new FakeAnswer(200, body), async client => (await client.ListAsync(new ListRequest(Route), CancellationToken.None)).Error)).Kind);
        Assert.Equal(ClusterErrorKind.Broken, (await ErrorOf(new FakeAnswer(200, body), async client => (await client.DiscoverAsync(CancellationToken.None)).Error)).Kind);
    }

    [Theory]
    [InlineData(Fault.CutHead, ClusterErrorKind.Broken)]
    [InlineData(Fault.CutBody, ClusterErrorKind.Broken)]
    [InlineData(Fault.Stall, ClusterErrorKind.Timeout)]
    [InlineData(Fault.StallBody, ClusterErrorKind.Timeout)]
    [InlineData(Fault.Endless, ClusterErrorKind.Broken)]
    internal async Task Broken_connections(Fault fault, ClusterErrorKind kind)
    {
        ClusterError error = await ErrorOf(new FakeAnswer(200, """{"metadata":{"name":"store"},"padding":"................................................"}""") { Fault = fault });
        Assert.Equal(kind, error.Kind);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_write_whose_reply_is_lost_has_an_unknown_outcome()
    {
        ClusterError error = await ErrorOf(new FakeAnswer(200, """{"metadata":{"name":"store"}}""") { Fault = Fault.CutBody },
            async client => (await client.ApplyAsync(Store, "{}"u8.ToArray(), new WriteOptions(), CancellationToken.None)).Error);
        Assert.True(error.IsOutcomeUnknown);
    }

    [Fact]
    public async Task Nobody_listens()
    {
        int port;
        using (var server = new FakeApiServer(_ => FakeAnswer.Version))
        {
            port = server.Port;
        }
        ClusterError error = (await Connect($"server: https://127.0.0.1:{port}").GetVersionAsync(CancellationToken.None)).Error!;
        Assert.Equal(ClusterErrorKind.ConnectionRefused, error.Kind);
        Assert.Contains($"`127.0.0.1:{port}`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_is_unknown()
    {
        ClusterError error = (await Connect("server: https://no-such-host.invalid").GetVersionAsync(CancellationToken.None)).Error!;
        Assert.Equal(ClusterErrorKind.DnsFailure, error.Kind);
        Assert.Contains("`no-such-host.invalid`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_IPv6_is_one()
    {
        ClusterError error = (await Connect("server: https://[::1]:1").GetVersionAsync(CancellationToken.None)).Error!;
        // Where there is no IPv6 there is no way to it.
        Assert.True(error.Kind is ClusterErrorKind.ConnectionRefused or ClusterErrorKind.Unreachable, error.ToString());
        Assert.Contains("::1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proxy_is_not_there()
    {
        ClusterError error = (await Connect("server: https://c.example\nproxy-url: http://me:planted-secret-token@127.0.0.1:1").GetVersionAsync(CancellationToken.None)).Error!;
        Assert.Equal(ClusterErrorKind.ConnectionRefused, error.Kind);
        Assert.Contains("proxy", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_http_where_tls_is_expected()
    {
        using var server = new FakeApiServer(_ => FakeAnswer.Version);
        Assert.Equal(ClusterErrorKind.Tls, (await Connect($"server: https://127.0.0.1:{server.Port}").GetVersionAsync(CancellationToken.None)).Error!.Kind);
    }

    public static TheoryData<string, string, string?> Tls => new()
    {
        // which authority and settings, host in the certificate -> what is said; null: fine
        { "ca", "127.0.0.1", null },
        { "other", "127.0.0.1", "not signed by the authority that the kubeconfig names" },
        { "none", "127.0.0.1", "names none" },
        { "ca", "elsewhere.example", "for another host name" },
        { "ca+name", "elsewhere.example", null },
        { "skip", "elsewhere.example", null },
        { "ca", "expired", "expired on" },
        { "intermediate", "127.0.0.1", null },
    };

    [Theory]
    [MemberData(nameof(Tls))]
    public async Task Certificates_are_checked(string how, string host, string? message)
    {
        using var root = Certificates.Authority();
        using var other = Certificates.Authority("CN=other");
        using var middle = Certificates.Leaf(root, "CN=middle", isAuthority: true);
        using var leaf = Certificates.Leaf(how == "intermediate" ? middle : root, "CN=server", false, host == "expired" ? -1 : 4, host == "expired" ? "127.0.0.1" : host);
        using var server = new FakeApiServer(_ => FakeAnswer.Version, leaf);
        string authority = Certificates.Base64(Certificates.Pem(how switch { "other" => other, "intermediate" => middle, _ => root }));
        IClusterClient client = Connect($"server: {server.Url}\n" + how switch
        {
            "none" => "",
            "skip" => "insecure-skip-tls-verify: true",
            "ca+name" => $"certificate-authority-data: {authority}\ntls-server-name: elsewhere.example",
            _ => $"certificate-authority-data: {authority}",
        });
        Answered<ClusterVersion> answer = await client.GetVersionAsync(CancellationToken.None);
        if (message is null)
        {
            Assert.Null(answer.Error);
            return;
        }
        Assert.Equal(ClusterErrorKind.Tls, answer.Error!.Kind);
        Assert.Contains(message, answer.Error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests); // The token was not sent.
    }

    [Fact]
    public async Task A_redirect_takes_no_credentials_along()
    {
        using var elsewhere = new FakeApiServer(_ => FakeAnswer.Version);
        using var server = new FakeApiServer(_ => new FakeAnswer(307, "") { Headers = [("Location", elsewhere.Url + "/version")] });
        Assert.Equal(ClusterErrorKind.Refused, (await Connect("server: " + server.Url).GetVersionAsync(CancellationToken.None)).Error!.Kind);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_asked_again()
    {
        int count = 0;
        using var server = new FakeApiServer(_ => ++count < 3 ? FakeAnswer.Refusal(429, "TooManyRequests", "wait") with { Headers = [("Retry-After", "1")] } : FakeAnswer.Version);
        var watch = Stopwatch.StartNew();
        Assert.Null((await Connect("server: " + server.Url).GetVersionAsync(CancellationToken.None)).Error);
        Assert.InRange(watch.Elapsed.TotalSeconds, 2, 5);
    }

    [Fact]
    public async Task A_write_is_not_repeated_after_503()
    {
        using var server = new FakeApiServer(_ => FakeAnswer.Refusal(503, "ServiceUnavailable", "x") with { Headers = [("Retry-After", "1")] });
        ClusterError error = (await Connect("server: " + server.Url).ApplyAsync(Store, "{}"u8.ToArray(), new WriteOptions(), CancellationToken.None)).Error!;
        Assert.Equal(TimeSpan.FromSeconds(1), error.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cancelling_is_the_callers_own()
    {
        using var server = new FakeApiServer(_ => FakeAnswer.Version with { Fault = Fault.Stall });
        using var stop = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Connect("server: " + server.Url).GetVersionAsync(stop.Token));
    }

    [Fact]
    public async Task Writes_are_told_apart_by_their_parameters()
    {
        using var server = new FakeApiServer(_ => new FakeAnswer(201, """{"metadata":{"name":"store"}}""")
        {
            Headers = [("Warning", "299 - \"use \\\"v1\\\" instead\""), ("Warning", "299 - \"second; token=planted-secret-token\""), ("Warning", "nonsense")],
        });
        IClusterClient client = Connect("server: " + server.Url);
        var options = new WriteOptions { DryRun = true, Force = true };
        Written written = (await client.ApplyAsync(Store, "{}"u8.ToArray(), options, CancellationToken.None)).Value!;
        Assert.True(written.IsCreated);
        Assert.Equal(["use \"v1\" instead", "second; token=[hidden]"], written.Warnings.ToArray());
        await client.PatchAsync(Store, PatchKind.Json, "[]"u8.ToArray(), new WriteOptions(), "status", CancellationToken.None);
        await client.DeleteAsync(Store, new DeleteOptions { Uid = "u-1", DryRun = true }, CancellationToken.None);
        FakeRequest[] requests = [.. server.Requests];
        Assert.Equal("/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes/store?fieldManager=gateway-lsp&fieldValidation=Strict&dryRun=All&force=true", requests[0].Path);
        Assert.Equal(("PATCH", "application/apply-patch+yaml"), (requests[0].Method, requests[0].Headers["content-type"]));
        Assert.Equal("/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes/store/status?fieldManager=gateway-lsp&fieldValidation=Strict", requests[1].Path);
        Assert.Equal("""{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background","dryRun":["All"],"preconditions":{"uid":"u-1"}}""", requests[2].Body);
    }

    [Theory]
    [InlineData("..", "demo")]
    [InlineData("a/b", "demo")]
    [InlineData("a?x=1", "demo")]
    [InlineData("", "demo")]
    [InlineData("a", "")]
    [InlineData("a", "../kube-system")]
    public async Task Names_that_would_change_the_url_are_refused(string name, string @namespace)
    {
        using var server = new FakeApiServer(_ => FakeAnswer.Version);
        ClusterError error = (await Connect("server: " + server.Url).GetAsync(new ResourceAddress(Route, @namespace, name), CancellationToken.None)).Error!;
        Assert.Equal(ClusterErrorKind.Invalid, error.Kind);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Basic_auth_and_token_files()
    {
        using var server = new FakeApiServer(_ => FakeAnswer.Version);
        await Connect("server: " + server.Url, "username: me\npassword: pass-word").GetVersionAsync(CancellationToken.None);
        _folder.Write("token", "from-file\n");
        IClusterClient client = Connect("server: " + server.Url, "tokenFile: token");
        await client.GetVersionAsync(CancellationToken.None);
        Assert.Equal(["Basic bWU6cGFzcy13b3Jk", "Bearer from-file"], server.Requests.Select(request => request.Token));
    }

    [Fact]
    public async Task A_token_file_is_read_again_after_a_refusal()
    {
        using var server = new FakeApiServer(request => request.Token == "Bearer new" ? FakeAnswer.Version : FakeAnswer.Refusal(401, "Unauthorized", ""));
        _folder.Write("token", "old");
        IClusterClient client = Connect("server: " + server.Url, "tokenFile: token");
        Assert.Equal(ClusterErrorKind.Unauthorized, (await client.GetVersionAsync(CancellationToken.None)).Error!.Kind);
        _folder.Write("token", "new");
        Assert.Null((await client.GetVersionAsync(CancellationToken.None)).Error);
    }

    [Fact]
    public async Task A_proxy_is_used()
    {
        using var proxy = new FakeApiServer(request => request.Path.StartsWith("http://c.example/", StringComparison.Ordinal) ? FakeAnswer.Version : new FakeAnswer(400, ""));
        Assert.Null((await Connect($"server: http://c.example\nproxy-url: {proxy.Url}").GetVersionAsync(CancellationToken.None)).Error);
    }

    [Theory]
    [InlineData("stringData", "planted-value-1", "planted-value-1")]
    [InlineData("stringData", "planted-value-1", "cGxhbnRlZC12YWx1ZS0x")]
    [InlineData("data", "cGxhbnRlZC12YWx1ZS0x", "planted-value-1")]
    [InlineData("stringData", "line one of it\\nplanted-line-two", "planted-line-two")]
    public async Task What_a_webhook_says_back_of_a_Secret_is_hidden(string part, string value, string said)
    {
        string text = $"admission webhook \"guard.example.com\" denied the request: {said} is too weak";
        using var server = new FakeApiServer(request => request.Path.Contains("dryRun", StringComparison.Ordinal)
            ? new FakeAnswer(200, """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"demo"}}""") { Headers = [("Warning", $"299 - \"{said} is too weak\"")] }
            : FakeAnswer.Refusal(400, "BadRequest", text, $$"""{"causes":[{"field":"data","message":"{{said}}"}]}"""));
        IClusterClient client = Connect("server: " + server.Url);
        var address = new ResourceAddress(new ServedKind(new Gvk("", "v1", "Secret"), "secrets", true), "demo", "s");
        byte[] body = System.Text.Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"demo"},"{{{part}}}":{"a":"{{{value}}}"}}""");
        Answered<Written> dry = await client.ApplyAsync(address, body, new WriteOptions { DryRun = true }, CancellationToken.None);
        Assert.Equal("[hidden] is too weak", Assert.Single(dry.Value!.Warnings));
        ClusterError error = (await client.ApplyAsync(address, body, new WriteOptions(), CancellationToken.None)).Error!;
        Assert.DoesNotContain(said, error + error.Detail + string.Join(' ', error.Causes), StringComparison.Ordinal);
        Assert.Contains("is too weak", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_behind_a_path_is_reached_there()
    {
        using var server = new FakeApiServer(request => request.Path == "/k8s/clusters/c-1/version" ? FakeAnswer.Version : new FakeAnswer(404, ""));
        Assert.Null((await Connect($"server: {server.Url}/k8s/clusters/c-1/").GetVersionAsync(CancellationToken.None)).Error);
    }
}
