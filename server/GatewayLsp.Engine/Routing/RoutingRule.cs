using System.Collections.Immutable;
using GatewayLsp.Engine.Routing.Filters;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Routing;

/// <summary>One of a rule's <c>backendRefs</c>.</summary>
internal sealed record RoutingBackend(BackendTarget Target, int Weight, ImmutableArray<TracedFilter> Filters);

/// <summary>A rule of a route, read and with its references resolved.</summary>
internal sealed class RoutingRule
{
    /// <summary>0-based place in <c>spec.rules</c>.</summary>
    public required int Index { get; init; }

    public string? Name { get; init; }

    /// <summary>Never empty: a rule without <c>matches</c> matches everything.</summary>
    public required ImmutableArray<RequestMatch> Matches { get; init; }

    public ImmutableArray<TracedFilter> Filters { get; init; } = [];

    public ImmutableArray<RoutingBackend> Backends { get; init; } = [];

    /// <summary>A template puts in backends or filters: those that are known need not be all.</summary>
    public bool IsOpen { get; init; }

    /// <summary><c>timeouts.request</c>; null when not set, zero when switched off.</summary>
    public TimeSpan? RequestTimeout { get; init; }

    /// <summary><c>timeouts.backendRequest</c>; null when not set, zero when switched off.</summary>
    public TimeSpan? BackendTimeout { get; init; }

    /// <summary>What <c>retry</c> says, in words; null without it.</summary>
    public string? Retry { get; init; }
}

/// <summary>A route of any kind, read.</summary>
internal sealed class RoutingRoute
{
    public required TracedRoute Name
    {
        get;
        init
        {
            field = value;
            FullName = $"{value.Namespace}/{value.Name}";
        }
    }

    /// <summary><c>namespace/name</c>: the specification orders by this one string.</summary>
    public string FullName { get; private init; } = "";

    /// <summary><c>metadata.creationTimestamp</c> ; null for manifests that were not applied yet.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public required ImmutableArray<RoutingRule> Rules { get; init; }

    /// <summary>Matches that earlier rules of the route itself take all requests of: so it is wherever the route is attached.</summary>
    public ImmutableArray<Shadow> OwnShadows
    {
        get
        {
            if (field.IsDefault)
            {
                field = FindOwnShadows();
            }
            return field;
        }
    }

    private ImmutableArray<Shadow> FindOwnShadows()
    {
        if (Rules.Length < 2)
        {
            return [];
        }
        var list = new EntryList();
        foreach (RoutingRule rule in Rules)
        {
            foreach (RequestMatch match in rule.Matches)
            {
                list.Add(new RouteEntry(null, this, rule, match));
            }
        }
        list.Complete();
        var found = ImmutableArray.CreateBuilder<Shadow>();
        foreach (Shadow shadow in list.ShadowedOf(Name))
        {
            if (!ReferenceEquals(shadow.Entry.Rule, shadow.By.Rule))
            {
                found.Add(shadow);
            }
        }
        return found.DrainToImmutable();
    }

    /// <summary>Negative when this one is older, or comes first by <c>namespace/name</c>.</summary>
    public int CompareTo(RoutingRoute other)
    {
        int order = (CreatedAt ?? DateTimeOffset.MaxValue).CompareTo(other.CreatedAt ?? DateTimeOffset.MaxValue);
        if (order == 0)
        {
            order = string.CompareOrdinal(FullName, other.FullName);
        }
        return order != 0 ? order : string.CompareOrdinal(Name.Kind, other.Name.Kind);
    }
}
