using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Clusters;

/// <summary>
/// The clusters around one: what their manifests hold. A snapshot as the workspace is. Of the files of no cluster each
/// cluster has its own copy, so what they say is true everywhere.
/// </summary>
public sealed class Fleet
{
    private const string NetworkLabel = "topology.istio.io/network";

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

    /// <summary>
    /// The clusters that are in an Istio mesh of several: settings say so, or networks, east-west gateways, <c>istio-remote</c>
    /// Gateways or secrets for other clusters.
    /// </summary>
    internal ImmutableArray<string> Meshed
    {
        get
        {
            if (_meshed.IsDefault)
            {
                string[] meshed = [.. Clusters.Where(IsMeshed)];
                ImmutableInterlocked.InterlockedInitialize(ref _meshed, meshed.Length > 1 ? [.. meshed] : []);
            }
            return _meshed;
        }
    }

    private bool IsMeshed(string cluster)
    {
        if (Settings.Find(cluster) is { } settings && (settings.Role != MeshRole.Unknown || settings.Network is not null))
        {
            return true;
        }
        ResourceIndex index = _whole.World(cluster)!.Index;
        foreach (IndexedObject one in index.OfKind(ApiGroups.Gateway, "Gateway"))
        {
            if (one.Object.View<Gateway>() is { } gateway && (gateway.ClassName is "istio-remote" or "istio-east-west" || gateway.Labels.ContainsKey(NetworkLabel)))
            {
                return true;
            }
        }
        foreach (IndexedObject one in index.Find(new ObjectKey(ApiGroups.Core, "Namespace", "", "istio-system")))
        {
            if (one.Object.View()?.Labels.ContainsKey(NetworkLabel) == true)
            {
                return true;
            }
        }
        foreach (IndexedObject one in index.OfKind(ApiGroups.Core, "Secret"))
        {
            if (one.Object.View()?.Labels.GetValueOrDefault("istio/multiCluster") == "true")
            {
                return true;
            }
        }
        return false;
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
