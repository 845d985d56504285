using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Conditions;

/// <summary>Status of a ListenerSet.</summary>
internal static class ListenerSetConditions
{
    public static ImmutableArray<Condition> Of(Resolver resolver, ListenerSet set)
    {
        (ConditionStatus status, string reason, string message) = Decide(resolver, set);
        string programmed = status switch
        {
            ConditionStatus.True => ConditionReasons.Programmed,
            ConditionStatus.False when reason == ConditionReasons.ParentNotAccepted => ConditionReasons.ParentNotProgrammed,
            _ => reason,
        };
        return [new Condition(ConditionTypes.Accepted, status, reason, message), new Condition(ConditionTypes.Programmed, status, programmed, message)];
    }

    /// <summary>True when it has joined its Gateway.</summary>
    public static bool IsAttached(ResolvedGateway gateway, ResolvedListenerSet set) =>
        set.IsAllowed == Answer.Yes && gateway.IsAccepted && set.Listeners.Any(listener => listener.IsValid);

    private static (ConditionStatus Status, string Reason, string Message) Decide(Resolver resolver, ListenerSet set)
    {
        string name = Naming.Of(set);
        if (resolver.ListenerSet(set) is not { } resolved || resolver.Gateway(set.ParentRef.Key) is not { } gateway)
        {
            bool isAbsent = set.ParentRef is { IsKnown: true, IsGateway: true } && new Dependencies(resolver).PresenceOf(set.ParentRef.Key) == Presence.Absent;
            return isAbsent
                ? (ConditionStatus.False, ConditionReasons.ParentNotAccepted, $"{name} names {Naming.Of(set.ParentRef)} as its parent, which is not there; create it or correct parentRef.")
                : (ConditionStatus.Unknown, ConditionReasons.Pending, $"{name} waits for its Gateway.");
        }
        if (resolved.IsAllowed != Answer.Yes)
        {
            return resolved.IsAllowed == Answer.No
                ? (ConditionStatus.False, ConditionReasons.NotAllowed,
                    $"{Naming.Of(gateway.Gateway)} takes no ListenerSets of namespace {set.Namespace}; allow them in its allowedListeners.namespaces.")
                : (ConditionStatus.Unknown, ConditionReasons.Pending, $"{name} waits for {Naming.Of(gateway.Gateway)} to allow it.");
        }
        if (!gateway.IsAccepted && (!gateway.IsClassAccepted || gateway.HasInvalidParameters || gateway.UnsupportedAddress is not null))
        {
            return (ConditionStatus.False, ConditionReasons.ParentNotAccepted, $"{name} can't join {Naming.Of(gateway.Gateway)}, which is not accepted itself; see its conditions.");
        }
        string[] invalid = [.. resolved.Listeners.Where(listener => !listener.IsValid).Select(listener => $"'{listener.Name}'")];
        if (invalid.Length == resolved.Listeners.Length)
        {
            return (ConditionStatus.False, ConditionReasons.ListenersNotValid, $"{name} has no listener that can serve anything; see the conditions of {Naming.List(invalid)}.");
        }
        return invalid.Length > 0
            ? (ConditionStatus.True, ConditionReasons.ListenersNotValid, $"{name} works without {Naming.List(invalid)}; see the conditions there.")
            : (ConditionStatus.True, ConditionReasons.Accepted, $"{name} has joined {Naming.Of(gateway.Gateway)}.");
    }
}
