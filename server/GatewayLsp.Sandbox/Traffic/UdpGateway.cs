using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>Carries datagrams of one port: each client address is a session with a backend of its own.</summary>
internal sealed class UdpGateway : IDisposable
{
    private const int MaxSessions = 1_000;
    private const int MaxDatagram = 65_507;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly Func<RoutingSnapshot> _snapshot;
    private readonly StreamGateway _streams;
    private readonly ObjectName _gateway;
    private readonly int _port;
    private readonly ConcurrentDictionary<EndPoint, Socket> _sessions = new();

    private UdpGateway(Socket socket, Func<RoutingSnapshot> snapshot, StreamGateway streams, ObjectName gateway, int port)
    {
        _socket = socket;
        _snapshot = snapshot;
        _streams = streams;
        _gateway = gateway;
        _port = port;
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public static UdpGateway? TryListen(IPEndPoint at, Func<RoutingSnapshot> snapshot, StreamGateway streams, ObjectName gateway, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(at);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        var udp = new UdpGateway(socket, snapshot, streams, gateway, port);
        _ = Task.Run(udp.Run);
        return udp;
    }

    public void Dispose()
    {
        _socket.Dispose();
        foreach (Socket session in _sessions.Values)
        {
            session.Dispose();
        }
    }

    private async Task Run()
    {
        byte[] buffer = new byte[MaxDatagram];
        var any = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            try
            {
                SocketReceiveFromResult got = await _socket.ReceiveFromAsync(buffer, any);
                if (Session(got.RemoteEndPoint) is { } backend)
                {
                    await backend.SendAsync(buffer.AsMemory(0, got.ReceivedBytes));
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException failed) when (failed.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotSocket)
            {
                return;
            }
            catch (SocketException)
            {
                // A backend that is gone: its session ends by itself.
            }
        }
    }

    private Socket? Session(EndPoint client)
    {
        if (_sessions.TryGetValue(client, out Socket? known))
        {
            return known;
        }
        RoutingSnapshot snapshot = _snapshot();
        RequestTrace trace = snapshot.Trace(new TraceRequest { Gateway = _gateway, Port = _port, Protocol = TraceProtocol.Udp });
        if (_sessions.Count >= MaxSessions || _streams.Choose(snapshot, trace).Endpoints is not [var endpoint, ..])
        {
            return null;
        }
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(endpoint.Address);
        _sessions[client] = socket;
        _ = Task.Run(() => Back(client, socket));
        return socket;
    }

    private async Task Back(EndPoint client, Socket session)
    {
        byte[] buffer = new byte[MaxDatagram];
        try
        {
            while (true)
            {
                using var patience = new CancellationTokenSource(Idle);
                int read = await session.ReceiveAsync(buffer, SocketFlags.None, patience.Token);
                await _socket.SendToAsync(buffer.AsMemory(0, read), client, patience.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            _sessions.TryRemove(client, out _);
            session.Dispose();
        }
    }
}
