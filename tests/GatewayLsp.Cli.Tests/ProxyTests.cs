using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GatewayLsp.Cli.Tests;

/// <summary>The proxy of the environment, as kubectl and the clouds' command lines take it: in a process of its own, since the runtime reads it once.</summary>
public sealed class ProxyTests : IDisposable
{
    private const string Config = """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "https://api.example.com"}}]
        contexts: [{name: away, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: planted-token}}]
        """;

    private readonly CliHost _host = new CliHost().Write("config", Config);

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("HTTPS_PROXY", "", true)]
    [InlineData("https_proxy", "", true)]
    [InlineData("ALL_PROXY", "", true)]
    [InlineData("HTTPS_PROXY", "example.com", false)]
    [InlineData("HTTPS_PROXY", ".example.com", false)]
    [InlineData("HTTPS_PROXY", "api.example.com:443", false)]
    [InlineData("HTTPS_PROXY", "ample.com, api.example.com:80, 10.0.0.0/8", true)]
    public async Task The_proxy_of_the_environment_is_used(string variable, string except, bool isUsed)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> asked = TakeAsync(listener);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "gateway-lsp"), ["contexts", "--timeout", "5"])
        {
            WorkingDirectory = _host.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string known in (string[])["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"])
        {
            start.Environment.Remove(known);
        }
        start.Environment["KUBECONFIG"] = Path.Combine(_host.Folder, "config");
        start.Environment[variable] = $"http://me:planted-proxy@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        start.Environment["NO_PROXY"] = except;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        listener.Stop();
        string head = await asked;
        if (isUsed)
        {
            Assert.StartsWith("CONNECT api.example.com:443 ", head, StringComparison.Ordinal);
            Assert.Contains("proxy", said, StringComparison.OrdinalIgnoreCase);
        }
        else
        {
            Assert.Equal("", head);
        }
        Assert.DoesNotContain("planted", said, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-token", head, StringComparison.Ordinal);
    }

    /// <summary>The head of the first request, which is refused; empty when none comes.</summary>
    private static async Task<string> TakeAsync(TcpListener listener)
    {
        try
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            NetworkStream stream = client.GetStream();
            byte[] buffer = new byte[4096];
            int read = await stream.ReadAsync(buffer);
            await stream.WriteAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            return Encoding.ASCII.GetString(buffer, 0, read);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return "";
        }
    }
}
