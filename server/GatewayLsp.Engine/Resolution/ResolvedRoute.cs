using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Clusters;

namespace GatewayLsp.Engine.Resolution;

/// <summary>What came of a route's wish to be attached to one parent, in the order in which it is checked.</summary>
public enum AttachOutcome : byte
{
    Attached,

    /// <summary>There is no such parent, or no listener (port of a Service) of that name and number.</summary>
    NoMatchingParent,

    /// <summary>The listeners take no routes of this kind, or none from this namespace.</summary>
    NotAllowedByListeners,

    /// <summary>None of the route's hostnames is one of a listener's.</summary>
    NoMatchingListenerHostname,

    /// <summary>The files do not say enough.</summary>
    Unknown,

    /// <summary>A parent of a kind that the specification leaves to others; nothing is said about it.</summary>
    ForeignParent,
}

/// <summary>A listener that a route is attached to.</summary>
/// <param name="Hostnames">What both of them serve, lower case, in the route's order; empty for every hostname.</param>
public sealed record AttachedListener(ResolvedListener Listener, ImmutableArray<string> Hostnames);

/// <summary>One parent of a route.</summary>
public sealed class ResolvedParent
{
    internal ResolvedParent(ParentRef reference, AttachOutcome outcome)
    {
        Ref = reference;
        Outcome = outcome;
    }

    public ParentRef Ref { get; }

    public AttachOutcome Outcome { get; }

    /// <summary>The Gateway, ListenerSet or Service; null when it is not there.</summary>
    public ObjectView? Target { get; internal init; }

    /// <summary>The Gateway that is meant in the end, be it through a ListenerSet.</summary>
    public ResolvedGateway? Gateway { get; internal init; }

    /// <summary>Those it is attached to. Empty for a Service as parent.</summary>
    public ImmutableArray<AttachedListener> Listeners { get; internal init; } = [];

    /// <summary>The listeners that the reference chooses, attached or not.</summary>
    public ImmutableArray<ResolvedListener> Candidates { get; internal init; } = [];

    /// <summary>
    /// Set with <see cref="AttachOutcome.NoMatchingListenerHostname"/>: those that serve a hostname of the route and do not take
    /// its namespace. The specification has no other reason as long as some listener takes the namespace, but that is what is wrong.
    /// </summary>
    public ImmutableArray<ResolvedListener> Refusing { get; internal init; } = [];

    /// <summary>Set with <see cref="AttachOutcome.NotAllowedByListeners"/> when the kind of the route fits and its namespace does not.</summary>
    public bool IsWrongNamespace { get; internal init; }

    /// <summary>Set with <see cref="AttachOutcome.NoMatchingParent"/> when the parent is a ListenerSet that its Gateway does not let in.</summary>
    public bool IsParentNotAllowed { get; internal init; }

    /// <summary>True for routes of a mesh whose parent is in another namespace: they hold only for clients of the route's own.</summary>
    public bool IsConsumer => Target is Service && Ref.CrossesNamespaces;
}

/// <summary>A backend of a route.</summary>
public sealed class ResolvedBackend
{
    internal ResolvedBackend(BackendRef reference, ReferenceIssue? issue, Presence presence)
    {
        Ref = reference;
        Issue = issue;
        Presence = presence;
    }

    public BackendRef Ref { get; }

    /// <summary>Why nothing can be sent there; null when something can, or nobody knows.</summary>
    public ReferenceIssue? Issue { get; }

    public Presence Presence { get; }

    public bool IsUsable => Issue is null;

    public Service? Service { get; internal init; }

    public ServiceImport? Import { get; internal init; }

    /// <summary>The port that is meant; null when not known.</summary>
    public ServicePort? Port { get; internal init; }

    /// <summary>The clusters that have the Service, by name; empty where clusters play no part.</summary>
    public ImmutableArray<BackendCluster> Clusters { get; internal init; } = [];
}

/// <summary>A rule that can't be carried out as it is written.</summary>
/// <param name="At">What is wrong in it.</param>
public sealed record RuleIssue(RouteRule Rule, bool AreFiltersIncompatible, ModelElement At);

/// <summary>A route with its parents and backends decided.</summary>
public sealed class ResolvedRoute
{
    internal ResolvedRoute(Route route, Dependencies dependencies)
    {
        Route = route;
        Dependencies = dependencies;
    }

    public Route Route { get; }

    /// <summary>One for each of <c>parentRefs</c>, in order.</summary>
    public ImmutableArray<ResolvedParent> Parents { get; internal init; } = [];

    /// <summary>All backends with those of filters, in the order of <see cref="Route.AllBackends"/>.</summary>
    public ImmutableArray<ResolvedBackend> Backends { get; internal init; } = [];

    /// <summary>Rules that can't be carried out, in order.</summary>
    public ImmutableArray<RuleIssue> RuleIssues { get; internal init; } = [];

    /// <summary>True when no rule of it can be carried out, so that no parent takes it.</summary>
    public bool IsRejected => RuleIssues.Length > 0 && RuleIssues.Length == Route.Rules.Length;

    public ResolvedBackend? Find(BackendRef reference)
    {
        foreach (ResolvedBackend backend in Backends)
        {
            if (ReferenceEquals(backend.Ref, reference))
            {
                return backend;
            }
        }
        return null;
    }

    /// <summary>The mark of the snapshot that it was last found to hold in.</summary>
    internal object? Checked { get; set; }

    /// <summary>The status that follows from all this, once somebody has asked for it.</summary>
    internal Conditions.ParentStatus[]? Status { get; set; }

    internal Dependencies Dependencies { get; }

    /// <summary>What the routing makes of it. A cache: it follows from this alone.</summary>
    internal object? Compiled;
}

/// <summary>A route at a listener.</summary>
public sealed record AttachedRoute(ResolvedRoute Resolved, ResolvedParent Parent, AttachedListener At)
{
    public Route Route => Resolved.Route;
}
