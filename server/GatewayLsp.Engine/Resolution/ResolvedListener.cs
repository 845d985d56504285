using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

public enum ListenerConflict : byte { None, Hostname, Protocol }

/// <summary>A listener, and what came of it in its Gateway.</summary>
public sealed class ResolvedListener
{
    internal ResolvedListener(Listener listener, Gateway gateway)
    {
        Listener = listener;
        Gateway = gateway;
    }

    public Listener Listener { get; }

    /// <summary>The Gateway that serves it, its own or that of its ListenerSet.</summary>
    public Gateway Gateway { get; }

    public string Name => Listener.Name;

    /// <summary>The Gateway or ListenerSet that it is written in.</summary>
    public ObjectView Owner => Listener.Owner;

    /// <summary>The kinds of routes that it takes: those of its protocol that <c>allowedRoutes.kinds</c> names, all without.</summary>
    public ImmutableArray<GroupKind> SupportedKinds { get; internal init; } = [];

    /// <summary>What <c>allowedRoutes.kinds</c> names and the protocol can't carry or nobody knows.</summary>
    public ImmutableArray<RouteGroupKind> InvalidKinds { get; internal init; } = [];

    public Answer IsProtocolSupported { get; internal init; }

    public ListenerConflict Conflict { get; internal set; }

    /// <summary>The listener that it conflicts with: the first one in order of precedence.</summary>
    public Listener? ConflictsWith { get; internal set; }

    /// <summary>Another listener with TLS on the same port whose hostname overlaps; null when there is none.</summary>
    public Listener? OverlapsWith => Overlapping?.Listener;

    /// <summary>The same with what came of it.</summary>
    internal ResolvedListener? Overlapping { get; set; }

    /// <summary>Another listener with TLS on the same port whose certificates are for some of the hostnames that its own are for.</summary>
    public Listener? SharesCertificateNamesWith { get; internal set; }

    /// <summary>The hostnames that its certificates are for; default when they are not all known.</summary>
    public ImmutableArray<string> CertificateNames { get; internal init; }

    /// <summary>What is wrong with its certificates; empty when nothing is or nobody knows.</summary>
    public ImmutableArray<ReferenceIssue> CertificateIssues { get; internal init; } = [];

    /// <summary>What is wrong with the CA certificates for its clients.</summary>
    public ImmutableArray<ReferenceIssue> CaIssues { get; internal init; } = [];

    /// <summary>True when it is to check certificates of clients and has nothing to check them with.</summary>
    public bool HasNoCaCertificate { get; internal init; }

    /// <summary>True when it ends TLS and not one of its certificates can be used.</summary>
    public bool HasNoCertificate { get; internal init; }

    /// <summary>The <c>Accepted</c> condition of the listener.</summary>
    public bool IsAccepted => IsProtocolSupported != Answer.No && Conflict == ListenerConflict.None && !HasNoCaCertificate;

    /// <summary>True when it can serve something.</summary>
    public bool IsValid => IsAccepted && !HasNoCertificate && (SupportedKinds.Length > 0 || InvalidKinds.IsEmpty);

    public bool AreReferencesResolved => CertificateIssues.IsEmpty && CaIssues.IsEmpty && InvalidKinds.IsEmpty;

    /// <summary>What the routing last made of it. A cache, checked before use.</summary>
    internal object? Table { get; set; }

    public bool Supports(string group, string kind) => SupportedKinds.Contains(new GroupKind(group, kind));
}
