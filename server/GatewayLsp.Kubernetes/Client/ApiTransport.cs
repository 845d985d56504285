using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>
/// HTTP to one API server as one user: connections, credentials, one refresh after 401, waiting when the server asks for it.
/// Nothing is connected before the first request.
/// </summary>
internal sealed class ApiTransport : IDisposable
{
    private const int MaxErrorBody = 256 << 10;
    private const int MaxWarnings = 20;
    private const int MaxTries = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly ProductInfoHeaderValue Agent = new("gateway-lsp", "0.1");

    private readonly Uri _server;
    private readonly KubeCluster _cluster;
    private readonly ICredentialSource _credentials;
    private readonly ClusterSettings _settings;
    private readonly TlsTrust _trust;
    private readonly Uri? _proxy;
    private readonly Func<bool> _isAllowed;
    private readonly Lock _gate = new();
    private readonly List<HttpMessageInvoker> _retired = [];
    private HttpMessageInvoker? _invoker;
    private X509Certificate2? _certificate;
    private bool _isDisposed;

    public ApiTransport(Uri server, Uri? proxy, KubeCluster cluster, TlsTrust trust, ICredentialSource credentials, ClusterSettings settings, Redactor redactor,
        Func<bool> isAllowed)
    {
        _server = server;
        _proxy = proxy;
        _cluster = cluster;
        _trust = trust;
        _credentials = credentials;
        _settings = settings;
        _isAllowed = isAllowed;
        Redactor = redactor;
    }

    public Redactor Redactor { get; }

    /// <summary>The answer's head when the server agrees; the caller reads its body and disposes of it.</summary>
    public async Task<Answered<ApiResponse>> SendAsync(ApiRequest request, CancellationToken cancellation)
    {
        if (!_isAllowed())
        {
            return new ClusterError(ClusterErrorKind.NotAllowed, "This cluster was not picked, or the workspace is not trusted: nothing is run or asked for it.");
        }
        bool wasRefused = false;
        for (int attempt = 1; ; attempt++)
        {
            Answered<Credential> credential = await _credentials.GetAsync(cancellation).ConfigureAwait(false);
            if (!credential.IsOk)
            {
                return credential.Error;
            }
            Answered<ApiResponse> answer = await SendOnceAsync(request, credential.Value, cancellation).ConfigureAwait(false);
            if (answer.IsOk)
            {
                return answer;
            }
            if (answer.Error.Kind == ClusterErrorKind.Unauthorized && !wasRefused)
            {
                wasRefused = true;
                if (_credentials.Reject(credential.Value))
                {
                    continue;
                }
            }
            if (attempt >= MaxTries || !MayRepeat(request, answer.Error, out TimeSpan wait))
            {
                return answer;
            }
            await Task.Delay(wait, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The whole answer.</summary>
    public async Task<Answered<ApiBody>> ReadAsync(ApiRequest request, int limit, CancellationToken cancellation)
    {
        Answered<ApiResponse> answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return answer.Error;
        }
        using ApiResponse response = answer.Value;
        try
        {
            ReadOnlyMemory<byte>? body = await response.ReadToEndAsync(limit, cancellation).ConfigureAwait(false);
            return body is { } bytes
                ? new ApiBody(bytes, response.Status, response.Warnings)
                : new ClusterError(ClusterErrorKind.Broken, $"The answer is larger than {limit >> 20} MB; it is not read.");
        }
        catch (Exception error) when (FailureReader.Covers(error) && !cancellation.IsCancellationRequested)
        {
            return Failure(error);
        }
    }

    public ClusterError Failure(Exception error) => FailureReader.Read(error, _server, _proxy is not null, _trust);

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _invoker?.Dispose();
            foreach (HttpMessageInvoker one in _retired)
            {
                one.Dispose();
            }
        }
    }

    private async Task<Answered<ApiResponse>> SendOnceAsync(ApiRequest request, Credential credential, CancellationToken cancellation)
    {
        var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(request.Timeout ?? _settings.RequestTimeout);
        HttpResponseMessage? response = null;
        bool isHandedOver = false;
        try
        {
            HttpMessageInvoker invoker = InvokerFor(credential.Certificate);
            using HttpRequestMessage message = Message(request, credential);
            response = await invoker.SendAsync(message, timer.Token).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            var answer = new ApiResponse(response, timer, Warnings(response));
            if (status is >= 200 and < 300)
            {
                isHandedOver = true;
                return answer;
            }
            ReadOnlyMemory<byte>? body = await answer.ReadToEndAsync(MaxErrorBody, cancellation).ConfigureAwait(false);
            return StatusReader.Read(status, RetryAfter(response), body ?? default, request.What, Redactor);
        }
        catch (Exception error) when (FailureReader.Covers(error) && !cancellation.IsCancellationRequested)
        {
            return Failure(error);
        }
        finally
        {
            if (!isHandedOver)
            {
                response?.Dispose();
                timer.Dispose();
            }
        }
    }

