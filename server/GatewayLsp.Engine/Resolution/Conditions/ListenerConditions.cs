using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Conditions;

/// <summary>Status of a listener, of a Gateway or a ListenerSet.</summary>
internal static class ListenerConditions
{
    public static ListenerStatus Of(Resolver resolver, ResolvedListener listener)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        Condition accepted = Accepted(listener);
        Condition references = ResolvedRefs(listener);
        conditions.Add(accepted);
        conditions.Add(Programmed(listener, accepted, references));
        conditions.Add(references);
        conditions.Add(Conflicted(listener));
        if (listener.SharesCertificateNamesWith is { } twin)
        {
            conditions.Add(Condition.True(ConditionTypes.OverlappingTlsConfig, ConditionReasons.OverlappingCertificates,
                $"Its certificate and that of {Naming.Of(twin)} on port {twin.Port} are for the same hostname: a connection that clients reuse may reach the wrong one."));
        }
        else if (listener.OverlapsWith is { } other)
        {
            conditions.Add(Condition.True(ConditionTypes.OverlappingTlsConfig, ConditionReasons.OverlappingHostnames,
                $"Hostname {Hostname(listener.Listener)} overlaps with {Hostname(other)} of {Naming.Of(other)} on port {other.Port}: a connection that clients reuse may reach the wrong one."));
        }
        return new ListenerStatus(listener, resolver.RoutesAt(listener).Length, conditions.DrainToImmutable());
    }

    private static Condition Accepted(ResolvedListener listener)
    {
        string name = Capital(Naming.Of(listener.Listener));
        if (listener.IsProtocolSupported == Answer.No)
        {
            return Condition.False(ConditionTypes.Accepted, ConditionReasons.UnsupportedProtocol,
                $"{name} has the protocol {(listener.Listener.Protocol.Length == 0 ? "none" : listener.Listener.Protocol)}; use HTTP, HTTPS, TLS, TCP or UDP.");
        }
        if (listener.Conflict != ListenerConflict.None)
        {
            return Condition.False(ConditionTypes.Accepted, ReasonOf(listener.Conflict), ConflictMessage(listener));
        }
        return listener.HasNoCaCertificate
            ? Condition.False(ConditionTypes.Accepted, ConditionReasons.NoValidCaCertificate,
                $"{name} is to check certificates of clients and has no CA certificate that can be used: {Naming.Of(listener.CaIssues[0], "a CA certificate")}")
            : Condition.True(ConditionTypes.Accepted, ConditionReasons.Accepted, $"{name} can be set up.");
    }

    private static Condition Programmed(ResolvedListener listener, Condition accepted, Condition references)
    {
        if (listener.IsValid)
        {
            return Condition.True(ConditionTypes.Programmed, ConditionReasons.Programmed, $"{Capital(Naming.Of(listener.Listener))} can be put in place.");
        }
        string reason = listener.Conflict == ListenerConflict.None || accepted.Reason != ReasonOf(listener.Conflict) ? ConditionReasons.Invalid : accepted.Reason;
        return Condition.False(ConditionTypes.Programmed, reason, accepted.Status == ConditionStatus.False ? accepted.Message : references.Message);
    }

    private static Condition ResolvedRefs(ResolvedListener listener)
    {
        if (!listener.CertificateIssues.IsEmpty)
        {
            ReferenceIssue issue = listener.CertificateIssues[0];
            string reason = issue.Problem == ReferenceProblem.NotPermitted ? ConditionReasons.RefNotPermitted : ConditionReasons.InvalidCertificateRef;
            return Condition.False(ConditionTypes.ResolvedRefs, reason, Naming.Of(issue, "a certificate"));
        }
        if (!listener.CaIssues.IsEmpty)
        {
            ReferenceIssue issue = listener.CaIssues[0];
            return Condition.False(ConditionTypes.ResolvedRefs, issue.Problem switch
            {
                ReferenceProblem.NotPermitted => ConditionReasons.RefNotPermitted,
                ReferenceProblem.InvalidKind => ConditionReasons.InvalidCaCertificateKind,
                _ => ConditionReasons.InvalidCaCertificateRef,
            }, Naming.Of(issue, "a CA certificate"));
        }
        if (!listener.InvalidKinds.IsEmpty)
        {
            string[] kinds = [.. listener.InvalidKinds.Select(kind => kind.Group == ApiGroups.Gateway ? kind.Kind : Naming.Kind(kind.Group, kind.Kind))];
            string[] fitting = [.. ListenerProtocols.RouteKinds(listener.Listener).Select(kind => kind.Kind)];
            return Condition.False(ConditionTypes.ResolvedRefs, ConditionReasons.InvalidRouteKinds,
                $"{Capital(Naming.Of(listener.Listener))} can't take routes of kind {Naming.List(kinds)} over {listener.Listener.Protocol}; it can take {Naming.List(fitting)}.");
        }
        return Condition.True(ConditionTypes.ResolvedRefs, ConditionReasons.ResolvedRefs, $"All references of {Naming.Of(listener.Listener)} are good.");
    }

    private static Condition Conflicted(ResolvedListener listener) => listener.Conflict == ListenerConflict.None
        ? Condition.False(ConditionTypes.Conflicted, ConditionReasons.NoConflicts, $"{Capital(Naming.Of(listener.Listener))} has no conflict with another listener.")
        : Condition.True(ConditionTypes.Conflicted, ReasonOf(listener.Conflict), ConflictMessage(listener));

    private static string ConflictMessage(ResolvedListener listener)
    {
        Listener own = listener.Listener;
        Listener other = listener.ConflictsWith ?? own;
        return listener.Conflict == ListenerConflict.Hostname
            ? $"{Capital(Naming.Of(own))} and {Naming.Of(other)} both serve {Hostname(own)} on port {own.Port}; give one of them another port or hostname."
            : $"{Capital(Naming.Of(own))} ({own.Protocol}) can't share port {own.Port} with {Naming.Of(other)} ({other.Protocol}); give one of them another port.";
    }

    private static string ReasonOf(ListenerConflict conflict) =>
        conflict == ListenerConflict.Hostname ? ConditionReasons.HostnameConflict : ConditionReasons.ProtocolConflict;

    private static string Hostname(Listener listener) => listener.Hostname ?? "every hostname";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
