using System.Text.Json.Nodes;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Control;

/// <summary>The controllers of one cluster, one after the other in one loop: what is stored becomes pods, endpoints, open ports and status.</summary>
internal sealed class Controller(Cluster cluster, ObjectWriter writer, Workloads workloads, SliceStore slices, DataPlane plane, Authority authority, CancellationToken stopping)
{
    private static readonly ResourceName Slices = new("discovery.k8s.io", "endpointslices");
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Probing = TimeSpan.FromMilliseconds(200);

    private readonly AnalysisHost _host = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly EndpointSlices _endpoints = new(cluster, slices, workloads);
    private readonly StatusWriter _status = new(cluster, writer, plane);
    private readonly CertificateIssuer _certificates = new(cluster, writer, authority);
    private readonly PendingChanges _changes = new(cluster.Store.Clock, problem => Console.Error.WriteLine($"{cluster.Name}: {problem}"));
    private int _isSignalled;
    private bool _isAtRest;
    private long _turns;

    /// <summary>Exports and imports of the whole set of clusters.</summary>
    public Action SyncExports { get; set; } = static () => { };

    /// <summary>How many turns it took so far.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>True when nothing is left to do: nothing changed, nobody woke it, no turn is under way, no probe is due.</summary>
    public bool IsIdle => Volatile.Read(ref _isSignalled) == 0 && _changes.IsEmpty && Volatile.Read(ref _isAtRest);

    public void Start()
    {
        _host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { Channel = cluster.Channel, IsComplete = true }));
        cluster.Store.Committed = (resource, change) =>
        {
            _changes.Add(resource, change.Object.Place);
            Wake();
        };
        foreach (ResourceName resource in cluster.Store.Resources)
        {
            foreach (StoredObject one in cluster.Store.Objects(resource).Values)
            {
                _changes.Add(resource, one.Place);
            }
        }
        Wake();
        _ = Task.Run(Run, CancellationToken.None);
    }

    /// <summary>Takes a turn even though nothing was written: a fault came or went.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isSignalled, 1) == 0)
        {
            _signal.Release();
        }
    }

    private async Task Run()
    {
        bool isDue = false;
        string told = "";
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                if (!await _signal.WaitAsync(isDue ? Probing : Timeout.InfiniteTimeSpan, stopping) && !isDue)
                {
                    continue;
                }
                await Task.Delay(Gathering, stopping);
                Volatile.Write(ref _isAtRest, false);
                Volatile.Write(ref _isSignalled, 0);
                try
                {
                    isDue = Turn();
                    told = "";
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    // It must not end the controller: all that is stored is looked at again soon. Told once, not five times a second.
                    if (error.Message != told)
                    {
                        told = error.Message;
                        await Console.Error.WriteLineAsync($"{cluster.Name}: the controller could not take its turn, and tries again: {told}");
                    }
                    isDue = true;
                }
                Interlocked.Increment(ref _turns);
                Volatile.Write(ref _isAtRest, !isDue);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private bool Turn()
    {
        bool isDue = _changes.Take(Feed);
        isDue |= workloads.Sync();
        _endpoints.Sync();
        SyncExports();
        Workspace workspace = _host.Current;
        _certificates.Sync(workspace.Resolver);
        var analysis = new Analysis(workspace);
        plane.Apply(new RoutingSnapshot(analysis, new EndpointTable(cluster.Store.Objects(Slices).Values, cluster.Name),
            new TrustStore(cluster.Store.Objects(new ResourceName("", "secrets")), cluster.Store.Objects(new ResourceName("", "configmaps")), authority.Certificate)));
        _status.Write(analysis.Conditions());
        return isDue;
    }

    /// <summary>The engine sees objects as a user writes them: without status, and without who owns what.</summary>
    private void Feed(ResourceName resource, ObjectPlace place)
    {
        if (resource.Plural is "events" or "leases" or "pods" or "endpointslices" or "nodes" or "replicasets")
        {
            return;
        }
        string path = $"{resource}/{place.Namespace}/{place.Name}";
        string? text = null;
        if (cluster.Store.Find(resource, place) is { } stored)
        {
            JsonObject body = stored.Body.Copy();
            body.Remove("status");
            JsonObject metadata = body.Child("metadata");
            foreach (string name in (string[])["managedFields", "resourceVersion", "generation"])
            {
                metadata.Remove(name);
            }
            text = Json.Text(body);
        }
        _host.Apply(new WorkspaceChange.OnDisk(path, text));
    }
}
