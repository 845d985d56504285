using System.Net;
using System.Net.Sockets;

namespace GatewayLsp.Sandbox.Net;

/// <summary>
/// Hands out addresses of 127.0.0.0/8 for pods and gateways, where the system lets us have them all (Linux). Elsewhere all
/// share 127.0.0.1 and have ports of their own.
/// </summary>
internal sealed class LoopbackAddresses
{
    private const int FirstNetwork = 64;
    private const int LastNetwork = 126;

    private readonly int _network;
    private readonly Lock _gate = new();
    private int _next;

    /// <param name="seed">Sandboxes with different seeds mostly get different networks; where they do not, a taken port shows it.</param>
    public LoopbackAddresses(int seed)
    {
        _network = FirstNetwork + ((seed & int.MaxValue) % (LastNetwork - FirstNetwork));
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Parse($"127.{_network}.0.1"), 0));
            HasRange = true;
        }
        catch (SocketException)
        {
            HasRange = false;
        }
    }

    /// <summary>True when each pod and gateway can have an address of its own.</summary>
    public bool HasRange { get; }

    public IPAddress Next()
    {
        if (!HasRange)
        {
            return IPAddress.Loopback;
        }
        lock (_gate)
        {
            // 250 of each 256, so that none ends in 0 or 255.
            int at = _next++ % (250 * 250);
            return IPAddress.Parse($"127.{_network}.{at / 250}.{(at % 250) + 1}");
        }
    }
}
