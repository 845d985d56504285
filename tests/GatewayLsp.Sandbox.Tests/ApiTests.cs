using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>The Kubernetes API of a sandbox cluster.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    private const string Routes = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";
    private const string ApplyType = "application/apply-patch+yaml";

    private RunningSandbox _running = null!;

    public async Task InitializeAsync() => _running = await RunningSandbox.Start();

    public async Task DisposeAsync() => await _running.DisposeAsync();

    private static string Route(string name, string spec = """{"hostnames":["a.example"]}""", string metadata = "") =>
        "{\"apiVersion\":\"gateway.networking.k8s.io/v1\",\"kind\":\"HTTPRoute\",\"metadata\":{\"name\":\"" + name + "\"" + metadata + "},\"spec\":" + spec + "}";

    private static string ConfigMap(string name) => $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"},"data":{"a":"1"}}""";

    [Theory]
    [InlineData("GET", "/version", null, 200, "")]
    [InlineData("GET", "/api/v1/namespaces/default", null, 200, "")]
    [InlineData("GET", "/api/v1/namespaces/nope", null, 404, "NotFound")]
    [InlineData("GET", "/api/v1/nope", null, 404, "")]
    [InlineData("GET", Routes + "/nope", null, 404, "NotFound")]
    [InlineData("POST", Routes, "{}", 400, "BadRequest")]
    [InlineData("POST", Routes, "{", 400, "BadRequest")]
    [InlineData("POST", Routes, """{"apiVersion":"v1","kind":"HTTPRoute","metadata":{"name":"x"}}""", 400, "BadRequest")]
    [InlineData("POST", Routes, """{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"x","namespace":"other"}}""", 400, "BadRequest")]
    [InlineData("POST", "/apis/gateway.networking.k8s.io/v1/namespaces/none/httproutes", """{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"x"},"spec":{}}""", 404, "NotFound")]
    [InlineData("GET", Routes + "?fieldSelector=spec.x=1", null, 400, "BadRequest")]
    [InlineData("GET", Routes + "?continue=abc", null, 400, "BadRequest")]
    [InlineData("PUT", Routes, "{}", 400, "BadRequest")]
    [InlineData("DELETE", "/api/v1/namespaces/default", null, 403, "Forbidden")]
    public async Task AnswersAsAnApiServer(string method, string path, string? body, int status, string reason)
    {
        ApiAnswer answer = await _running.Eks(method, path, body);
        Assert.Equal(status, answer.Status);
        Assert.Equal(reason, answer.Reason);
    }

    /// <summary>What a client sends is what it means: nobody fills anything in later.</summary>
    [Theory]
    [InlineData("{{ host }}")]
    [InlineData("$HOST")]
    [InlineData("${HOST}.example")]
    [InlineData("$(HOST)")]
    [InlineData("@HOST@")]
    [InlineData("%HOST%")]
    [InlineData("<% host %>")]
    [InlineData("ENC[AES256_GCM,data:x]")]
    public async Task APlaceholderIsNoHostname(string hostname)
    {
        ApiAnswer answer = await _running.Eks("POST", Routes, Route("x", "{\"hostnames\":[\"" + hostname + "\"]}"));
        Assert.Equal((422, "Invalid"), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task TokensDecideWhoMayDoWhat()
    {
        string admin = _running.Sandbox.Of("sandbox-eks").Token;
        Assert.Equal(401, (await _running.Eks("GET", Routes, token: "wrong")).Status);
        Assert.Equal(403, (await _running.Eks("GET", Routes, token: "")).Status);
        Assert.Equal(200, (await _running.Eks("GET", Routes, token: admin + "-viewer")).Status);
        Assert.Equal(403, (await _running.Eks("POST", Routes, Route("x"), token: admin + "-viewer")).Status);
        Assert.Equal(401, (await _running.Send("sandbox-gke", "GET", Routes, token: admin)).Status);
    }

    [Fact]
    public async Task WhoMayActsAsSomebodyElse()
    {
        SandboxCluster eks = _running.Sandbox.Of("sandbox-eks");
        eks.Cluster.Users["dev"] = new ClusterUser("dev", ["team"], [new AccessRule(["default"], ["*"], ["configmaps"], ["get", "list"])]);
        Task<ApiAnswer> As(string token, string path, params (string Name, string Value)[] headers) => _running.As(token, path, headers);
        Assert.Equal(200, (await As(eks.Token, "/api/v1/namespaces/default/configmaps", ("Impersonate-User", "dev"))).Status);
        ApiAnswer refused = await As(eks.Token, Routes, ("Impersonate-User", "dev"));
        Assert.Equal((403, "Forbidden"), (refused.Status, refused.Reason));
        Assert.Contains("User \"dev\" cannot list resource \"httproutes\"", refused.Message);
        Assert.Equal(403, (await As(eks.Token, Routes, ("Impersonate-User", "nobody"))).Status);
        Assert.Equal(200, (await As(eks.Token, Routes, ("Impersonate-User", "nobody"), ("Impersonate-Group", "system:masters"))).Status);
        ApiAnswer noRight = await As(eks.Token + "-viewer", Routes, ("Impersonate-User", "dev"));
        Assert.Equal(403, noRight.Status);
        Assert.Contains("User \"sandbox-viewer\" cannot impersonate resource \"users\"", noRight.Message);
        Assert.Equal(500, (await As(eks.Token, Routes, ("Impersonate-Group", "a"))).Status);
    }

    [Fact]
    public async Task PatchesDoNotGrowBeyondAllBounds()
    {
        const string Map = "/api/v1/namespaces/default/configmaps/m";
        const string Type = "application/json-patch+json";
        await _running.Eks("POST", "/api/v1/namespaces/default/configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","annotations":{"x":"0123456789"}},"data":{"a":"0123456789"}}""");
        static string copies(int count) => "[" + string.Join(',', Enumerable.Range(0, count).Select(at => $$"""{"op":"copy","from":"/data","path":"/data/{{at}}"}""")) + "]";
        ApiAnswer bomb = await _running.Eks("PATCH", Map, copies(60), Type);
        Assert.Equal((422, "Invalid"), (bomb.Status, bomb.Reason));
        string deep = "[" + string.Join(',', Enumerable.Range(0, 300).Select(at => "{\"op\":\"add\",\"path\":\"" + string.Concat(Enumerable.Repeat("/a", at + 1)) + "\",\"value\":{}}")) + "]";
        Assert.Equal(422, (await _running.Eks("PATCH", Map, deep, Type)).Status);
        Assert.Equal(422, (await _running.Eks("PATCH", Map, """[{"op":"add","path":"data/b","value":"1"}]""", Type)).Status);
        Assert.Equal(422, (await _running.Eks("PATCH", Map, """[{"op":"add","path":"b","value":"1"}]""", Type)).Status);
        string most = new('x', 2_000_000);
        Assert.Equal(200, (await _running.Eks("PATCH", Map, $$$"""{"data":{"b":"{{{most}}}"}}""", "application/merge-patch+json")).Status);
        ApiAnswer more = await _running.Eks("PATCH", Map, $$$"""{"data":{"c":"{{{most}}}"}}""", "application/merge-patch+json");
        Assert.Equal((413, "RequestEntityTooLarge"), (more.Status, more.Reason));
        ApiAnswer moved = await _running.Eks("PATCH", Map, """[{"op":"move","from":"/data/a","path":"/data/z"},{"op":"copy","from":"/data/z","path":"/data/y"}]""", Type);
        Assert.Equal(("0123456789", "0123456789", null), (moved.At("data", "z").Text(), moved.At("data", "y").Text(), moved.At("data", "a").Text()));
    }

    [Fact]
    public async Task OlderClientsGetTheSchemasInTheirForm()
    {
        ApiAnswer all = await _running.Eks("GET", "/openapi/v2");
        Assert.Equal(("2.0", "string"), (all.At("swagger").Text(),
            all.At("definitions", "io.k8s.networking.gateway.v1.HTTPRoute", "properties", "spec", "properties", "hostnames", "items", "type").Text()));
        JsonNode? service = all.At("definitions", "core.v1.Service");
        Assert.NotNull(service);
        Assert.DoesNotContain("\"oneOf\"", service.ToJsonString());
    }

    [Fact]
    public async Task ValidationIsTheEnginesAndNamesFields()
    {
        ApiAnswer strict = await _running.Eks("POST", Routes + "?fieldValidation=Strict", Route("x", """{"foo":1}"""));
        Assert.Equal((400, "strict decoding error: unknown field \"spec.foo\""), (strict.Status, strict.Message[strict.Message.IndexOf("strict", StringComparison.Ordinal)..]));
        ApiAnswer warned = await _running.Eks("POST", Routes, Route("x", """{"foo":1}"""));
        Assert.Equal(201, warned.Status);
        Assert.Contains("unknown field", Assert.Single(warned.Warnings));
        ApiAnswer ignored = await _running.Eks("POST", Routes + "?fieldValidation=Ignore", Route("y", """{"foo":1}"""));
        Assert.Equal((201, 0), (ignored.Status, ignored.Warnings.Count));
        ApiAnswer invalid = await _running.Eks("POST", Routes, Route("z", """{"hostnames":["a b"]}"""));
        Assert.Equal((422, "Invalid"), (invalid.Status, invalid.Reason));
        Assert.Equal("spec.hostnames[0]", invalid.At("details", "causes")![0].At("field").Text());
    }

    [Fact]
    public async Task GenerationCountsSpecsAndStatusHasItsOwnDoor()
    {
        ApiAnswer made = await _running.Eks("POST", Routes, Route("x"));
        Assert.Equal(1, made.At("metadata", "generation").Number());
        // The controller writes the status meanwhile.
        await _running.Settle();
        made = await _running.Eks("GET", Routes + "/x");
        ApiAnswer same = await _running.Eks("PATCH", Routes + "/x", """{"spec":{"hostnames":["a.example"]}}""", "application/merge-patch+json");
        Assert.Equal(made.At("metadata", "resourceVersion").Text(), same.At("metadata", "resourceVersion").Text());
        ApiAnswer status = await _running.Eks("PATCH", Routes + "/x/status", """{"status":{"parents":[]},"spec":{"hostnames":["b.example"]}}""", "application/merge-patch+json");
        Assert.Equal("a.example", status.At("spec", "hostnames")![0].Text());
        Assert.Equal(1, status.At("metadata", "generation").Number());
        ApiAnswer changed = await _running.Eks("PATCH", Routes + "/x", """[{"op":"replace","path":"/spec/hostnames/0","value":"c.example"}]""", "application/json-patch+json");
        Assert.Equal((200, 2L), (changed.Status, changed.At("metadata", "generation").Number()));
        string body = Route("x", metadata: ",\"resourceVersion\":\"1\"");
        ApiAnswer late = await _running.Eks("PUT", Routes + "/x", body);
        Assert.Equal((409, "Conflict"), (late.Status, late.Reason));
    }

    [Fact]
    public async Task ApplyKnowsOwners()
    {
        Assert.Equal(201, (await _running.Eks("PATCH", Routes + "/a?fieldManager=one", Route("a", """{"parentRefs":[{"name":"gw"}],"hostnames":["a.example"]}""", ",\"labels\":{\"x\":\"1\"}"), ApplyType)).Status);
        string other = Route("a", """{"parentRefs":[{"name":"gw2"}]}""", ",\"labels\":{\"x\":\"2\",\"y\":\"1\"}");
        ApiAnswer conflict = await _running.Eks("PATCH", Routes + "/a?fieldManager=two", other, ApplyType);
        Assert.Equal((409, "Conflict"), (conflict.Status, conflict.Reason));
        Assert.Equal([".metadata.labels.x", ".spec.parentRefs"], conflict.At("details", "causes").Items().Select(cause => cause.At("field").Text()));
        ApiAnswer dry = await _running.Eks("PATCH", Routes + "/a?fieldManager=two&force=true&dryRun=All", other, ApplyType);
        Assert.Equal("2", dry.At("metadata", "labels", "x").Text());
        Assert.Equal("1", (await _running.Eks("GET", Routes + "/a")).At("metadata", "labels", "x").Text());
        ApiAnswer forced = await _running.Eks("PATCH", Routes + "/a?fieldManager=two&force=true", other, ApplyType);
        Assert.Equal(["one", "two"], forced.At("metadata", "managedFields").Items().Where(one => one.At("operation").Text() == "Apply").Select(one => one.At("manager").Text()));
        Assert.Equal("""{"f:spec":{"f:hostnames":{}}}""", Json.Text(forced.At("metadata", "managedFields")![0].At("fieldsV1")));
        // What the first manager no longer applies and nobody else owns is taken away.
        ApiAnswer less = await _running.Eks("PATCH", Routes + "/a?fieldManager=one", Route("a", "{}"), ApplyType);
        Assert.Null(less.At("spec", "hostnames"));
        Assert.Equal("gw2", less.At("spec", "parentRefs")![0].At("name").Text());
    }

    [Fact]
    public async Task ListsComeInPages()
    {
        for (int i = 0; i < 5; i++)
        {
            await _running.Eks("POST", "/api/v1/namespaces/default/configmaps", ConfigMap("c" + i.ToString(CultureInfo.InvariantCulture)));
        }
        var seen = new List<string?>();
        string next = "";
        do
        {
            ApiAnswer page = await _running.Eks("GET", $"/api/v1/namespaces/default/configmaps?limit=2&continue={next}");
            seen.AddRange(page.At("items").Items().Select(one => one.At("metadata", "name").Text()));
            next = page.At("metadata", "continue").Text() ?? "";
        }
        while (next.Length > 0);
        Assert.Equal(["c0", "c1", "c2", "c3", "c4"], seen);
    }

    [Fact]
    public async Task WatchesGoOnFromAVersionAndSayWhenItIsTooOld()
    {
        const string Maps = "/api/v1/namespaces/default/configmaps";
        await _running.Eks("POST", Maps, ConfigMap("first"));
        string from = (await _running.Eks("GET", Maps)).At("metadata", "resourceVersion").Text()!;
        await _running.Eks("POST", Maps, ConfigMap("second"));
        await _running.Eks("DELETE", Maps + "/first");
        Assert.Equal(["ADDED second", "DELETED first"], await Watch($"{Maps}?watch=1&timeoutSeconds=1&resourceVersion={from}"));
        Assert.Equal(["ADDED second", "BOOKMARK "], await Watch($"{Maps}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"));
        _running.Sandbox.Of("sandbox-eks").Cluster.Store.Compact();
        Assert.Equal(["ERROR 410"], await Watch($"{Maps}?watch=1&timeoutSeconds=1&resourceVersion={from}"));
    }

    [Fact]
    public async Task FinalizersHoldBackADeletion()
    {
        await _running.Eks("POST", Routes, Route("x", metadata: ",\"finalizers\":[\"example.com/keep\"]"));
        Assert.NotNull((await _running.Eks("DELETE", Routes + "/x")).At("metadata", "deletionTimestamp"));
        Assert.Equal(200, (await _running.Eks("GET", Routes + "/x")).Status);
        Assert.Equal(200, (await _running.Eks("PATCH", Routes + "/x", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json")).Status);
        Assert.Equal(404, (await _running.Eks("GET", Routes + "/x")).Status);
    }

    [Fact]
    public async Task DefinitionsOfUsersAreServed()
    {
        const string Definition = """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"cats.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
            "names":{"kind":"Cat","plural":"cats","singular":"cat"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"lives":{"type":"integer","maximum":9}}}}}}}]}}
            """;
        Assert.Equal(201, (await _running.Eks("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Definition)).Status);
        const string Cats = "/apis/example.com/v1/namespaces/default/cats";
        Assert.Equal(201, (await _running.Eks("POST", Cats, """{"apiVersion":"example.com/v1","kind":"Cat","metadata":{"name":"tom"},"spec":{"lives":9}}""")).Status);
        Assert.Equal(422, (await _running.Eks("POST", Cats, """{"apiVersion":"example.com/v1","kind":"Cat","metadata":{"name":"max"},"spec":{"lives":10}}""")).Status);
        Assert.Equal("Cat", (await _running.Eks("GET", "/apis/example.com/v1")).At("resources")![0].At("kind").Text());
        Assert.Equal(200, (await _running.Eks("DELETE", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/cats.example.com")).Status);
        Assert.Equal(404, (await _running.Eks("GET", Cats)).Status);
    }

    private async Task<IReadOnlyList<string>> Watch(string path)
    {
        SandboxCluster cluster = _running.Sandbox.Of("sandbox-eks");
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true, UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", cluster.Token);
        string text = await http.GetStringAsync($"https://127.0.0.1:{cluster.Port}{path}");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Json.ParseObject(line)!)
            .Select(one => $"{one["type"].Text()} {one.At("object", "metadata", "name").Text() ?? one.At("object", "code").Number()?.ToString(CultureInfo.InvariantCulture)}")];
    }
}
