using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Demo;

/// <summary>What came back of a request.</summary>
/// <param name="Status">0 when there was no answer.</param>
/// <param name="Body">Of an echo server; else null.</param>
internal sealed record Reply(int Status, JsonObject? Body, string? Location, TimeSpan Took)
{
    public bool IsFine => Status is >= 200 and < 400;

    public string Cluster => Body.At("cluster").Text() ?? "";

    public string Version => Body.At("version").Text() ?? "";

    /// <summary>Who it was, as the table of <c>traffic</c> shows it.</summary>
    public string Who => Body is null ? Status == 0 ? "(no answer)" : $"(status {Status})" : $"{Cluster} {Body.At("deployment").Text()}";
}

/// <summary>Sends requests to Gateways by address. A name is only a header: nothing is looked up.</summary>
internal sealed class Sender : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _http;
    private readonly ConcurrentDictionary<string, IPEndPoint> _secure = new(StringComparer.Ordinal);

    /// <param name="authority">Who signed what gateways show.</param>
    public Sender(X509Certificate2? authority)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) };
        if (authority is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                    (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && Authority.Verifies(certificate, [authority]),
            };
        }
        handler.ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                EndPoint to = _secure.TryGetValue($"{context.DnsEndPoint.Host}:{context.DnsEndPoint.Port}", out IPEndPoint? known) ? known : context.DnsEndPoint;
                await socket.ConnectAsync(to, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>GET over plain HTTP.</summary>
    public Task<Reply> Get(IPEndPoint gateway, string host, string path, params (string Name, string Value)[] headers) =>
        Send(new Uri($"http://{gateway}{path}"), host, headers);

    /// <summary>GET over HTTPS; the server name is the host.</summary>
    public Task<Reply> GetSecure(IPEndPoint gateway, string host, string path)
    {
        _secure[$"{host}:{gateway.Port}"] = gateway;
        return Send(new Uri($"https://{host}:{gateway.Port}{path}"), host, []);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Reply> Send(Uri url, string host, (string Name, string Value)[] headers)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (host.Length > 0)
        {
            request.Headers.Host = host;
        }
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, patience.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(patience.Token);
            return new Reply((int)response.StatusCode, Json.Parse(body) as JsonObject, response.Headers.Location?.OriginalString, System.Diagnostics.Stopwatch.GetElapsedTime(start));
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException or IOException)
        {
            return new Reply(0, null, null, System.Diagnostics.Stopwatch.GetElapsedTime(start));
        }
    }
}
