namespace GatewayLsp.Engine.Resolution.Clusters;

/// <summary>
/// What was made of an object that several clusters have: one result for each, so that those of one do not drive out those of
/// another. A cache; without clusters the slot holds the result itself.
/// </summary>
internal sealed class PerCluster
{
    private readonly (string Cluster, object Made)[] _made;

    private PerCluster((string, object)[] made) => _made = made;

    /// <summary>What the slot keeps for a cluster; null when that is nothing or of another type.</summary>
    public static T? Get<T>(object? slot, string? cluster) where T : class
    {
        if (cluster is null || slot is not PerCluster kept)
        {
            return slot as T;
        }
        foreach ((string name, object made) in kept._made)
        {
            if (name == cluster)
            {
                return made as T;
            }
        }
        return null;
    }

    /// <summary>Keeps a result. Several threads may do so at once, for different clusters: none is lost.</summary>
    public static void Set(ref object? slot, string? cluster, object made)
    {
        if (cluster is null)
        {
            slot = made;
            return;
        }
        while (true)
        {
            object? before = Volatile.Read(ref slot);
            (string Cluster, object Made)[] known = before is PerCluster kept ? kept._made : [];
            int at = Array.FindIndex(known, one => one.Cluster == cluster);
            (string, object)[] next;
            if (at < 0)
            {
                next = [.. known, (cluster, made)];
            }
            else
            {
                next = [.. known];
                next[at] = (cluster, made);
            }
            if (ReferenceEquals(Interlocked.CompareExchange(ref slot, new PerCluster(next), before), before))
            {
                return;
            }
        }
    }
}
