using System.Collections.Immutable;
using GatewayLsp.Engine.Routing.Filters;

namespace GatewayLsp.Engine.Routing;

/// <summary>Why a request could not be followed at all.</summary>
public enum TraceProblem
{
    None,

    /// <summary>There is no such Gateway (or Service, for a mesh).</summary>
    NotFound,

    /// <summary>The request is not one: no listener has that port, the host is no name.</summary>
    BadRequest,
}

/// <summary>A listener, and the ListenerSet that defines it, if one does.</summary>
/// <param name="Hostname">Null for all.</param>
public sealed record TracedListener(string Name, int Port, string Protocol, string? Hostname, ObjectName? ListenerSet);

/// <summary>A route by kind and name.</summary>
public sealed record TracedRoute(string Kind, string Namespace, string Name)
{
    public override string ToString() => $"{Kind} {Namespace}/{Name}";
}

/// <summary>An answer of the gateway itself, or a refused connection.</summary>
/// <param name="StatusCodes">Each conformant gateway answers one of them; empty when the connection is refused.</param>
/// <param name="GrpcCode">For gRPC calls, in the words of the gRPC status codes; else null.</param>
public sealed record TracedResponse(ImmutableArray<int> StatusCodes, HeaderList Headers, string? GrpcCode = null, bool IsRejected = false)
{
    public static TracedResponse Of(params ReadOnlySpan<int> codes) => new([.. codes], HeaderList.Empty);

    public static readonly TracedResponse Rejected = new([], HeaderList.Empty, IsRejected: true);
}

/// <summary>Where a redirect sends the client: the parts of its <c>Location</c>.</summary>
/// <param name="Port">Null when <c>Location</c> names none, being that of the scheme.</param>
public sealed record TracedRedirect(string Scheme, string Host, int? Port, string Path, int StatusCode)
{
    public string Location => $"{Scheme}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}{(Port is { } port ? $":{port}" : "")}{Path}{Query}";

    /// <summary>That of the request, which a redirect keeps: with its <c>?</c>, empty when there is none.</summary>
    public string Query { get; init; } = "";
}

/// <summary>The request that a backend gets.</summary>
/// <param name="Path">With the query.</param>
/// <param name="ServerName">SNI of the TLS connection to the backend; null for plain text.</param>
public sealed record UpstreamRequest(string Host, string Path, string Method, HeaderList Headers, string? ServerName);

/// <summary>A backend and what it gets of the requests.</summary>
/// <param name="Upstream">The request it gets; null when it gets none, or for bare connections.</param>
/// <param name="Filters">Those of this backend alone.</param>
public sealed record TracedBackend(BackendTarget Target, int Weight, Share Share, ImmutableArray<TracedFilter> Filters, UpstreamRequest? Upstream)
{
    /// <summary>What one of its filters answers in its place; null when requests reach it, or fail.</summary>
    public TracedResponse? Response { get; init; }

    /// <summary>Set with <see cref="Response"/> when that is a redirect.</summary>
    public TracedRedirect? Redirect { get; init; }
}

/// <summary>A backend that gets copies.</summary>
public sealed record TracedMirror(BackendTarget Target, Share Share);

/// <summary>What becomes of one request: which listener, route, rule and match take it, and what they do with it.</summary>
public sealed record RequestTrace
{
    public TraceProblem Problem { get; init; }

    /// <summary>The cluster of the Gateway; null without clusters.</summary>
    public string? Cluster { get; init; }

    /// <summary>What each cluster gets of the requests; empty without clusters, or where no backend gets any.</summary>
    public ImmutableArray<ClusterShare> ClusterShares { get; init; } = [];

    public TracedListener? Listener { get; init; }

    public TracedRoute? Route { get; init; }

    /// <summary>0-based place in <c>spec.rules</c>.</summary>
    public int? Rule { get; init; }

    public string? RuleName { get; init; }

    /// <summary>0-based place in the rule's <c>matches</c>; null when the rule has none.</summary>
    public int? Match { get; init; }

    /// <summary>Filters of the rule, in order.</summary>
    public ImmutableArray<TracedFilter> Filters { get; init; } = [];

    /// <summary>A template puts in backends or filters of the rule, so that what becomes of the request is not certain.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Set when the gateway answers all such requests itself; null when a backend does.</summary>
    public TracedResponse? Response { get; init; }

    public TracedRedirect? Redirect { get; init; }

    public ImmutableArray<TracedBackend> Backends { get; init; } = [];

    public ImmutableArray<TracedMirror> Mirrors { get; init; } = [];

    /// <summary>What the backends get, filters applied; that of the first one with a share where they differ.</summary>
    public UpstreamRequest? Upstream { get; init; }

    /// <summary>One line for each decision, in order.</summary>
    public ImmutableArray<string> Why { get; init; } = [];
}
