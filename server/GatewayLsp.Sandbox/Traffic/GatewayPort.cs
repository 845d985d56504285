using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Sandbox.Net;
using Microsoft.AspNetCore.Connections;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>One open TCP port of a Gateway: finds out what a client speaks and which listener it is for.</summary>
internal sealed class GatewayPort : IDisposable
{
    private readonly HttpHub _hub;
    private readonly HttpGateway _http;
    private readonly StreamGateway _streams;
    private readonly Func<RoutingSnapshot> _snapshot;
    private readonly ObjectName _gateway;
    private readonly int _port;
    private Acceptor? _acceptor;

    private GatewayPort(HttpHub hub, HttpGateway http, StreamGateway streams, Func<RoutingSnapshot> snapshot, ObjectName gateway, int port)
    {
        _hub = hub;
        _http = http;
        _streams = streams;
        _snapshot = snapshot;
        _gateway = gateway;
        _port = port;
    }

    public int RealPort => _acceptor!.EndPoint.Port;

    public static GatewayPort? TryListen(IPEndPoint at, HttpHub hub, HttpGateway http, StreamGateway streams, Func<RoutingSnapshot> snapshot, ObjectName gateway, int port)
    {
        var opened = new GatewayPort(hub, http, streams, snapshot, gateway, port);
        opened._acceptor = Acceptor.TryListen(at, opened.Serve);
        return opened._acceptor is null ? null : opened;
    }

    public void Dispose() => _acceptor?.Dispose();

    private async Task Serve(ConnectionContext connection)
    {
        RoutingSnapshot snapshot = _snapshot();
        string[] protocols = [.. snapshot.Listeners(_gateway, _port).Select(one => one.Listener.Protocol).Distinct()];
        if (protocols is ["TCP"])
        {
            await Carry(connection, snapshot, snapshot.Trace(Request(TraceProtocol.Tcp, null)), new DuplexStream(connection.Transport));
            return;
        }
        Opening opening = await Opening.Look(connection.Transport.Input, connection.ConnectionClosed);
        switch (opening.Kind)
        {
            case OpeningKind.Tls when protocols.Any(one => one is "HTTPS" or "TLS"):
                await Secured(connection, snapshot, opening.ServerName);
                break;
            case OpeningKind.Http1 or OpeningKind.Http2 when protocols.Contains("HTTP"):
                await _hub.Serve(connection, opening.Kind, new HttpSide { Handle = context => _http.Handle(context, _snapshot(), _gateway, _port, isSecure: false) });
                break;
            default:
                connection.Abort();
                break;
        }
    }

    private async Task Secured(ConnectionContext connection, RoutingSnapshot snapshot, string serverName)
    {
        if (snapshot.ByServerName(_gateway, _port, serverName) is not { } listener)
        {
            connection.Abort();
            return;
        }
        if (listener.Listener.Protocol == "HTTPS")
        {
            await _hub.Serve(connection, OpeningKind.Tls, new HttpSide
            {
                Handle = context => _http.Handle(context, _snapshot(), _gateway, _port, isSecure: true),
                IsSecure = true,
                Tls = name => Options(snapshot, listener, name),
            });
            return;
        }
        RequestTrace trace = snapshot.Trace(Request(TraceProtocol.Tls, serverName));
        if (listener.Listener.IsPassthrough)
        {
            await Carry(connection, snapshot, trace, new DuplexStream(connection.Transport));
            return;
        }
        if (trace.Response is not null || Options(snapshot, listener, serverName) is not { } options)
        {
            connection.Abort();
            return;
        }
        await using var opened = new SslStream(new DuplexStream(connection.Transport));
        await opened.AuthenticateAsServerAsync(options, connection.ConnectionClosed);
        await Carry(connection, snapshot, trace, opened);
    }

    private async Task Carry(ConnectionContext connection, RoutingSnapshot snapshot, RequestTrace trace, Stream client)
    {
        if (trace.Response is not null || !await _streams.Carry(snapshot, _gateway, trace, client, connection.ConnectionClosed))
        {
            connection.Abort();
        }
    }

    private TraceRequest Request(TraceProtocol protocol, string? serverName) => new() { Gateway = _gateway, Port = _port, Protocol = protocol, ServerName = serverName };

    private SslServerAuthenticationOptions? Options(RoutingSnapshot snapshot, ResolvedListener listener, string? serverName)
    {
        if (TrustStore.Choose(snapshot.Trust.Of(listener), serverName ?? "") is not { } certificate)
        {
            return null;
        }
        var options = new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.None };
        if (snapshot.Resolver.Gateway(_gateway.Namespace, _gateway.Name)?.Gateway.Tls.ValidationOf(_port) is { } check)
        {
            X509Certificate2Collection authorities = snapshot.Trust.Authorities(check.CaCertificateRefs, withSystem: false);
            options.ClientCertificateRequired = true;
            options.RemoteCertificateValidationCallback = (_, presented, _, _) =>
                check.AllowsInsecureFallback || Authority.Verifies(presented, authorities);
        }
        return options;
    }
}
