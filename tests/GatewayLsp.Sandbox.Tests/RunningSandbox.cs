using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>An answer of an API server.</summary>
internal sealed record ApiAnswer(int Status, JsonObject? Body, IReadOnlyList<string> Warnings)
{
    public string Reason => Body?["reason"].Text() ?? "";

    public string Message => Body?["message"].Text() ?? "";

    public JsonNode? At(params ReadOnlySpan<string> path) => Body.At(path);
}

/// <summary>A sandbox in this process, spoken to as clients do.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private readonly HttpClient _http;

    private RunningSandbox(Sandbox sandbox)
    {
        Sandbox = sandbox;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => Authority.Verifies(certificate, [sandbox.Authority.Certificate]) },
        });
    }

    public Sandbox Sandbox { get; }

    public static async Task<RunningSandbox> Start(Channel channel = Channel.Standard, Action<Cluster>? prepare = null, bool isBare = false) =>
        new(await Sandbox.Start(channel, _ => 0, prepare: prepare, isBare: isBare));

    public Task<ApiAnswer> Eks(string method, string path, string? body = null, string type = "application/json", string? token = null, string? accept = null) =>
        Send("sandbox-eks", method, path, body, type, token, accept);

    public async Task<ApiAnswer> Send(string cluster, string method, string path, string? body = null, string type = "application/json", string? token = null, string? accept = null)
    {
        SandboxCluster one = Sandbox.Of(cluster);
        return await Send(_http, new Uri($"https://127.0.0.1:{one.Port}{path}"), method, body, type, token ?? one.Token, accept);
    }

    /// <summary>A GET with headers of its own.</summary>
    public Task<ApiAnswer> As(string token, string path, params (string Name, string Value)[] headers) =>
        Send(_http, new Uri($"https://127.0.0.1:{Sandbox.Of("sandbox-eks").Port}{path}"), "GET", null, "", token, null, headers);

    public static async Task<ApiAnswer> Send(HttpClient http, Uri url, string method, string? body, string type, string token, string? accept, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("test", "1"));
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }
        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return new ApiAnswer((int)response.StatusCode, Json.ParseObject(text),
            response.Headers.TryGetValues("Warning", out IEnumerable<string>? warnings) ? [.. warnings] : []);
    }

    /// <summary>Applies every object of a manifest to a cluster; all must be taken.</summary>
    public async Task Apply(string cluster, string manifest)
    {
        foreach (JsonObject one in YamlObjects.ReadAll(manifest))
        {
            string? problem = await ApplyOne(cluster, one);
            Assert.True(problem is null, $"{one["kind"].Text()} {one.At("metadata", "name").Text()}: {problem}");
        }
    }

    /// <summary>Null when it was taken.</summary>
    public async Task<string?> ApplyOne(string cluster, JsonObject one)
    {
        string apiVersion = one["apiVersion"].Text() ?? "";
        string group = apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion.Split('/')[0] : "";
        if (Sandbox.Of(cluster).Cluster.Registry.OfKind(group, one["kind"].Text() ?? "") is not { } resource)
        {
            return "not served";
        }
        string ns = resource.IsNamespaced ? $"namespaces/{one.At("metadata", "namespace").Text() ?? "default"}/" : "";
        ApiAnswer answer = await Send(cluster, "PATCH",
            $"/{(group.Length == 0 ? "api" : "apis")}/{apiVersion}/{ns}{resource.Plural}/{one.At("metadata", "name").Text()}?fieldManager=test&force=true", Json.Text(one), "application/apply-patch+yaml");
        return answer.Status is 200 or 201 ? null : answer.Message;
    }

    public async Task Settle() => Assert.True(await Sandbox.Settle(TimeSpan.FromSeconds(30)), "the controllers came to no rest");

    /// <summary>Where a port of a Gateway is open; null when it is not.</summary>
    public IPEndPoint? GatewayAt(string cluster, string ns, string name, int port) =>
        Sandbox.Of(cluster).Plane.AddressOf(new ObjectName(ns, name)) is { } address && address.Ports.TryGetValue(port, out int real) ? new IPEndPoint(address.Address, real) : null;

    public StoredObject? Stored(string cluster, string group, string plural, string ns, string name) =>
        Sandbox.Of(cluster).Cluster.Store.Find(new ResourceName(group, plural), new ObjectPlace(ns, name));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Sandbox.DisposeAsync();
    }
}
