using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GatewayLsp.Kubernetes.Tests.Support;

internal sealed record FakeRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Token => Headers.TryGetValue("authorization", out string? value) ? value : null;
}

/// <summary>What the server does instead of a proper answer.</summary>
internal enum Fault { None, CutBody, CutHead, Stall, StallBody, Endless }

internal sealed record FakeAnswer(int Status, string Body)
{
    public string ContentType { get; init; } = "application/json";

    public (string Name, string Value)[] Headers { get; init; } = [];

    public Fault Fault { get; init; }

    /// <summary>Lines that follow the body one by one; for watches. The stream stays open until it is cancelled.</summary>
    public BlockingCollection<string>? Lines { get; init; }

    public static FakeAnswer Version => new(200, """{"major":"1","minor":"36","gitVersion":"v1.36.4"}""");

    public static FakeAnswer Refusal(int status, string reason, string message, string details = "{}") =>
        new(status, $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":{{System.Text.Json.JsonSerializer.Serialize(message)}},"reason":"{{reason}}","details":{{details}},"code":{{status}}}""");
}

/// <summary>A loopback server that answers as a test says, wrongly if it says so. HTTP/1.1, with TLS when it has a certificate.</summary>
internal sealed class FakeApiServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<FakeRequest, FakeAnswer> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly bool _wantsClientCertificate;

    public FakeApiServer(Func<FakeRequest, FakeAnswer> answer, X509Certificate2? certificate = null, bool wantsClientCertificate = false)
    {
        _answer = answer;
        _certificate = certificate;
        _wantsClientCertificate = wantsClientCertificate;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}";

    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    /// <summary>Subjects of the client certificates that were shown.</summary>
    public ConcurrentQueue<string> Clients { get; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient _ = client;
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var tls = new SslStream(stream, false, (_, certificate, _, _) => { Clients.Enqueue(certificate?.Subject ?? ""); return true; });
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, ClientCertificateRequired = _wantsClientCertificate }, _stop.Token);
                stream = tls;
            }
            while (await ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                FakeAnswer answer = _answer(request);
                if (!await WriteAsync(client, stream, answer))
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or AuthenticationException or SocketException)
        {
            // The other side went.
        }
    }

    private async Task<FakeRequest?> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }
            if (head.Length == 0 && one[0] == 0x16) // The start of TLS, at a server that speaks none.
            {
                await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
                return null;
            }
            head.Append((char)one[0]);
        }
        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(part => part[0].ToLowerInvariant(), part => part[1].Trim(), StringComparer.Ordinal);
        int length = headers.TryGetValue("content-length", out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body, _stop.Token);
        string[] first = lines[0].Split(' ');
        return new FakeRequest(first[0], first[1], headers, Encoding.UTF8.GetString(body));
    }

    private async Task<bool> WriteAsync(TcpClient client, Stream stream, FakeAnswer answer)
    {
        byte[] body = Encoding.UTF8.GetBytes(answer.Body);
        bool isChunked = answer.Lines is not null || answer.Fault == Fault.Endless;
        var head = new StringBuilder($"HTTP/1.1 {answer.Status} X\r\nContent-Type: {answer.ContentType}\r\n");
        head.Append(isChunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {body.Length}\r\n");
        foreach ((string name, string value) in answer.Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }
        head.Append("\r\n");
        byte[] start = Encoding.ASCII.GetBytes(head.ToString());
        switch (answer.Fault)
        {
            case Fault.Stall:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return false;
            case Fault.CutHead:
                await stream.WriteAsync(start.AsMemory(0, 12), _stop.Token);
                Reset(client);
                return false;
            case Fault.CutBody:
                await stream.WriteAsync(start, _stop.Token);
                await stream.WriteAsync(body.AsMemory(0, body.Length / 2), _stop.Token);
                await stream.FlushAsync(_stop.Token);
                await Task.Delay(50, _stop.Token);
                Reset(client);
                return false;
            case Fault.StallBody:
                await stream.WriteAsync(start, _stop.Token);
                await stream.WriteAsync(body.AsMemory(0, body.Length / 2), _stop.Token);
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return false;
            case Fault.Endless:
                await stream.WriteAsync(start, _stop.Token);
                while (true)
                {
                    await ChunkAsync(stream, new string(' ', 1 << 16));
                }
        }
        await stream.WriteAsync(start, _stop.Token);
        if (answer.Lines is null)
        {
            await stream.WriteAsync(body, _stop.Token);
            return true;
        }
        if (answer.Body.Length > 0)
        {
            await ChunkAsync(stream, answer.Body);
        }
        foreach (string line in answer.Lines.GetConsumingEnumerable(_stop.Token))
        {
            if (line == "RESET")
            {
                Reset(client);
                return false;
            }
            await ChunkAsync(stream, line);
        }
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), _stop.Token);
        return true;
    }

    private async Task ChunkAsync(Stream stream, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), _stop.Token);
        await stream.WriteAsync(bytes, _stop.Token);
        await stream.WriteAsync("\r\n"u8.ToArray(), _stop.Token);
        await stream.FlushAsync(_stop.Token);
    }

    private static void Reset(TcpClient client)
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }
}
