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
            ["service" or "svc", { Length: > 0 } ns, { Length: > 0 } name] => new FaultTarget(FaultScope.Service, cluster, ns, name),
            ["pod", { Length: > 0 } ns, { Length: > 0 } name] => new FaultTarget(FaultScope.Pod, cluster, ns, name),
            _ => null,
        };
    }

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

    public void Set(FaultTarget target, PodFault fault) => ImmutableInterlocked.AddOrUpdate(ref _faults, target, fault, (_, known) => known.And(fault));

    public bool Clear(FaultTarget target) => ImmutableInterlocked.TryRemove(ref _faults, target, out _);

    public void Clear() => _faults = _faults.Clear();

    public bool IsDown(string cluster) => _faults.Any(one => one.Key.Scope == FaultScope.Cluster && one.Key.Cluster == cluster && one.Value.IsDown);

    /// <summary>All that is wrong with a pod: its own faults, those of its Services and of its cluster.</summary>
    public PodFault Of(string cluster, ObjectPlace pod, ImmutableArray<string> services)
    {
        PodFault sum = PodFault.None;
        foreach ((FaultTarget target, PodFault fault) in _faults)
        {
            bool isHit = (target.Cluster is null || target.Cluster == cluster) && target.Scope switch
            {
                FaultScope.Cluster => true,
                FaultScope.Pod => target.Namespace == pod.Namespace && target.Name == pod.Name,
                _ => target.Namespace == pod.Namespace && services.Contains(target.Name),
            };
            sum = isHit ? sum.And(fault) : sum;
        }
        return sum;
    }
}
