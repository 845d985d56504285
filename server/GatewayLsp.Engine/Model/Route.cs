using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Model;

public enum RouteKind : byte { Http, Grpc, Tls, Tcp, Udp }

/// <summary>What routes of all kinds have in common.</summary>
public abstract class Route : ObjectView
{
    private protected Route(ManifestObject one, RouteKind type) : base(one)
    {
        Type = type;
        ParentRefs = Spec.List("parentRefs", parent => new ParentRef(parent, Namespace));
        var hostnames = ImmutableArray.CreateBuilder<RouteHostname>();
        foreach (YamlScalar scalar in Spec.Scalars("hostnames"))
        {
            hostnames.Add(new RouteHostname(scalar));
        }
        Hostnames = type is RouteKind.Tcp or RouteKind.Udp ? [] : hostnames.DrainToImmutable();
    }

    public RouteKind Type { get; }

    public ImmutableArray<ParentRef> ParentRefs { get; }

    /// <summary>All its parents are Services: it is for requests within a mesh.</summary>
    public bool IsOfMesh => !ParentRefs.IsEmpty && ParentRefs.All(static parent => parent.IsService);

    /// <summary>Empty for every hostname of the listener, and for kinds that have none.</summary>
    public ImmutableArray<RouteHostname> Hostnames { get; }

    public abstract ImmutableArray<RouteRule> Rules { get; }

    /// <summary>All backends of a route, with those of its filters: where a request, or a copy or question of it, may go. Kept, since a Gateway that changes makes all of its routes ask.</summary>
    public ImmutableArray<BackendRef> AllBackends
    {
        get
        {
            if (field.IsDefault)
            {
                field = Collected();
            }
            return field;
        }
    }

    private ImmutableArray<BackendRef> Collected()
    {
        var found = ImmutableArray.CreateBuilder<BackendRef>();
        foreach (RouteRule rule in Rules)
        {
            Collect(rule.Filters, found);
            foreach (BackendRef backend in rule.BackendRefs)
            {
                found.Add(backend);
                Collect(backend.Filters, found);
            }
        }
        return found.DrainToImmutable();
    }

    private static void Collect(ImmutableArray<RouteFilter> filters, ImmutableArray<BackendRef>.Builder found)
    {
        foreach (RouteFilter filter in filters)
        {
            if (filter.Backend is { } target)
            {
                found.Add(target);
            }
        }
    }
}

/// <summary>A hostname of a route.</summary>
/// <param name="Node">Where it is written.</param>
public sealed record RouteHostname(YamlScalar Node)
{
    /// <summary>Lower case; null when a template fills it in, so that it may be any.</summary>
    public string? Value { get; } = Node.IsOpaque ? null : Node.Value.ToLowerInvariant();
}

/// <summary>A rule of a route.</summary>
public abstract class RouteRule : ModelElement
{
    private protected RouteRule(FieldReader fields, string ownNamespace) : base(fields)
    {
        Name = fields.Text("name");
        BackendRefs = fields.List("backendRefs", backend => new BackendRef(backend, ownNamespace));
        Filters = fields.List("filters", filter => new RouteFilter(filter, ownNamespace));
        HasOpenBackends = fields.IsOpen("backendRefs");
        HasOpenFilters = fields.IsOpen("filters");
    }

    public string? Name { get; }

    public ImmutableArray<BackendRef> BackendRefs { get; }

    public ImmutableArray<RouteFilter> Filters { get; }

    /// <summary>A template puts in backends that nobody knows.</summary>
    public bool HasOpenBackends { get; }

    /// <summary>A template puts in filters that nobody knows.</summary>
    public bool HasOpenFilters { get; }

    /// <summary>What routing makes of the matches: they are the same wherever the route is attached.</summary>
    internal object? Matchers;

    private protected static RetryPolicy? Retry(FieldReader fields) => fields.IsPresent ? new RetryPolicy(fields) : null;
}

/// <summary>A rule of a TLSRoute, TCPRoute or UDPRoute: backends and no more.</summary>
public sealed class StreamRouteRule : RouteRule
{
    internal StreamRouteRule(FieldReader fields, string ownNamespace) : base(fields, ownNamespace)
    {
    }
}

/// <summary>TLSRoute, TCPRoute or UDPRoute: connections (or packets) as they are.</summary>
public sealed class StreamRoute : Route
{
    private readonly ImmutableArray<RouteRule> _rules;

    internal StreamRoute(ManifestObject one, RouteKind type) : base(one, type) =>
        _rules = Spec.List<RouteRule>("rules", rule => new StreamRouteRule(rule, Namespace));

    public override ImmutableArray<RouteRule> Rules => _rules;
}

/// <summary>How a failed request is tried again (experimental).</summary>
public sealed class RetryPolicy : ModelElement
{
    internal RetryPolicy(FieldReader fields) : base(fields)
    {
        Attempts = fields.Integer("attempts");
        Backoff = GatewayDuration.Parse(fields.Text("backoff"));
        Codes = [.. fields.Scalars("codes").Select(code => int.TryParse(code.Value, out int number) ? number : 0).Where(code => code > 0)];
    }

    public int? Attempts { get; }

    /// <summary>Least time between attempts.</summary>
    public TimeSpan? Backoff { get; }

    /// <summary>HTTP status codes that count as failed.</summary>
    public ImmutableArray<int> Codes { get; }
}
