using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace GatewayLsp.Server.Sending;

/// <summary>
/// Sends the same request a number of times, some at once. Redirects are not followed, cookies not kept, proxies not used: what
/// the Gateway answers is what is seen.
/// </summary>
internal sealed class RequestSender(TestRequest request, TimeSpan timeout) : IDisposable
{
    private const int AtOnce = 8;
    private const int MaxBody = 64 * 1024;

    private readonly Lock _gate = new();
    private HttpMessageInvoker? _http;
    private string? _certificateProblem;

    /// <summary>One answer a request, in the order in which they were sent.</summary>
    public async Task<TestAnswer[]> SendAsync(int count, CancellationToken cancellation)
    {
        var answers = new TestAnswer[count];
        int next = -1;
        async Task Work()
        {
            while (Interlocked.Increment(ref next) is var at && at < count)
            {
                answers[at] = await OneAsync(cancellation).ConfigureAwait(false);
            }
        }
        await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, count)).Select(_ => Work())).ConfigureAwait(false);
        return answers;
    }

    public void Dispose() => _http?.Dispose();

    private async Task<TestAnswer> OneAsync(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            if (request.IsBare)
            {
                (string status, string said) = await StreamSender.SendAsync(request, Judge, limit.Token).ConfigureAwait(false);
                return new TestAnswer(status, [], said, Stopwatch.GetElapsedTime(start), null) { CertificateProblem = _certificateProblem };
            }
            using HttpRequestMessage message = Message();
            using HttpResponseMessage response = await Http().SendAsync(message, limit.Token).ConfigureAwait(false);
            string body = await ReadAsync(response, limit.Token).ConfigureAwait(false);
            var headers = new List<KeyValuePair<string, string>>();
            foreach ((string name, IEnumerable<string> values) in response.Headers.NonValidated.Select(one => (one.Key, (IEnumerable<string>)one.Value))
                .Concat(response.Content.Headers.NonValidated.Select(one => (one.Key, (IEnumerable<string>)one.Value))))
            {
                headers.AddRange(values.Select(value => KeyValuePair.Create(name, value)));
            }
            return new TestAnswer(Status(response), headers, body, Stopwatch.GetElapsedTime(start), null) { CertificateProblem = _certificateProblem };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(start, string.Create(CultureInfo.InvariantCulture, $"No answer within {timeout.TotalSeconds:0.##} s."));
        }
        catch (FormatException)
        {
            return Failed(start, "Method, host or a header can't be written as HTTP.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or AuthenticationException)
        {
            return Failed(start, Reason(e));
        }
    }

    private TestAnswer Failed(long start, string reason) =>
        new(null, [], "", Stopwatch.GetElapsedTime(start), reason) { CertificateProblem = _certificateProblem };

    private string Reason(Exception e)
    {
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return $"Nobody listens at {request.Address}:{request.Port}.";
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return $"The name {request.Address} has no address.";
                case SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut }:
                    return $"There is no way to {request.Address} from here.";
                case SocketException { SocketErrorCode: SocketError.ConnectionReset }:
                    return "The connection was reset.";
                case AuthenticationException:
                    return _certificateProblem is { } problem
                        ? $"The request has credentials and the server's certificate is not to be trusted: {problem}."
                        : "The TLS handshake failed.";
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return request.IsBare ? "The connection was closed without a word." : "The connection ended before the answer did.";
            }
        }
        return request.IsBare ? "The connection broke off." : "The answer makes no sense as HTTP.";
    }

    private HttpRequestMessage Message()
    {
        string scheme = request.IsTls ? "https" : "http";
        // The path goes out as it is written: that is what the match is about.
        var uri = new Uri($"{scheme}://{request.Authority}{request.Path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        if (request.IsGrpc)
        {
            message.Method = HttpMethod.Post;
            message.Version = HttpVersion.Version20;
            message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            // One message without a field, not compressed: any protobuf message can be read from it.
            message.Content = new ByteArrayContent(new byte[5]);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        }
        foreach ((string name, string value) in request.Headers)
        {
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                message.Headers.Host = value;
            }
            else if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
            }
        }
        return message;
    }

    private HttpMessageInvoker Http()
    {
        lock (_gate)
        {
            return _http ??= new HttpMessageInvoker(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                AutomaticDecompression = DecompressionMethods.None,
                MaxConnectionsPerServer = AtOnce,
                ConnectTimeout = timeout,
                ConnectCallback = ConnectAsync,
                SslOptions = new SslClientAuthenticationOptions
                {
                    TargetHost = request.ServerName,
                    RemoteCertificateValidationCallback = (_, _, _, errors) => Judge(errors),
                },
            });
        }
    }

    /// <summary>What is tested is the way of a request; a certificate that nobody here knows is told, unless secrets would go out to its owner.</summary>
    private bool Judge(SslPolicyErrors errors)
    {
        _certificateProblem = errors == SslPolicyErrors.None ? null
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "it is for another name"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "there is none"
            : "no authority that is known here has signed it, or it is not valid now";
        return _certificateProblem is null || !request.HasCredentials;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(request.Address, request.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string Status(HttpResponseMessage response)
    {
        if (request.IsGrpc && (int)response.StatusCode == 200)
        {
            string? code = First(response.TrailingHeaders, "grpc-status") ?? First(response.Headers, "grpc-status");
            return code is null ? "grpc status missing" : "grpc " + code;
        }
        return ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
    }

    private static string? First(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            byte[] kept = new byte[MaxBody];
            int length = 0;
            int read;
            while (length < MaxBody && (read = await stream.ReadAsync(kept.AsMemory(length), cancellation).ConfigureAwait(false)) > 0)
            {
                length += read;
            }
            byte[] rest = new byte[4096];
            long passed = 0;
            // Trailers come after the body; of an endless one only so much is awaited.
            while (length == MaxBody && passed < 16 * MaxBody && (read = await stream.ReadAsync(rest, cancellation).ConfigureAwait(false)) > 0)
            {
                passed += read;
            }
            return Encoding.UTF8.GetString(kept, 0, length);
        }
    }
}
