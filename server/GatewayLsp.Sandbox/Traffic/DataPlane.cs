using System.Collections.Immutable;
using System.Net;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Sandbox.Net;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>Where a Gateway can be reached.</summary>
/// <param name="Ports">Ports as the manifests name them, and the real ones behind them.</param>
internal sealed record GatewayAddress(IPAddress Address, ImmutableSortedDictionary<int, int> Ports, ImmutableArray<int> Refused)
{
    /// <summary>Null when all ports are as written.</summary>
    public string? Mapping => Ports.All(port => port.Key == port.Value) ? null : string.Join(',', Ports.Where(port => port.Key != port.Value).Select(port => $"{port.Key}={port.Value}"));
}

/// <summary>The open ports of all Gateways of one cluster.</summary>
internal sealed class DataPlane(HttpHub hub, LoopbackAddresses addresses, TimeProvider clock) : IDisposable
{
    /// <summary>Added to a port that only the system may open: 80 becomes 8080, 443 becomes 8443.</summary>
    private const int Shift = 8000;

    private sealed class Open(IPAddress address)
    {
        public IPAddress Address => address;
        public Dictionary<(int Port, bool IsUdp), (IDisposable Listener, int RealPort)> Ports { get; } = [];
    }

    private readonly Dictionary<ObjectName, Open> _gateways = [];
    private readonly BackendConnections _connections = new();
    private readonly Lock _gate = new();
    private volatile RoutingSnapshot _snapshot = RoutingSnapshot.Empty;
    private HttpGateway? _http;
    private StreamGateway? _streams;
    private IPAddress? _meshAddress;
    private MeshPort? _mesh;
    private bool _isDown;

    public EndpointHealth Health { get; } = new(clock);

    public RoutingSnapshot Snapshot => _snapshot;

    /// <summary>Where requests between Services come in; null while the cluster is down.</summary>
    public IPEndPoint? Mesh
    {
        get
        {
            lock (_gate)
            {
                return _mesh?.EndPoint;
            }
        }
    }

    private HttpGateway Http => _http ??= new HttpGateway(hub, Health, _connections);

    private StreamGateway Streams => _streams ??= new StreamGateway(Health);

    /// <summary>Takes over what is decided by from now on, and opens and closes ports as it asks.</summary>
    public void Apply(RoutingSnapshot snapshot)
    {
        lock (_gate)
        {
            _snapshot = snapshot;
            if (!_isDown)
            {
                Sync();
            }
        }
    }

    /// <summary>Null for a Gateway that has nothing open.</summary>
    public GatewayAddress? AddressOf(ObjectName gateway)
    {
        lock (_gate)
        {
            if (!_gateways.TryGetValue(gateway, out Open? open))
            {
                return null;
            }
            int[] refused = [.. Wanted(gateway).Where(port => !open.Ports.ContainsKey(port)).Select(port => port.Port)];
            return new GatewayAddress(open.Address, open.Ports.GroupBy(port => port.Key.Port).ToImmutableSortedDictionary(port => port.Key, port => port.First().Value.RealPort), [.. refused]);
        }
    }

    /// <summary>As if the machines were gone: connections are refused until it comes back.</summary>
    public void SetDown(bool isDown)
    {
        lock (_gate)
        {
            _isDown = isDown;
            if (isDown)
            {
                foreach (Open open in _gateways.Values)
                {
                    Close(open);
                }
                _mesh?.Dispose();
                _mesh = null;
            }
            else
            {
                Sync();
            }
        }
    }

    public void Dispose()
    {
        SetDown(true);
        _connections.Dispose();
    }

    private void Sync()
    {
        _mesh ??= MeshPort.TryListen(_meshAddress ??= addresses.Next(), hub, Http, () => _snapshot);
        ImmutableArray<ObjectName> wanted = [.. _snapshot.Resolver.All<Gateway>(ApiGroups.Gateway, "Gateway").Select(one => new ObjectName(one.Namespace, one.Name))];
        foreach (ObjectName gone in _gateways.Keys.Except(wanted).ToArray())
        {
            Close(_gateways[gone]);
            _gateways.Remove(gone);
        }
        foreach (ObjectName name in wanted)
        {
            HashSet<(int Port, bool IsUdp)> ports = [.. Wanted(name)];
            if (!_gateways.TryGetValue(name, out Open? open))
            {
                if (ports.Count == 0)
                {
                    continue;
                }
                _gateways[name] = open = new Open(addresses.Next());
            }
            foreach ((int Port, bool IsUdp) key in open.Ports.Keys.Where(key => !ports.Contains(key)).ToArray())
            {
                open.Ports[key].Listener.Dispose();
                open.Ports.Remove(key);
            }
            // Ports that only the system may open come last: they go elsewhere, and not to where another listener belongs.
            foreach ((int Port, bool IsUdp) key in ports.Where(key => !open.Ports.ContainsKey(key)).OrderBy(key => key.Port < 1024).ThenBy(key => key))
            {
                if (Listen(open.Address, name, key.Port, key.IsUdp) is { } opened)
                {
                    open.Ports[key] = opened;
                }
            }
        }
    }

    private IEnumerable<(int Port, bool IsUdp)> Wanted(ObjectName name) =>
        _snapshot.Resolver.Gateway(name.Namespace, name.Name) is { IsAccepted: true } gateway
            ? gateway.AllListeners.Where(one => one.IsValid && one.Listener.Port is > 0 and < 65536).Select(one => (one.Listener.Port!.Value, one.Listener.Protocol == "UDP")).Distinct()
            : [];

    private (IDisposable, int)? Listen(IPAddress address, ObjectName gateway, int port, bool isUdp)
    {
        int[] candidates = !addresses.HasRange ? [0] : port < 1024 ? [port, port + Shift, 0] : [port, 0];
        foreach (int candidate in candidates)
        {
            var at = new IPEndPoint(address, candidate);
            if (isUdp && UdpGateway.TryListen(at, () => _snapshot, Streams, gateway, port) is { } udp)
            {
                return (udp, udp.Port);
            }
            if (!isUdp && GatewayPort.TryListen(at, hub, Http, Streams, () => _snapshot, gateway, port) is { } tcp)
            {
                return (tcp, tcp.RealPort);
            }
        }
        return null;
    }

    private static void Close(Open open)
    {
        foreach ((IDisposable listener, _) in open.Ports.Values)
        {
            listener.Dispose();
        }
        open.Ports.Clear();
    }
}
