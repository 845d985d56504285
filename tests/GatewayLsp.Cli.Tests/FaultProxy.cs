using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayLsp.Cli.Tests;

internal enum FaultKind
{
    /// <summary>Answers with a status of its own; the server never sees the request.</summary>
    Status,

    /// <summary>Cuts the connection; the server never sees the request.</summary>
    CutBefore,

    /// <summary>Cuts the connection after the server did what it was asked.</summary>
    CutAfter,

    /// <summary>The server's answer ends in the middle.</summary>
    CutBody,

    /// <summary>Takes the request, which the server never sees, and says nothing.</summary>
    Stall,
}

/// <param name="Count">So many writes fail from the first one on; then all is well.</param>
internal sealed record ProxyFault(FaultKind Kind, int Status = 0, string Reason = "", int Count = 1, string Details = "{}");

/// <summary>Stands between the command line and the EKS-like API server and spoils writes. Dry runs and reads pass, unless told otherwise.</summary>
internal sealed partial class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _upstream;
    private readonly Uri _server;
    private readonly X509Certificate2 _certificate;
    private ProxyFault? _fault;
    private int _first;
    private int _writes;

    private FaultProxy(Uri server)
    {
        _server = server;
        _certificate = Certificate();
        _upstream = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null },
        });
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Url => _app.Urls.First();

    /// <summary>Also reads and dry runs are spoilt.</summary>
    public bool SpoilsAll { get; set; }

    public static async Task<FaultProxy> Start(string kubeconfig)
    {
        var proxy = new FaultProxy(new Uri(Server.Match(File.ReadAllText(kubeconfig)).Groups[1].Value));
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>From the given write on, counted from 1.</summary>
    public void Break(ProxyFault? fault, int first = 1)
    {
        _writes = 0;
        _first = first;
        _fault = fault;
        SpoilsAll = false;
    }

    public string Kubeconfig(string token = "eks-admin", string? server = null, string? authority = null) => $$"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: proxied
          cluster: {server: "{{server ?? Url}}", certificate-authority-data: "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(authority ?? _certificate.ExportCertificatePem()))}}"}
        contexts:
        - name: proxied
          context: {cluster: proxied, user: proxied}
        users:
        - name: proxied
          user: {token: {{token}}}
        """;

    public static string OtherAuthority()
    {
        using X509Certificate2 other = Certificate();
        return other.ExportCertificatePem();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _upstream.Dispose();
        _certificate.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        bool isWrite = context.Request.Method is "PATCH" or "PUT" or "POST" or "DELETE" && !context.Request.QueryString.Value!.Contains("dryRun", StringComparison.Ordinal);
        int write = isWrite ? Interlocked.Increment(ref _writes) : 0;
        ProxyFault? fault = _fault is { } known && (isWrite ? write >= _first && write < (long)_first + known.Count : SpoilsAll && _writes >= _first) ? known : null;
        switch (fault?.Kind)
        {
            case FaultKind.Status:
                context.Response.StatusCode = fault.Status;
                context.Response.ContentType = "application/json";
                if (fault.Status is 429 or 503)
                {
                    context.Response.Headers.RetryAfter = "1";
                }
                await context.Response.WriteAsync($$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{fault.Reason}}","message":"injected","details":{{fault.Details}},"code":{{fault.Status}}}""");
                return;
            case FaultKind.CutBefore:
                context.Abort();
                return;
            case FaultKind.Stall:
                await Task.Delay(TimeSpan.FromMinutes(5), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                context.Abort();
                return;
        }
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_server, context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent()));
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
        }
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers)
        {
            if (name is not ("Host" or "Content-Length" or "Transfer-Encoding") && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
        using HttpResponseMessage response = await _upstream.SendAsync(request, context.RequestAborted);
        byte[] answer = await response.Content.ReadAsByteArrayAsync();
        if (fault?.Kind == FaultKind.CutAfter)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        context.Response.ContentLength = answer.Length;
        if (fault?.Kind == FaultKind.CutBody)
        {
            await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }
        await context.Response.Body.WriteAsync(answer);
    }

    private static X509Certificate2 Certificate()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=fault-proxy", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    [GeneratedRegex("server: (https://\\S+)")]
    private static partial Regex Server { get; }
}
