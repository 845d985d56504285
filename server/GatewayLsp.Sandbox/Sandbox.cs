using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Control;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;
using Microsoft.AspNetCore.Connections;

namespace GatewayLsp.Sandbox;

/// <summary>One of the two clusters with everything that makes it run.</summary>
internal sealed class SandboxCluster(Cluster cluster, ApiServer api, Controller controller, Workloads workloads, DataPlane plane, string token)
{
    public Cluster Cluster => cluster;

    public ApiServer Api => api;

    public Controller Controller => controller;

    public Workloads Workloads => workloads;

    public DataPlane Plane => plane;

    /// <summary>Token of the user who may do everything.</summary>
    public string Token => token;

    /// <summary>Null while it is down, or its port is taken by somebody else.</summary>
    public Acceptor? Listener { get; set; }

    /// <summary>Kept over faults, so that the kubeconfig stays right.</summary>
    public int Port { get; set; }

    /// <summary>True while it waits for its port, which another process took when it was down.</summary>
    public bool IsWaitingForPort { get; set; }

    /// <summary>Since when it is down, by the clock's timestamps; null while it is up.</summary>
    public long? DownSince { get; set; }
}

/// <summary>Both clusters in this process, on loopback.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    /// <summary>How long the other cluster goes on with what it knows of one that is gone.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan PortPause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _clock;
    private readonly HttpHub _hub;
    private readonly Lock _gate = new();

    private Sandbox(HttpHub hub, TimeProvider clock)
    {
        _hub = hub;
        _clock = clock;
    }

    public Authority Authority { get; } = new("gateway-sandbox");

    public FaultTable Faults { get; } = new();

    public ImmutableArray<SandboxCluster> Clusters { get; private set; } = [];

    public CancellationToken Stopping => _stopping.Token;

    public SandboxCluster Of(string name) => Clusters.First(one => one.Cluster.Name == name);

    /// <param name="portOf">Port that a cluster's API should have; 0 for any.</param>
    /// <param name="prepare">Called for each cluster before anybody can reach it.</param>
    /// <param name="isBare">True for API servers alone: no controllers, no pods, no traffic.</param>
    public static async Task<Sandbox> Start(Channel channel, Func<string, int> portOf, TimeProvider? clock = null, Action<Cluster>? prepare = null, bool isBare = false)
    {
        var sandbox = new Sandbox(await HttpHub.Start(), clock ?? TimeProvider.System);
        sandbox.Build(channel);
        foreach (SandboxCluster one in sandbox.Clusters)
        {
            prepare?.Invoke(one.Cluster);
        }
        foreach (SandboxCluster one in sandbox.Clusters)
        {
            int wanted = portOf(one.Cluster.Name);
            one.Listener = sandbox.Listen(one, wanted) ?? sandbox.Listen(one, 0) ?? throw new IOException("no port can be opened on 127.0.0.1");
            one.Port = one.Listener.EndPoint.Port;
            if (!isBare)
            {
                one.Controller.Start();
            }
        }
        return sandbox;
    }

    /// <summary>Opens a port of this process for something else than clusters.</summary>
    public Acceptor Serve(Microsoft.AspNetCore.Http.RequestDelegate handle) =>
        Acceptor.TryListen(new IPEndPoint(IPAddress.Loopback, 0), async connection =>
        {
            Opening opening = await Opening.Look(connection.Transport.Input, connection.ConnectionClosed);
            await _hub.Serve(connection, opening.Kind == OpeningKind.Http2 ? OpeningKind.Http2 : OpeningKind.Http1, new HttpSide { Handle = handle });
        }) ?? throw new IOException("no port can be opened on 127.0.0.1");

    /// <summary>Gives a target this fault in place of the one that it has, which is the answer.</summary>
    public PodFault Fail(FaultTarget target, PodFault fault)
    {
        PodFault before = Faults.Set(target, fault);
        Changed();
        return before;
    }

    /// <summary>Takes the faults of a target away; all of them without a target. Those that there were.</summary>
    public ImmutableArray<KeyValuePair<FaultTarget, PodFault>> Heal(FaultTarget? target)
    {
        ImmutableArray<KeyValuePair<FaultTarget, PodFault>> cleared = Faults.Clear(target);
        Changed();
        return cleared;
    }

    /// <summary>Waits until the controllers of all clusters have nothing left to do. False when they did not get there in time.</summary>
    public async Task<bool> Settle(TimeSpan patience)
    {
        long start = _clock.GetTimestamp();
        int quiet = 0;
        while (_clock.GetElapsedTime(start) < patience)
        {
            quiet = Clusters.All(one => one.Controller.IsIdle) ? quiet + 1 : 0;
            if (quiet >= 3)
            {
                return true;
            }
            await Task.Delay(10);
        }
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        lock (_gate)
        {
            foreach (SandboxCluster one in Clusters)
            {
                one.Listener?.Dispose();
                one.Plane.Dispose();
                one.Workloads.Dispose();
            }
        }
        await _hub.DisposeAsync();
        Authority.Dispose();
        _stopping.Dispose();
    }

    private void Build(Channel channel)
    {
        var addresses = new LoopbackAddresses(RandomNumberGenerator.GetInt32(int.MaxValue));
        var members = new List<ExportMember>();
        var clusters = ImmutableArray.CreateBuilder<SandboxCluster>();
        foreach (Flavor flavor in (Flavor[])[Flavor.Eks, Flavor.Gke])
        {
            var cluster = new Cluster(flavor, channel, _clock);
            string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(24)).ToLowerInvariant();
            cluster.Users[token] = new ClusterUser("sandbox-admin", ["system:masters"], [AccessRule.Everything]);
            cluster.Users[token + "-viewer"] = new ClusterUser("sandbox-viewer", ["viewers"], [AccessRule.Reading]);
            var writer = new ObjectWriter(cluster);
            var deleter = new Deleter(cluster);
            var slices = new SliceStore(cluster, writer, deleter);
            var plane = new DataPlane(_hub, addresses, _clock);
            var workloads = new Workloads(cluster, writer, deleter, _hub, addresses, Authority) { FaultOf = (pod, services) => Faults.Of(cluster.Name, pod, services) };
            var controller = new Controller(cluster, writer, workloads, slices, plane, Authority, _stopping.Token);
            var built = new SandboxCluster(cluster, new ApiServer(cluster, _stopping.Token), controller, workloads, plane, token);
            members.Add(new ExportMember(cluster, writer, deleter, slices, () => built.DownSince is not { } since || _clock.GetElapsedTime(since) < Lease));
            Seed(cluster, writer);
            clusters.Add(built);
        }
        Clusters = clusters.DrainToImmutable();
        var exports = new Exports(members);
        foreach (SandboxCluster one in Clusters)
        {
            one.Controller.SyncExports = exports.Sync;
        }
    }

    /// <summary>What every cluster has from the start.</summary>
    private static void Seed(Cluster cluster, ObjectWriter writer)
    {
        var options = new WriteOptions(false, StatusWriter.Manager, "Ignore", false);
        void create(string group, string plural, string ns, JsonObject body)
        {
            ApiResource resource = cluster.Registry.Find(group, plural)!;
            body["apiVersion"] = resource.ApiVersion;
            body["kind"] = resource.Kind;
            writer.Create(resource, resource.Version, ns, body, options);
        }
        foreach (string ns in (string[])["default", "kube-system"])
        {
            create("", "namespaces", "", new JsonObject { ["metadata"] = new JsonObject { ["name"] = ns } });
        }
        create("gateway.networking.k8s.io", "gatewayclasses", "", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "sandbox" }, ["spec"] = new JsonObject { ["controllerName"] = StatusWriter.ControllerName, ["description"] = "The sandbox itself." },
        });
        create("", "nodes", "", new JsonObject { ["metadata"] = new JsonObject { ["name"] = cluster.Name + "-node" } });
        writer.Modify(cluster.Registry.Find("", "nodes")!, new ObjectPlace("", cluster.Name + "-node"), "status", StatusWriter.Manager, body => body["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True", ["reason"] = "SandboxReady", ["message"] = "" }),
            ["nodeInfo"] = new JsonObject { ["kubeletVersion"] = cluster.GitVersion },
        });
    }

    private Acceptor? Listen(SandboxCluster cluster, int port)
    {
        X509Certificate2 certificate = Authority.Issue("127.0.0.1", "localhost", cluster.Cluster.Name);
        return Acceptor.TryListen(new IPEndPoint(IPAddress.Loopback, port), (ConnectionContext connection) => _hub.Serve(connection, OpeningKind.Tls, new HttpSide
        {
            Handle = cluster.Api.Handle,
            IsSecure = true,
            Tls = _ => new SslServerAuthenticationOptions { ServerCertificate = certificate },
        }));
    }

    /// <summary>Brings ports into line with the faults: at once, as a machine that loses its power.</summary>
    private void Changed()
    {
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
            {
                return;
            }
            foreach (SandboxCluster one in Clusters)
            {
                bool isDown = Faults.IsDown(one.Cluster.Name);
                if (isDown && one.DownSince is null)
                {
                    one.Listener?.Dispose();
                    one.Listener = null;
                    one.Plane.SetDown(true);
                    one.DownSince = _clock.GetTimestamp();
                    _ = WakeLater();
                }
                else if (!isDown && one.DownSince is not null)
                {
                    one.DownSince = null;
                    one.Plane.SetDown(false);
                    one.Listener = Listen(one, one.Port);
                    if (one.Listener is null && !one.IsWaitingForPort)
                    {
                        one.IsWaitingForPort = true;
                        Console.Error.WriteLine($"{one.Cluster.Name}: another process took port {one.Port}; the API server answers again when it is free");
                        _ = ListenLater(one);
                    }
                }
                foreach ((ObjectPlace place, PodServer pod) in one.Workloads.Running)
                {
                    pod.Fault = Faults.Of(one.Cluster.Name, place, pod.Identity.Services);
                }
            }
        }
        foreach (SandboxCluster one in Clusters)
        {
            one.Controller.Wake();
        }
    }

    /// <summary>Somebody else has the port by now. The kubeconfig names it, so no other one will do.</summary>
    private async Task ListenLater(SandboxCluster cluster)
    {
        while (cluster.IsWaitingForPort)
        {
            await Task.Delay(PortPause);
            lock (_gate)
            {
                bool isOver = _stopping.IsCancellationRequested || cluster.DownSince is not null;
                cluster.Listener ??= isOver ? null : Listen(cluster, cluster.Port);
                if (cluster.Listener is not null)
                {
                    Console.Error.WriteLine($"{cluster.Cluster.Name}: the API server answers again");
                }
                cluster.IsWaitingForPort = !isOver && cluster.Listener is null;
            }
        }
    }

    /// <summary>The others notice a loss when its lease is over.</summary>
    private async Task WakeLater()
    {
        await Task.Delay(Lease + TimeSpan.FromMilliseconds(20));
        foreach (SandboxCluster one in Clusters)
        {
            one.Controller.Wake();
        }
    }
}
