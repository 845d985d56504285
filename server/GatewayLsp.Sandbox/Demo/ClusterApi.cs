using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Demo;

/// <summary>The API of one cluster as a client sees it: over the network, with certificate and token.</summary>
internal sealed class ClusterApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly SandboxCluster _cluster;

    public ClusterApi(SandboxCluster cluster, X509Certificate2 authority)
    {
        _cluster = cluster;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, errors) => (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && Authority.Verifies(certificate, [authority]) },
        })
        {
            BaseAddress = new Uri($"https://127.0.0.1:{cluster.Port}"), Timeout = TimeSpan.FromSeconds(5),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.Token);
    }

    public string Name => _cluster.Cluster.Name;

    /// <summary>Server-side apply. Null when it went well, else what the server said.</summary>
    public async Task<string?> Apply(JsonObject body)
    {
        string apiVersion = body["apiVersion"].Text() ?? "";
        string[] parts = apiVersion.Split('/');
        string group = parts.Length == 2 ? parts[0] : "";
        if (_cluster.Cluster.Registry.OfKind(group, body["kind"].Text() ?? "") is not { } resource)
        {
            return $"{apiVersion} {body["kind"].Text()} is not served";
        }
        string ns = resource.IsNamespaced ? $"namespaces/{body.At("metadata", "namespace").Text() ?? "default"}/" : "";
        string path = $"{(group.Length == 0 ? "/api/" : "/apis/")}{apiVersion}/{ns}{resource.Plural}/{body.At("metadata", "name").Text()}?fieldManager=gateway-sandbox-demo&force=true&fieldValidation=Strict";
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new ByteArrayContent(Json.Write(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
        using HttpResponseMessage response = await _http.SendAsync(request);
        return response.IsSuccessStatusCode ? null : Json.ParseObject(await response.Content.ReadAsStringAsync())?["message"].Text() ?? response.StatusCode.ToString();
    }

    /// <summary>Null when there is no answer or none that is fine.</summary>
    public async Task<JsonObject?> Get(string path)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(path);
            return response.IsSuccessStatusCode ? Json.ParseObject(await response.Content.ReadAsStringAsync()) : null;
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>True when all objects of a list have the condition with status True, at the generation that is current.</summary>
    public async Task<bool> AllHave(string path, string condition)
    {
        JsonObject? list = await Get(path);
        return list?["items"] is JsonArray { Count: > 0 } items && items.All(item =>
        {
            long? generation = item.At("metadata", "generation").Number();
            JsonNode?[] conditions = item.At("status", "parents") is JsonArray parents
                ? [.. parents.SelectMany(parent => parent.At("conditions").Items())]
                : [.. item.At("status", "conditions").Items()];
            JsonNode?[] wanted = [.. conditions.Where(one => one.At("type").Text() == condition)];
            return wanted.Length > 0 && wanted.All(one => one.At("status").Text() == "True" && (one.At("observedGeneration").Number() is not { } observed || observed == generation));
        });
    }

    public void Dispose() => _http.Dispose();
}
