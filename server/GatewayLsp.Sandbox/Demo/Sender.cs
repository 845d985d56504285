using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Demo;

/// <summary>A request as a client would make it, apart from where it is sent.</summary>
/// <param name="Host">Host header and server name of TLS; empty for the gateway's own address.</param>
/// <param name="Path">With the query; of a gRPC call <c>/SERVICE/METHOD</c>.</param>
internal sealed record ClientRequest(string Host, string Path, IReadOnlyList<(string Name, string Value)> Headers, bool IsSecure = false, bool IsGrpc = false);

/// <summary>Sends requests to Gateways by address. A name is only a header and a server name: nothing is looked up.</summary>
/// <param name="authority">Who signed what gateways show; null where no request has TLS.</param>
/// <param name="isInsecure">True to take every certificate.</param>
internal sealed class Sender(X509Certificate2? authority, bool isInsecure = false) : IDisposable
{
    private const int MostAnswer = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Connections of one gateway are never used for another, though both go by the same name.</summary>
    private readonly ConcurrentDictionary<IPEndPoint, HttpMessageInvoker> _http = new();

    /// <summary>GET over plain HTTP.</summary>
    public Task<Reply> Get(IPEndPoint gateway, string host, string path, params (string Name, string Value)[] headers) => Send(gateway, new ClientRequest(host, path, headers));

    /// <summary>GET over HTTPS; the server name is the host.</summary>
    public Task<Reply> GetSecure(IPEndPoint gateway, string host, string path) => Send(gateway, new ClientRequest(host, path, [], IsSecure: true));

    public async Task<Reply> Send(IPEndPoint gateway, ClientRequest wanted)
    {
        long start = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience);
        using HttpRequestMessage request = Request(gateway, wanted);
        try
        {
            using HttpResponseMessage response = await _http.GetOrAdd(gateway, Make).SendAsync(request, patience.Token);
            await response.Content.LoadIntoBufferAsync(MostAnswer, patience.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(patience.Token);
            JsonObject? echo = wanted.IsGrpc ? Reply.OfGrpc(body) : Json.Parse(body) as JsonObject;
            return new Reply((int)response.StatusCode, echo, response.Headers.Location?.OriginalString, Stopwatch.GetElapsedTime(start)) { GrpcStatus = wanted.IsGrpc ? GrpcStatus(response) : 0 };
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException or IOException)
        {
            return Reply.None with { Took = Stopwatch.GetElapsedTime(start), Problem = Problem(failed) };
        }
    }

    public void Dispose()
    {
        foreach (HttpMessageInvoker one in _http.Values)
        {
            one.Dispose();
        }
    }

    private static HttpRequestMessage Request(IPEndPoint gateway, ClientRequest wanted)
    {
        // The address stands in the URL, so that no name can make it an invalid one; the handler takes the server name of TLS from the header.
        var url = new Uri($"{(wanted.IsSecure ? "https" : "http")}://{gateway}{wanted.Path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(wanted.IsGrpc ? HttpMethod.Post : HttpMethod.Get, url);
        if (wanted.Host.Length > 0)
        {
            request.Headers.Host = wanted.Host;
        }
        if (wanted.IsGrpc)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            // One empty message.
            request.Content = new ByteArrayContent([0, 0, 0, 0, 0]);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            request.Headers.TryAddWithoutValidation("TE", "trailers");
        }
        foreach ((string name, string value) in wanted.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
        return request;
    }

    private HttpMessageInvoker Make(IPEndPoint gateway)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
        };
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => isInsecure
                || (authority is not null && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && Authority.Verifies(certificate, [authority])),
        };
        handler.ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(gateway, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return new HttpMessageInvoker(handler);
    }

    private static int GrpcStatus(HttpResponseMessage response) =>
        (response.TrailingHeaders.TryGetValues("grpc-status", out IEnumerable<string>? values) || response.Headers.TryGetValues("grpc-status", out values))
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : 2;

    /// <summary>Few and fixed words: the table has a row for each.</summary>
    private static string Problem(Exception failed) => failed switch
    {
        OperationCanceledException => "no answer in time",
        HttpRequestException { InnerException: AuthenticationException } => "certificate not trusted",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "TLS refused",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "connection refused",
        _ => "no answer",
    };
}
