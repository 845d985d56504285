using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>How to speak to backends: in plain text, or with TLS as a BackendTLSPolicy says.</summary>
internal sealed class BackendConnections : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpMessageInvoker _plain = new(Handler());
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _secured = new(StringComparer.Ordinal);

    public HttpMessageInvoker For(RoutingSnapshot snapshot, ObjectName? gateway, BackendTarget target)
    {
        if (target.ServerName is not { } serverName)
        {
            return _plain;
        }
        (X509Certificate2Collection authorities, X509Certificate2? own) = Trust(snapshot, gateway, target);
        string key = $"{serverName}|{own?.Thumbprint}|{string.Join(',', authorities.Select(one => one.Thumbprint))}";
        return _secured.GetOrAdd(key, _ =>
        {
            // The handler's own TLS would take its server name from the Host header.
            SocketsHttpHandler handler = Handler();
            handler.ConnectCallback = (context, cancel) => Secure(context, Options(serverName, authorities, own), cancel);
            return new HttpMessageInvoker(handler);
        });
    }

    /// <summary>TLS towards a backend; the certificate must be for the name and come from one of the authorities.</summary>
    public static SslClientAuthenticationOptions Options(string serverName, X509Certificate2Collection authorities, X509Certificate2? own) => new()
    {
        TargetHost = serverName,
        ClientCertificates = own is null ? null : [own],
        RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && Net.Authority.Verifies(certificate, authorities),
    };

    public static (X509Certificate2Collection Authorities, X509Certificate2? Own) Trust(RoutingSnapshot snapshot, ObjectName? gateway, BackendTarget target)
    {
        var key = new ObjectKey(target.Group, target.Kind, target.Namespace, target.Name);
        BackendTlsPolicy? policy = snapshot.Resolver.Referring(key, ReferenceRole.PolicyTarget).OfType<BackendTlsPolicy>()
            .Where(one => one.Hostname == target.ServerName && one.TargetRefs.Any(to => to.Key == key)).OrderBy(one => one.FullName, StringComparer.Ordinal).FirstOrDefault();
        X509Certificate2Collection authorities = policy is null
            ? snapshot.Trust.Authorities([], withSystem: true)
            : snapshot.Trust.Authorities(policy.CaCertificateRefs, withSystem: policy.WellKnownCaCertificates == "System");
        ObjectRef? client = (gateway is { } named ? snapshot.Resolver.Gateway(named.Namespace, named.Name) : null)?.Gateway.Tls.ClientCertificateRef;
        return (authorities, client is null ? null : snapshot.Trust.Pair(client.Namespace, client.Name));
    }

    private static async ValueTask<Stream> Secure(SocketsHttpConnectionContext context, SslClientAuthenticationOptions options, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            var secured = new SslStream(new NetworkStream(socket, ownsSocket: true));
            options.ApplicationProtocols = [context.InitialRequestMessage.Version.Major == 2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11];
            await secured.AuthenticateAsClientAsync(options, cancel);
            return secured;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _plain.Dispose();
        foreach (HttpMessageInvoker one in _secured.Values)
        {
            one.Dispose();
        }
    }

    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false, AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true, ActivityHeadersPropagator = null, ConnectTimeout = ConnectTimeout,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };
}
