using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>Where a pod can be reached.</summary>
internal sealed record Endpoint(IPEndPoint Address, string Pod, string Cluster);

/// <summary>Which endpoints are behind Services and ServiceImports: the EndpointSlices of one moment. Immutable.</summary>
internal sealed class EndpointTable
{
    public const string ServiceLabel = "kubernetes.io/service-name";
    public const string ImportLabel = "multicluster.kubernetes.io/service-name";
    public const string ClusterLabel = "multicluster.kubernetes.io/source-cluster";

    private sealed record Slice(ImmutableDictionary<string, int> Ports, ImmutableArray<(IPAddress Address, string Pod)> Ready, string Cluster);

    private readonly Dictionary<(bool IsImport, string Namespace, string Name), List<Slice>> _slices = [];

    public EndpointTable(IEnumerable<StoredObject> slices, string cluster)
    {
        foreach (StoredObject one in slices)
        {
            JsonNode? labels = one.Body.At("metadata", "labels");
            string? import = labels.At(ImportLabel).Text();
            if ((import ?? labels.At(ServiceLabel).Text()) is not { } service)
            {
                continue;
            }
            (bool, string, string) key = (import is not null, one.Place.Namespace, service);
            if (!_slices.TryGetValue(key, out List<Slice>? known))
            {
                _slices.Add(key, known = []);
            }
            known.Add(Read(one.Body, labels.At(ClusterLabel).Text() ?? cluster));
        }
    }

    public static EndpointTable Empty { get; } = new([], "");

    /// <summary>The ready endpoints of a backend, in a fixed order.</summary>
    public ImmutableArray<Endpoint> Of(Resolver resolver, BackendTarget target)
    {
        bool isImport = target.Kind == "ServiceImport";
        if (target.Port is not { } number || !_slices.TryGetValue((isImport, target.Namespace, target.Name), out List<Slice>? slices))
        {
            return [];
        }
        var key = new ObjectKey(target.Group, target.Kind, target.Namespace, target.Name);
        ImmutableArray<ServicePort> ports = isImport ? resolver.Find<ServiceImport>(key)?.Ports ?? [] : resolver.Find<Service>(key)?.Ports ?? [];
        var names = ports.Where(port => port.Port == number).Select(port => port.Name ?? "").ToList();
        if (names.Count == 0)
        {
            return [];
        }
        var found = ImmutableArray.CreateBuilder<Endpoint>();
        foreach (Slice slice in slices)
        {
            int at = names.FindIndex(slice.Ports.ContainsKey);
            if (at >= 0)
            {
                found.AddRange(slice.Ready.Select(one => new Endpoint(new IPEndPoint(one.Address, slice.Ports[names[at]]), one.Pod, slice.Cluster)));
            }
        }
        return found.DrainToImmutable();
    }

    private static Slice Read(JsonObject body, string cluster)
    {
        ImmutableDictionary<string, int>.Builder ports = ImmutableDictionary.CreateBuilder<string, int>();
        foreach (JsonNode? port in body["ports"].Items())
        {
            // Slices may be written by anybody; what is no port can't be connected to.
            if (port.At("port").Number() is > 0 and < 65536 and var number)
            {
                ports[port.At("name").Text() ?? ""] = (int)number;
            }
        }
        var ready = ImmutableArray.CreateBuilder<(IPAddress, string)>();
        foreach (JsonNode? endpoint in body["endpoints"].Items())
        {
            if (endpoint.At("conditions", "ready").Truth() == false)
            {
                continue;
            }
            foreach (JsonNode? address in endpoint.At("addresses").Items())
            {
                // Nothing leaves this machine, whatever a manifest says.
                if (IPAddress.TryParse(address.Text(), out IPAddress? parsed) && IPAddress.IsLoopback(parsed))
                {
                    ready.Add((parsed, endpoint.At("targetRef", "name").Text() ?? ""));
                }
            }
        }
        return new Slice(ports.ToImmutable(), ready.DrainToImmutable(), cluster);
    }
}

/// <summary>Endpoints that refused a connection lately get no requests for a while, unless there is no other.</summary>
internal sealed class EndpointHealth(TimeProvider clock)
{
    private static readonly TimeSpan Ejection = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<IPEndPoint, long> _ejected = new();
    private readonly ConcurrentDictionary<string, int> _turns = new(StringComparer.Ordinal);

    public void Failed(Endpoint endpoint) => _ejected[endpoint.Address] = clock.GetTimestamp();

    public void Worked(Endpoint endpoint)
    {
        if (!_ejected.IsEmpty)
        {
            _ejected.TryRemove(endpoint.Address, out _);
        }
    }

    /// <summary>The endpoints in the order in which to try them: in turn, ejected ones last.</summary>
    public List<Endpoint> InOrder(BackendTarget target, ImmutableArray<Endpoint> endpoints)
    {
        var order = new List<Endpoint>(endpoints.Length);
        if (endpoints.IsEmpty)
        {
            return order;
        }
        string key = string.Create(CultureInfo.InvariantCulture, $"{target.Kind}/{target.Namespace}/{target.Name}:{target.Port}");
        int first = _turns.AddOrUpdate(key, 0, static (_, turn) => turn == int.MaxValue ? 0 : turn + 1) % endpoints.Length;
        List<Endpoint>? late = null;
        for (int i = 0; i < endpoints.Length; i++)
        {
            Endpoint one = endpoints[(first + i) % endpoints.Length];
            if (_ejected.TryGetValue(one.Address, out long since) && clock.GetElapsedTime(since) < Ejection)
            {
                (late ??= []).Add(one);
            }
            else
            {
                order.Add(one);
            }
        }
        if (late is not null)
        {
            order.AddRange(late);
        }
        return order;
    }
}
