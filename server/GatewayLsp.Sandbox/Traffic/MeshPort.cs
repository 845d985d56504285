using System.Net;
using GatewayLsp.Sandbox.Net;
using Microsoft.AspNetCore.Connections;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>
/// Where requests between Services come in (GAMMA): what a sidecar does for its pod, as an HTTP proxy of the whole cluster. The
/// host names the Service as a pod would; a header tells from which namespace the request comes.
/// </summary>
internal sealed class MeshPort : IDisposable
{
    /// <summary>Namespace of the client; taken away before the request goes on. Without it the Service's own.</summary>
    public const string ClientHeader = "Gateway-Sandbox-Namespace";

    private const int Preferred = 15001;

    private readonly Acceptor _acceptor;

    private MeshPort(Acceptor acceptor) => _acceptor = acceptor;

    public IPEndPoint EndPoint => _acceptor.EndPoint;

    public static MeshPort? TryListen(IPAddress address, HttpHub hub, HttpGateway http, Func<RoutingSnapshot> snapshot)
    {
        async Task serve(ConnectionContext connection)
        {
            Opening opening = await Opening.Look(connection.Transport.Input, connection.ConnectionClosed);
            if (opening.Kind is not (OpeningKind.Http1 or OpeningKind.Http2))
            {
                connection.Abort();
                return;
            }
            await hub.Serve(connection, opening.Kind, new HttpSide { Handle = context => http.Handle(context, snapshot(), null, null, isSecure: false) });
        }
        return (Acceptor.TryListen(new IPEndPoint(address, Preferred), serve) ?? Acceptor.TryListen(new IPEndPoint(address, 0), serve)) is { } acceptor ? new MeshPort(acceptor) : null;
    }

    public void Dispose() => _acceptor.Dispose();
}
