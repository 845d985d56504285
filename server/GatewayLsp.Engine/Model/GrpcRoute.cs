using System.Collections.Immutable;

namespace GatewayLsp.Engine.Model;

/// <summary>GRPCRoute.</summary>
public sealed class GrpcRoute : Route
{
    internal GrpcRoute(ManifestObject one) : base(one, RouteKind.Grpc)
    {
        GrpcRules = Spec.List("rules", rule => new GrpcRouteRule(rule, Namespace));
        Rules = ImmutableArray<RouteRule>.CastUp(GrpcRules);
    }

    public ImmutableArray<GrpcRouteRule> GrpcRules { get; }

    public override ImmutableArray<RouteRule> Rules { get; }
}

/// <summary>A rule of a GRPCRoute.</summary>
public sealed class GrpcRouteRule : RouteRule
{
    internal GrpcRouteRule(FieldReader fields, string ownNamespace) : base(fields, ownNamespace)
    {
        Matches = fields.List("matches", match => new GrpcMatch(match));
        if (Matches.IsEmpty)
        {
            Matches = [new GrpcMatch(fields.Child("matches")) { IsOpen = fields.IsOpen("matches") }];
        }
        HasSessionPersistence = fields.Child("sessionPersistence").IsPresent;
    }

    /// <summary>One of them must hold. Never empty: without any everything matches.</summary>
    public ImmutableArray<GrpcMatch> Matches { get; }

    public bool HasSessionPersistence { get; }
}

/// <summary>What a call must have, all of it.</summary>
public sealed class GrpcMatch : ModelElement
{
    internal GrpcMatch(FieldReader fields) : base(fields)
    {
        FieldReader method = fields.Child("method");
        Service = method.Text("service");
        Method = method.Text("method");
        MethodType = method.Text("type", "Exact") switch
        {
            "Exact" => ValueMatchType.Exact,
            "RegularExpression" => ValueMatchType.RegularExpression,
            _ => ValueMatchType.Unknown,
        };
        Headers = fields.List("headers", header => new NamedMatch(header));
        IsOpen = fields.IsOpen("method") || fields.IsOpen("headers");
    }

    /// <summary>A template puts in conditions that nobody knows.</summary>
    public bool IsOpen { get; internal init; }

    /// <summary>With its package, as in <c>shop.Orders</c>; null for any.</summary>
    public string? Service { get; }

    /// <summary>Null for any.</summary>
    public string? Method { get; }

    public ValueMatchType MethodType { get; }

    public ImmutableArray<NamedMatch> Headers { get; }
}
