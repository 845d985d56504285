using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Objects;
using Microsoft.AspNetCore.Connections;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>A port of a pod, by number and transport.</summary>
internal readonly record struct PodPort(int Number, bool IsUdp);

/// <summary>
/// A pod that is reachable: sockets on an address of its own, behind which an echo server speaks whatever the client begins
/// with: HTTP/1, HTTP/2, TLS around them, bare TCP, and UDP.
/// </summary>
internal sealed class PodServer : IDisposable
{
    private const int MaxAttempts = 64;
    private const int MaxEcho = 4096;

    private readonly HttpHub _hub;
    private readonly Func<string, X509Certificate2> _certificate;
    private readonly Dictionary<PodPort, IDisposable> _open = [];
    private readonly Dictionary<PodPort, int> _real = [];
    private readonly Lock _gate = new();
    private long _requests;
    private long _errorSum;
    private volatile PodFault _fault = PodFault.None;
    private volatile PodIdentity _identity;

    /// <param name="certificate">The certificate to show for a server name.</param>
    public PodServer(HttpHub hub, PodIdentity identity, LoopbackAddresses addresses, IReadOnlyCollection<PodPort> ports, Func<string, X509Certificate2> certificate)
    {
        _hub = hub;
        _identity = identity;
        _certificate = certificate;
        HasOwnAddress = addresses.HasRange;
        for (int i = 0; i < MaxAttempts; i++)
        {
            Address = addresses.Next();
            // Another sandbox may have this very address and port.
            if (Open(ports))
            {
                return;
            }
            Close();
        }
    }

    public IPAddress Address { get; private set; } = IPAddress.Loopback;

    /// <summary>True when ports have the numbers that the manifest gives them.</summary>
    public bool HasOwnAddress { get; }

    public long Requests => Volatile.Read(ref _requests);

    public PodIdentity Identity
    {
        get => _identity;
        set => _identity = value;
    }

    public PodFault Fault
    {
        get => _fault;
        set
        {
            PodFault before = _fault;
            _fault = value;
            if (before.IsDown == value.IsDown)
            {
                return;
            }
            lock (_gate)
            {
                PodPort[] ports = [.. _real.Keys];
                Close();
                if (!value.IsDown)
                {
                    Open(ports);
                }
            }
        }
    }

    /// <summary>The number at which a port can be reached; null when it is not open.</summary>
    public int? PortOf(PodPort port) => _real.TryGetValue(port, out int real) ? real : null;

    /// <summary>Opens ports that became known later.</summary>
    public void Ensure(IEnumerable<PodPort> ports)
    {
        lock (_gate)
        {
            if (!_fault.IsDown)
            {
                Open(ports);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    private bool Open(IEnumerable<PodPort> ports)
    {
        foreach (PodPort port in ports)
        {
            if (_open.ContainsKey(port))
            {
                continue;
            }
            int number = HasOwnAddress ? port.Number : _real.GetValueOrDefault(port);
            IDisposable? listener;
            int real;
            if (port.IsUdp)
            {
                UdpEcho? udp = UdpEcho.TryListen(new IPEndPoint(Address, number), Answer);
                (listener, real) = (udp, udp?.Port ?? 0);
            }
            else
            {
                Acceptor? tcp = Acceptor.TryListen(new IPEndPoint(Address, number), Serve);
                (listener, real) = (tcp, tcp?.EndPoint.Port ?? 0);
            }
            if (listener is null)
            {
                return false;
            }
            _open[port] = listener;
            _real[port] = real;
        }
        return true;
    }

    private void Close()
    {
        foreach (IDisposable listener in _open.Values)
        {
            listener.Dispose();
        }
        _open.Clear();
    }

    private async Task Serve(ConnectionContext connection)
    {
        Opening opening = await Opening.Look(connection.Transport.Input, connection.ConnectionClosed);
        if (opening.Kind is OpeningKind.Http1 or OpeningKind.Http2 or OpeningKind.Tls)
        {
            await _hub.Serve(connection, opening.Kind, new HttpSide
            {
                Handle = context =>
                {
                    Interlocked.Increment(ref _requests);
                    return EchoHandler.Handle(context, _identity, _fault, Fails);
                },
                IsSecure = opening.Kind == OpeningKind.Tls,
                Tls = name => new SslServerAuthenticationOptions { ServerCertificate = _certificate(name) },
            });
            return;
        }
        await Bare(connection);
    }

    /// <summary>Bare TCP: a line that tells who it is for each chunk that comes in.</summary>
    private async Task Bare(ConnectionContext connection)
    {
        while (true)
        {
            ReadResult read = await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
            if (read.Buffer.Length > 0)
            {
                byte[]? answer = await Answer(read.Buffer.Slice(0, Math.Min(read.Buffer.Length, MaxEcho)).ToArray());
                connection.Transport.Input.AdvanceTo(read.Buffer.End);
                if (answer is null)
                {
                    connection.Abort();
                    return;
                }
                await connection.Transport.Output.WriteAsync(answer, connection.ConnectionClosed);
                await connection.Transport.Output.WriteAsync("\n"u8.ToArray(), connection.ConnectionClosed);
            }
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>What a pod says that is spoken to in no protocol that it knows. Null when the fault lets it fail.</summary>
    private async ValueTask<byte[]?> Answer(byte[] received)
    {
        Interlocked.Increment(ref _requests);
        if (_fault.Latency is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait);
        }
        if (Fails())
        {
            return null;
        }
        JsonObject answer = _identity.ToJson();
        answer["received"] = System.Text.Encoding.UTF8.GetString(received);
        return Json.Write(answer);
    }

    /// <summary>True for the share of requests that the fault lets fail.</summary>
    private bool Fails()
    {
        int percent = _fault.ErrorPercent;
        if (percent == 0)
        {
            return false;
        }
        long sum = Interlocked.Add(ref _errorSum, percent);
        return sum / 100 != (sum - percent) / 100;
    }

    /// <summary>Answers datagrams.</summary>
    private sealed class UdpEcho : IDisposable
    {
        /// <summary>Answers that wait for their latency; what comes in beyond them is lost, as datagrams may be.</summary>
        private const int MaxWaiting = 1_000;

        private readonly Socket _socket;

        private UdpEcho(Socket socket) => _socket = socket;

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public static UdpEcho? TryListen(IPEndPoint at, Func<byte[], ValueTask<byte[]?>> answer)
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
            var echo = new UdpEcho(socket);
            _ = Task.Run(() => Run(socket, answer));
            return echo;
        }

        public void Dispose() => _socket.Dispose();

        private static async Task Run(Socket socket, Func<byte[], ValueTask<byte[]?>> answer)
        {
            byte[] buffer = new byte[MaxEcho];
            var any = new IPEndPoint(IPAddress.Any, 0);
            int waiting = 0;
            while (true)
            {
                try
                {
                    SocketReceiveFromResult got = await socket.ReceiveFromAsync(buffer, any);
                    if (Volatile.Read(ref waiting) >= MaxWaiting)
                    {
                        continue;
                    }
                    Interlocked.Increment(ref waiting);
                    _ = reply(buffer[..got.ReceivedBytes], got.RemoteEndPoint);
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
                    // The sender is gone: the next one may not be.
                }
            }

            async Task reply(byte[] received, EndPoint to)
            {
                try
                {
                    if (await answer(received) is { } text)
                    {
                        await socket.SendToAsync(text, to);
                    }
                }
                catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
                {
                    // The sender or this pod: nobody waits for it any more.
                }
                finally
                {
                    Interlocked.Decrement(ref waiting);
                }
            }
        }
    }
}
