using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Clusters;

/// <summary>
/// The clusters around one: what their manifests hold. A snapshot as the workspace is. Of the files of no cluster each
/// cluster has its own copy, so what they say is true everywhere.
/// </summary>
public sealed class Fleet
{
    private readonly Workspace _whole;
    private ImmutableArray<string> _meshed;

    internal Fleet(Workspace whole, string own)
    {
        _whole = whole;
        Own = own;
    }

    /// <summary>The cluster that is looked from; empty for the files of no cluster.</summary>
    public string Own { get; }

    /// <summary>By name.</summary>
    public IEnumerable<string> Clusters => _whole.Clusters;

    public ClusterMap Settings => _whole.Settings.Clusters;

    /// <summary>The objects of an identity in every cluster that has one, by name of the cluster.</summary>
    internal ImmutableArray<ClusterObjects> Find(ObjectKey key)
    {
        var found = ImmutableArray.CreateBuilder<ClusterObjects>();
        foreach (string cluster in Clusters)
        {
            if (_whole.World(cluster)!.Index.Find(key) is { IsEmpty: false } objects)
            {
                found.Add(new ClusterObjects(cluster, objects));
            }
        }
        return found.DrainToImmutable();
    }

    /// <summary>True when some cluster has an object of that kind and namespace.</summary>
    internal bool Declares(string group, string kind, string ns)
    {
        foreach (string cluster in Clusters)
        {
            ResourceIndex index = _whole.World(cluster)!.Index;
            if (index.Names(group, kind).HasNamespace(ns, index.Kind(group, kind)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The clusters of the Istio mesh that the own one is in, with it; none where that is no mesh of several.</summary>
    internal ImmutableArray<string> Meshed
    {
        get
        {
            if (_meshed.IsDefault)
            {
                ImmutableArray<string> own = Meshes.Of(_whole).FirstOrDefault(mesh => mesh.Contains(Own));
                ImmutableInterlocked.InterlockedInitialize(ref _meshed, own.IsDefault ? [] : own);
            }
            return _meshed;
        }
    }

    /// <summary>The ready endpoints of a Service in a cluster; null where no EndpointSlice tells of them.</summary>
    internal int? ReadyEndpoints(string cluster, ObjectKey service)
    {
        int? ready = null;
        foreach (Referrer referrer in _whole.World(cluster)?.References.To(service) ?? [])
        {
            if (referrer.Reference.Role == ReferenceRole.Endpoints && referrer.Reference.From.View() is EndpointSlice slice)
            {
                ready = (ready ?? 0) + slice.ReadyEndpoints;
            }
        }
        return ready;
    }
}

/// <summary>The objects of one identity in a cluster.</summary>
internal readonly record struct ClusterObjects(string Cluster, ImmutableList<IndexedObject> Objects);

/// <summary>What the clusters answered about an identity, remembered.</summary>
internal sealed class FleetAnswer(ObjectKey key, ImmutableArray<ClusterObjects> found) : IRememberedAnswer
{
    public ImmutableArray<ClusterObjects> Found => found;

    public static FleetAnswer Of(Resolver resolver, ObjectKey key) => new(key, resolver.Fleet?.Find(key) ?? []);

    public bool HoldsIn(Resolver later)
    {
        ImmutableArray<ClusterObjects> now = later.Fleet?.Find(key) ?? [];
        if (now.Length != found.Length)
        {
            return false;
        }
        for (int i = 0; i < now.Length; i++)
        {
            if (now[i].Cluster != found[i].Cluster || !ReferenceEquals(now[i].Objects, found[i].Objects))
            {
                return false;
            }
        }
        return true;
    }
}

/// <summary>Whether some cluster has an object of a kind and namespace, remembered.</summary>
internal sealed class DeclaredInFleet(string group, string kind, string ns, bool isDeclared) : IRememberedAnswer
{
    public bool IsDeclared => isDeclared;

    public static DeclaredInFleet Of(Resolver resolver, string group, string kind, string ns) => new(group, kind, ns, resolver.Fleet?.Declares(group, kind, ns) ?? false);

    public bool HoldsIn(Resolver later) => (later.Fleet?.Declares(group, kind, ns) ?? false) == isDeclared;
}

/// <summary>Which clusters are in one mesh, remembered.</summary>
internal sealed class MeshAnswer(ImmutableArray<string> clusters) : IRememberedAnswer
{
    public ImmutableArray<string> Clusters => clusters;

    public static MeshAnswer Of(Resolver resolver) => new(resolver.Fleet?.Meshed ?? []);

    public bool HoldsIn(Resolver later) => (later.Fleet?.Meshed ?? []).AsSpan().SequenceEqual(clusters.AsSpan());
}

/// <summary>How many ready endpoints a Service has in a cluster, remembered.</summary>
internal sealed class EndpointsAnswer(string cluster, ObjectKey service, int? ready) : IRememberedAnswer
{
    public int? Ready => ready;

    public static EndpointsAnswer Of(Resolver resolver, string cluster, ObjectKey service) => new(cluster, service, resolver.Fleet?.ReadyEndpoints(cluster, service));

    public bool HoldsIn(Resolver later) => later.Fleet?.ReadyEndpoints(cluster, service) == ready;
}
