using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Conditions;

/// <summary>What a conformant controller would write into the status of objects, from manifests alone.</summary>
public static class ConditionsProvider
{
    /// <summary>The kinds whose status is computed, in the order in which they are reported.</summary>
    private static readonly ImmutableArray<GroupKind> Kinds =
    [
        new(ApiGroups.Gateway, "GatewayClass"), new(ApiGroups.Gateway, "Gateway"), new(ApiGroups.Gateway, "ListenerSet"),
        new(ApiGroups.GatewayExperimental, "XListenerSet"), new(ApiGroups.Gateway, "HTTPRoute"), new(ApiGroups.Gateway, "GRPCRoute"),
        new(ApiGroups.Gateway, "TLSRoute"), new(ApiGroups.Gateway, "TCPRoute"), new(ApiGroups.Gateway, "UDPRoute"),
        new(ApiGroups.Gateway, "BackendTLSPolicy"),
    ];

    /// <summary>Of all objects: by kind, then namespace and name.</summary>
    public static ImmutableArray<ObjectConditions> All(Workspace workspace, CancellationToken cancel = default)
    {
        Resolver resolver = workspace.Resolver;
        var found = ImmutableArray.CreateBuilder<ObjectConditions>();
        foreach (GroupKind kind in Kinds)
        {
            foreach (ObjectView view in resolver.All<ObjectView>(kind.Group, kind.Kind))
            {
                cancel.ThrowIfCancellationRequested();
                // What is of no cluster is in every cluster's world and told of once.
                if (workspace.Owns(view) && Of(resolver, view) is { } conditions)
                {
                    found.Add(workspace.Cluster is { Length: > 0 } cluster ? conditions with { Cluster = cluster } : conditions);
                }
            }
        }
        return found.DrainToImmutable();
    }

    /// <summary>Null for objects without status here.</summary>
    public static ObjectConditions? Of(Resolver resolver, ObjectView view) => view switch
    {
        GatewayClass one => new ObjectConditions(view) { Conditions = GatewayClassConditions.Of(resolver, one) },
        Gateway => resolver.Gateway(Resolver.KeyOf(view)) is { } gateway && ReferenceEquals(gateway.Gateway, view) ? Of(resolver, gateway) : null,
        ListenerSet set => new ObjectConditions(view)
        {
            Conditions = ListenerSetConditions.Of(resolver, set),
            Listeners = Of(resolver, resolver.ListenerSet(set)?.Listeners ?? []),
        },
        Route route => new ObjectConditions(view) { Parents = RouteConditions.Of(resolver.Route(route)) },
        BackendTlsPolicy policy => new ObjectConditions(view) { Ancestors = PolicyConditions.Of(resolver.Policy(policy)) },
        _ => null,
    };

    private static ObjectConditions Of(Resolver resolver, ResolvedGateway gateway) => new(gateway.Gateway)
    {
        Conditions = GatewayConditions.Of(gateway),
        Listeners = Of(resolver, gateway.Listeners),
        AttachedListenerSets = gateway.ListenerSets.Count(set => ListenerSetConditions.IsAttached(gateway, set)),
    };

    private static ImmutableArray<ListenerStatus> Of(Resolver resolver, ImmutableArray<ResolvedListener> listeners) =>
        ImmutableArray.CreateRange(listeners, listener => ListenerConditions.Of(resolver, listener));
}
