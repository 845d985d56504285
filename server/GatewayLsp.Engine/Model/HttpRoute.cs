using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Model;

/// <summary>HTTPRoute.</summary>
public sealed class HttpRoute : Route
{
    internal HttpRoute(ManifestObject one) : base(one, RouteKind.Http)
    {
        HttpRules = Spec.List("rules", rule => new HttpRouteRule(rule, Namespace));
        if (HttpRules.IsEmpty && Spec.Find("rules").IsNull() && Spec.IsPresent)
        {
            // The API server puts in one rule that matches everything; without backends it answers 500.
            HttpRules = [new HttpRouteRule(Spec.Child("rules"), Namespace)];
        }
        Rules = ImmutableArray<RouteRule>.CastUp(HttpRules);
    }

    public ImmutableArray<HttpRouteRule> HttpRules { get; }

    public override ImmutableArray<RouteRule> Rules { get; }
}

/// <summary>A rule of an HTTPRoute.</summary>
public sealed class HttpRouteRule : RouteRule
{
    internal HttpRouteRule(FieldReader fields, string ownNamespace) : base(fields, ownNamespace)
    {
        Matches = fields.List("matches", match => new HttpMatch(match));
        if (Matches.IsEmpty)
        {
            Matches = [new HttpMatch(fields.Child("matches")) { IsOpen = fields.IsOpen("matches") }];
        }
        FieldReader timeouts = fields.Child("timeouts");
        RequestTimeout = GatewayDuration.Parse(timeouts.Text("request"));
        BackendRequestTimeout = GatewayDuration.Parse(timeouts.Text("backendRequest"));
        RetryPolicy = Retry(fields.Child("retry"));
        HasSessionPersistence = fields.Child("sessionPersistence").IsPresent;
    }

    /// <summary>One of them must hold. Never empty: without any it is the prefix <c>/</c>.</summary>
    public ImmutableArray<HttpMatch> Matches { get; }

    /// <summary>For the whole answer; null when left out, zero for no limit.</summary>
    public TimeSpan? RequestTimeout { get; }

    /// <summary>For each request to a backend; null when left out, zero for no limit.</summary>
    public TimeSpan? BackendRequestTimeout { get; }

    public RetryPolicy? RetryPolicy { get; }

    public bool HasSessionPersistence { get; }
}

public enum PathMatchType : byte { Exact, PathPrefix, RegularExpression, Unknown }

public enum ValueMatchType : byte { Exact, RegularExpression, Unknown }

/// <summary>What a request must have, all of it.</summary>
public sealed class HttpMatch : ModelElement
{
    internal HttpMatch(FieldReader fields) : base(fields)
    {
        Path = new PathMatch(fields.Child("path"));
        Headers = fields.List("headers", header => new NamedMatch(header));
        QueryParams = fields.List("queryParams", parameter => new NamedMatch(parameter));
        Method = fields.Text("method");
        IsOpen = fields.IsOpen("path") || fields.IsOpen("headers") || fields.IsOpen("queryParams");
    }

    /// <summary>A template puts in conditions that nobody knows.</summary>
    public bool IsOpen { get; internal init; }

    public PathMatch Path { get; }

    /// <summary>Names without regard to case; of the same name only the first counts.</summary>
    public ImmutableArray<NamedMatch> Headers { get; }

    /// <summary>Names with regard to case; of the same name only the first counts.</summary>
    public ImmutableArray<NamedMatch> QueryParams { get; }

    /// <summary>Null for any.</summary>
    public string? Method { get; }
}

/// <summary>A match of the path; the prefix <c>/</c> when left out.</summary>
public sealed class PathMatch : ModelElement
{
    internal PathMatch(FieldReader fields) : base(fields)
    {
        IsWritten = fields.IsPresent;
        Type = fields.Text("type", "PathPrefix") switch
        {
            "Exact" => PathMatchType.Exact,
            "PathPrefix" => PathMatchType.PathPrefix,
            "RegularExpression" => PathMatchType.RegularExpression,
            _ => PathMatchType.Unknown,
        };
        Value = fields.Text("value", "/");
    }

    public bool IsWritten { get; }

    public PathMatchType Type { get; }

    public string Value { get; }
}

/// <summary>A match of a header or query parameter.</summary>
public sealed class NamedMatch : ModelElement
{
    internal NamedMatch(FieldReader fields) : base(fields)
    {
        Name = fields.Text("name", "");
        Value = fields.Text("value", "");
        Type = fields.Text("type", "Exact") switch
        {
            "Exact" => ValueMatchType.Exact,
            "RegularExpression" => ValueMatchType.RegularExpression,
            _ => ValueMatchType.Unknown,
        };
    }

    public string Name { get; }

    public string Value { get; }

    public ValueMatchType Type { get; }
}
