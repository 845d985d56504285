using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayLsp.Sandbox.Net;

/// <summary>
/// Listens on one address and port, and can be closed at once: the port refuses connections from then on and those that are
/// open are reset. Kestrel's own listeners can do neither while the server runs.
/// </summary>
internal sealed class Acceptor : IDisposable
{
    private const int Backlog = 512;

    private static readonly SocketConnectionContextFactory Connections = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);

    private readonly Socket _socket;
    private readonly Func<ConnectionContext, Task> _serve;
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private volatile bool _isClosed;

    private Acceptor(Socket socket, Func<ConnectionContext, Task> serve)
    {
        _socket = socket;
        _serve = serve;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Null when the port can't be had: it is taken, or only the system may use it.</summary>
    public static Acceptor? TryListen(IPEndPoint endPoint, Func<ConnectionContext, Task> serve)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen(Backlog);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        var acceptor = new Acceptor(socket, serve);
        _ = Task.Run(acceptor.Run);
        return acceptor;
    }

    public void Dispose()
    {
        _isClosed = true;
        _socket.Dispose();
        foreach (ConnectionContext connection in _open.Keys)
        {
            connection.Abort();
        }
    }

    private async Task Run()
    {
        while (!_isClosed)
        {
            try
            {
                Socket accepted = await _socket.AcceptAsync();
                accepted.NoDelay = true;
                _ = Serve(Connections.Create(accepted));
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                if (!_isClosed)
                {
                    // A client that hung up before it was accepted; or no handle is left, which a short wait may mend.
                    await Task.Delay(10);
                }
            }
        }
    }

    private async Task Serve(ConnectionContext connection)
    {
        _open.TryAdd(connection, true);
        try
        {
            if (_isClosed)
            {
                connection.Abort();
                return;
            }
            await _serve(connection);
        }
        catch (Exception broken) when (broken is IOException or SocketException or ConnectionAbortedException or ConnectionResetException or OperationCanceledException
            or InvalidOperationException or System.Security.Authentication.AuthenticationException)
        {
            // One connection that failed is the business of its two ends.
            connection.Abort();
        }
        finally
        {
            _open.TryRemove(connection, out _);
            await connection.DisposeAsync();
        }
    }
}
