using System.Collections.Immutable;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Faults;

internal enum FaultScope { Cluster, Service, Pod }

/// <summary>What is to be broken: a cluster by name, a Service or pod by <c>namespace/name</c>, in one cluster or in both.</summary>
/// <param name="Cluster">Null for both.</param>
internal sealed record FaultTarget(FaultScope Scope, string? Cluster, string Namespace, string Name)
{
    /// <summary>Reads <c>sandbox-eks</c>, <c>service/demo/web</c>, <c>pod/demo/web-1@sandbox-gke</c>. Null when it is none of these.</summary>
    public static FaultTarget? Parse(string text)
    {
        string[] at = text.Split('@');
        string? cluster = at.Length == 2 ? ClusterName(at[1]) : null;
        if (at.Length > 2 || (at.Length == 2 && cluster is null))
        {
            return null;
        }
        return at[0].Split('/') switch
        {
            [var name] when ClusterName(name) is { } known && at.Length == 1 => new FaultTarget(FaultScope.Cluster, known, "", ""),
            ["cluster", var name] when ClusterName(name) is { } known && at.Length == 1 => new FaultTarget(FaultScope.Cluster, known, "", ""),
            ["service" or "services" or "svc", { Length: > 0 } ns, { Length: > 0 } name] => new FaultTarget(FaultScope.Service, cluster, ns, name),
            ["pod" or "pods" or "po", { Length: > 0 } ns, { Length: > 0 } name] => new FaultTarget(FaultScope.Pod, cluster, ns, name),
            _ => null,
        };
    }

    /// <summary>True for a pod with these Services in a cluster that is to be broken.</summary>
    public bool Hits(string cluster, ObjectPlace pod, ImmutableArray<string> services) => (Cluster is null || Cluster == cluster) && Scope switch
    {
        FaultScope.Cluster => true,
        FaultScope.Pod => Namespace == pod.Namespace && Name == pod.Name,
        _ => Namespace == pod.Namespace && services.Contains(Name),
    };

    /// <summary>True for the same target, or for one cluster's part of it.</summary>
    public bool Covers(FaultTarget other) => this == other || (Cluster is null && this == other with { Cluster = null });

    public override string ToString() =>
        Scope == FaultScope.Cluster ? Cluster! : $"{(Scope == FaultScope.Service ? "service" : "pod")}/{Namespace}/{Name}{(Cluster is null ? "" : "@" + Cluster)}";

    private static string? ClusterName(string name) => name switch
    {
        "sandbox-eks" or "eks" => "sandbox-eks",
        "sandbox-gke" or "gke" => "sandbox-gke",
        _ => null,
    };
}

/// <summary>The faults that are on. Thread-safe.</summary>
internal sealed class FaultTable
{
    private ImmutableDictionary<FaultTarget, PodFault> _faults = ImmutableDictionary<FaultTarget, PodFault>.Empty;

    public ImmutableDictionary<FaultTarget, PodFault> All => _faults;

    /// <summary>In place of the fault that the target has; one that is none takes it away. What it was before.</summary>
    public PodFault Set(FaultTarget target, PodFault fault)
    {
        PodFault before = _faults.GetValueOrDefault(target) ?? PodFault.None;
        if (fault.IsNone)
        {
            ImmutableInterlocked.TryRemove(ref _faults, target, out _);
        }
        else
        {
            ImmutableInterlocked.AddOrUpdate(ref _faults, target, fault, (_, _) => fault);
        }
        return before;
    }

    /// <summary>Takes away the faults of a target (one in both clusters stands for those in each of them, too), all without one. What they were.</summary>
    public ImmutableArray<KeyValuePair<FaultTarget, PodFault>> Clear(FaultTarget? target)
    {
        var cleared = ImmutableArray.CreateBuilder<KeyValuePair<FaultTarget, PodFault>>();
        foreach (FaultTarget one in _faults.Keys.Where(one => target is null || target.Covers(one)))
        {
            if (ImmutableInterlocked.TryRemove(ref _faults, one, out PodFault? fault))
            {
                cleared.Add(KeyValuePair.Create(one, fault));
            }
        }
        return cleared.DrainToImmutable();
    }

    public bool IsDown(string cluster) => _faults.Any(one => one.Key.Scope == FaultScope.Cluster && one.Key.Cluster == cluster && one.Value.IsDown);

    /// <summary>All that is wrong with a pod: its own faults, those of its Services and of its cluster.</summary>
    public PodFault Of(string cluster, ObjectPlace pod, ImmutableArray<string> services)
    {
        PodFault sum = PodFault.None;
        foreach ((FaultTarget target, PodFault fault) in _faults)
        {
            sum = target.Hits(cluster, pod, services) ? sum.And(fault) : sum;
        }
        return sum;
    }
}