    private HttpRequestMessage Message(ApiRequest request, Credential credential)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_server.AbsoluteUri.TrimEnd('/') + request.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.UserAgent.Add(Agent);
        // .NET takes the name for SNI and for checking the certificate from here, whatever its TLS options say.
        message.Headers.Host = _cluster.TlsServerName;
        if (credential.Authorization is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", credential.Authorization);
        }
        if (request.ContentType is not null)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }
        return message;
    }

    private HttpMessageInvoker InvokerFor(X509Certificate2? certificate)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_invoker is not null && ReferenceEquals(certificate, _certificate))
            {
                return _invoker;
            }
            if (_invoker is not null)
            {
                _retired.Add(_invoker); // Requests may still be under way on it.
            }
            _certificate = certificate;
            return _invoker = new HttpMessageInvoker(new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // It would carry the credentials elsewhere.
                UseCookies = false,
                AutomaticDecompression = _cluster.DisablesCompression ? DecompressionMethods.None : DecompressionMethods.GZip,
                ConnectTimeout = _settings.ConnectTimeout,
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
                PooledConnectionLifetime = TimeSpan.FromMinutes(15),
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
                EnableMultipleHttp2Connections = true,
                Proxy = _proxy is null ? EnvironmentProxy.Of(Environment.GetEnvironmentVariable) : new WebProxy(_proxy) { Credentials = ProxyCredentials(_proxy) },
                SslOptions = _trust.Options(certificate),
                ActivityHeadersPropagator = null,
            });
        }
    }

    private static NetworkCredential? ProxyCredentials(Uri proxy)
    {
        string[] parts = Uri.UnescapeDataString(proxy.UserInfo).Split(':', 2);
        return proxy.UserInfo.Length == 0 ? null : new NetworkCredential(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    /// <summary>
    /// 429 and a 503 with Retry-After mean that the request was not carried out. A write is repeated after 429 only: a proxy may
    /// say 503 for its own reasons.
    /// </summary>
    private static bool MayRepeat(ApiRequest request, ClusterError error, out TimeSpan wait)
    {
        wait = error.RetryAfter ?? TimeSpan.Zero;
        if (wait <= TimeSpan.Zero || wait > LongestWait)
        {
            return false;
        }
        wait += TimeSpan.FromMilliseconds(Random.Shared.Next(0, 250));
        return error.Kind == ClusterErrorKind.TooManyRequests || (error.Status == 503 && request.IsRead);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        RetryConditionHeaderValue? header = response.Headers.RetryAfter;
        TimeSpan? wait = header?.Delta ?? header?.Date - DateTimeOffset.UtcNow;
        return wait is { } time && time >= TimeSpan.Zero ? TimeSpan.FromSeconds(Math.Min(time.TotalSeconds, 86_400)) : null;
    }

    /// <summary>Texts of <c>Warning: 299 - "text"</c>.</summary>
    private ImmutableArray<string> Warnings(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Warning", out IEnumerable<string>? values))
        {
            return [];
        }
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (string value in values)
        {
            if (texts.Count < MaxWarnings && WarningText.Read(value) is { Length: > 0 } text && Redactor.Clean(text) is var clean && !texts.Contains(clean))
            {
                texts.Add(clean);
            }
        }
        return texts.ToImmutable();
    }
}

/// <summary>RFC 7234, 5.5: <c>code agent "text" ["date"]</c>.</summary>
internal static class WarningText
{
    public static string? Read(string header)
    {
        int quote = header.IndexOf('"', StringComparison.Ordinal);
        if (quote < 4 || !int.TryParse(header.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return null;
        }
        var text = new System.Text.StringBuilder();
        for (int i = quote + 1; i < header.Length && header[i] != '"'; i++)
        {
            if (header[i] == '\\' && i + 1 < header.Length)
            {
                i++;
            }
            text.Append(header[i]);
        }
        return text.ToString();
    }
}
