using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>A Gateway with all its listeners, conflicts and references decided. Routes play no part in it.</summary>
public sealed class ResolvedGateway
{
    internal ResolvedGateway(Gateway gateway, Dependencies dependencies)
    {
        Gateway = gateway;
        Dependencies = dependencies;
    }

    public Gateway Gateway { get; }

    public ObjectKey Key => new(ApiGroups.Gateway, "Gateway", Gateway.Namespace, Gateway.Name);

    /// <summary>Its own, in the order of the manifest.</summary>
    public ImmutableArray<ResolvedListener> Listeners { get; internal init; } = [];

    /// <summary>Every ListenerSet that names it, allowed or not, in order of precedence.</summary>
    public ImmutableArray<ResolvedListenerSet> ListenerSets { get; internal init; } = [];

    /// <summary>Whether its class may have Gateways: No when the class is known and not accepted.</summary>
    public bool IsClassAccepted { get; internal init; } = true;

    /// <summary>True when what <c>infrastructure.parametersRef</c> names is nothing anybody could read.</summary>
    public bool HasInvalidParameters { get; internal init; }

    /// <summary>The first address of a type that no implementation has.</summary>
    public GatewayAddress? UnsupportedAddress { get; internal init; }

    /// <summary>What is wrong with <c>tls.backend.clientCertificateRef</c>.</summary>
    public ReferenceIssue? ClientCertificateIssue { get; internal init; }

    /// <summary>Its own and those of the ListenerSets that may join.</summary>
    public IEnumerable<ResolvedListener> AllListeners
    {
        get
        {
            foreach (ResolvedListener listener in Listeners)
            {
                yield return listener;
            }
            foreach (ResolvedListenerSet set in ListenerSets)
            {
                foreach (ResolvedListener listener in set.Listeners)
                {
                    yield return listener;
                }
            }
        }
    }

    /// <summary>True when the Gateway as a whole can serve something.</summary>
    public bool IsAccepted => IsClassAccepted && !HasInvalidParameters && UnsupportedAddress is null && HasValidListener;

    /// <summary>True also for a Gateway that has no listeners yet.</summary>
    public bool HasValidListener => Listeners.IsEmpty || AllListeners.Any(listener => listener.IsValid);

    internal Dependencies Dependencies { get; }
}

/// <summary>A ListenerSet and what its Gateway makes of it.</summary>
public sealed class ResolvedListenerSet
{
    internal ResolvedListenerSet(ListenerSet set, Answer isAllowed, ImmutableArray<ResolvedListener> listeners)
    {
        Set = set;
        IsAllowed = isAllowed;
        Listeners = listeners;
    }

    public ListenerSet Set { get; }

    /// <summary>Whether the Gateway's <c>allowedListeners</c> lets it in.</summary>
    public Answer IsAllowed { get; }

    /// <summary>Empty when it may not join.</summary>
    public ImmutableArray<ResolvedListener> Listeners { get; }
}
