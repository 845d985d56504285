using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Conditions;

/// <summary>What a conformant controller would write into the status of an object. Parts that the kind does not have are null.</summary>
public sealed record ObjectConditions(ObjectView View)
{
    /// <summary>The cluster whose object it is; null without clusters and for objects of no cluster.</summary>
    public string? Cluster { get; init; }

    /// <summary>Of the object itself; null for routes and policies, whose status is by parent or ancestor.</summary>
    public ImmutableArray<Condition>? Conditions { get; init; }

    public ImmutableArray<ListenerStatus>? Listeners { get; init; }

    /// <summary>Of a Gateway: how many ListenerSets have joined it.</summary>
    public int? AttachedListenerSets { get; init; }

    /// <summary>One for each parentRef of a route, save those of kinds that are none of ours.</summary>
    public ImmutableArray<ParentStatus>? Parents { get; init; }

    public ImmutableArray<AncestorStatus>? Ancestors { get; init; }
}

/// <summary>Status of a listener.</summary>
public sealed record ListenerStatus(ResolvedListener Listener, int AttachedRoutes, ImmutableArray<Condition> Conditions)
{
    public string Name => Listener.Name;

    public ImmutableArray<GroupKind> SupportedKinds => Listener.SupportedKinds;
}

/// <summary>Status of a route at one parent.</summary>
public sealed record ParentStatus(ResolvedParent Parent, ImmutableArray<Condition> Conditions);

/// <summary>Status of a policy at one Gateway.</summary>
public sealed record AncestorStatus(ResolvedGateway Ancestor, ImmutableArray<Condition> Conditions);
