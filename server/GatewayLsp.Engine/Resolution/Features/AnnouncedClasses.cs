using System.Collections.Immutable;

namespace GatewayLsp.Engine.Resolution.Features;

/// <summary>A GatewayClass as connected clusters have it.</summary>
/// <param name="ControllerName">Empty when the clusters have different ones.</param>
/// <param name="Features">What all of those support that announce anything; empty when none does.</param>
/// <param name="Where">The clusters that announce features, for people.</param>
public sealed record AnnouncedClass(string ControllerName, ImmutableHashSet<string> Features, string Where)
{
    public bool Equals(AnnouncedClass? other) =>
        other is not null && ControllerName == other.ControllerName && Where == other.Where && Features.SetEquals(other.Features);

    public override int GetHashCode() => HashCode.Combine(ControllerName, Features.Count, Where);
}

/// <summary>The GatewayClasses of connected clusters: who implements them, and what the controllers there say that they support. Immutable; the same instance while they say the same.</summary>
public sealed class AnnouncedClasses(ImmutableDictionary<string, AnnouncedClass> classes)
{
    public static readonly AnnouncedClasses None = new(ImmutableDictionary<string, AnnouncedClass>.Empty);

    public AnnouncedClass? Find(string className) => classes.GetValueOrDefault(className);

    public bool IsSame(AnnouncedClasses other) => ReferenceEquals(this, other) || (Count == other.Count && All.All(one => one.Value.Equals(other.Find(one.Key))));

    private int Count => classes.Count;

    private ImmutableDictionary<string, AnnouncedClass> All => classes;
}
