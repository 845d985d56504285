using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Model;

public enum RouteFilterType : byte
{
    RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, RequestRedirect, UrlRewrite, Cors, ExternalAuth, ExtensionRef, Unknown,
}

/// <summary>A filter of a rule or backend. Only the part that its type names is read; the others are null.</summary>
public sealed class RouteFilter : ModelElement
{
    internal RouteFilter(FieldReader fields, string ownNamespace) : base(fields)
    {
        TypeName = fields.Text("type", "");
        Type = TypeName switch
        {
            "RequestHeaderModifier" => RouteFilterType.RequestHeaderModifier,
            "ResponseHeaderModifier" => RouteFilterType.ResponseHeaderModifier,
            "RequestMirror" => RouteFilterType.RequestMirror,
            "RequestRedirect" => RouteFilterType.RequestRedirect,
            "URLRewrite" => RouteFilterType.UrlRewrite,
            "CORS" => RouteFilterType.Cors,
            "ExternalAuth" => RouteFilterType.ExternalAuth,
            "ExtensionRef" => RouteFilterType.ExtensionRef,
            _ => RouteFilterType.Unknown,
        };
        switch (Type)
        {
            case RouteFilterType.RequestHeaderModifier:
                Headers = new HeaderModifier(fields.Child("requestHeaderModifier"));
                break;
            case RouteFilterType.ResponseHeaderModifier:
                Headers = new HeaderModifier(fields.Child("responseHeaderModifier"));
                break;
            case RouteFilterType.RequestMirror:
                Mirror = new RequestMirror(fields.Child("requestMirror"), ownNamespace);
                break;
            case RouteFilterType.RequestRedirect:
                Redirect = new RequestRedirect(fields.Child("requestRedirect"));
                break;
            case RouteFilterType.UrlRewrite:
                Rewrite = new UrlRewrite(fields.Child("urlRewrite"));
                break;
            case RouteFilterType.Cors:
                Cors = new CorsPolicy(fields.Child("cors"));
                break;
            case RouteFilterType.ExternalAuth:
                Authorization = new BackendRef(fields.Child("externalAuth").Child("backendRef"), ownNamespace);
                break;
            case RouteFilterType.ExtensionRef:
                Extension = new ObjectRef(fields.Child("extensionRef"), ownNamespace, ApiGroups.Core, "", isLocal: true);
                break;
        }
    }

    public RouteFilterType Type { get; }

    public string TypeName { get; }

    /// <summary>Of the request or the response, as the type says.</summary>
    public HeaderModifier? Headers { get; }

    public RequestMirror? Mirror { get; }

    public RequestRedirect? Redirect { get; }

    public UrlRewrite? Rewrite { get; }

    public CorsPolicy? Cors { get; }

    /// <summary>Who is asked whether the request may pass (experimental).</summary>
    public BackendRef? Authorization { get; }

    public ObjectRef? Extension { get; }

    /// <summary>The backend that the filter itself talks to.</summary>
    public BackendRef? Backend => Mirror?.BackendRef ?? Authorization;
}

/// <summary>A header and its value.</summary>
public readonly record struct HeaderValue(string Name, string Value);

/// <summary>Changes of headers: set, then add, then remove.</summary>
public sealed class HeaderModifier : ModelElement
{
    internal HeaderModifier(FieldReader fields) : base(fields)
    {
        Set = fields.List("set", header => new HeaderValue(header.Text("name", ""), header.Written("value")));
        Add = fields.List("add", header => new HeaderValue(header.Text("name", ""), header.Written("value")));
        Remove = fields.Texts("remove");
    }

    public ImmutableArray<HeaderValue> Set { get; }

    public ImmutableArray<HeaderValue> Add { get; }

    public ImmutableArray<string> Remove { get; }
}

/// <summary>A copy of requests for somebody whose answers are dropped.</summary>
public sealed class RequestMirror : ModelElement
{
    internal RequestMirror(FieldReader fields, string ownNamespace) : base(fields)
    {
        BackendRef = new BackendRef(fields.Child("backendRef"), ownNamespace);
        Percent = fields.Integer("percent");
        FieldReader fraction = fields.Child("fraction");
        Numerator = fraction.Integer("numerator");
        Denominator = fraction.Integer("denominator");
    }

    public BackendRef BackendRef { get; }

    /// <summary>0 to 100; null when left out.</summary>
    public int? Percent { get; }

    public int? Numerator { get; }

    /// <summary>100 when left out beside a numerator.</summary>
    public int? Denominator { get; }
}

public enum PathModifierType : byte { None, ReplaceFullPath, ReplacePrefixMatch, Unknown }

/// <summary>How a path is changed.</summary>
public sealed class PathModifier : ModelElement
{
    internal PathModifier(FieldReader fields) : base(fields)
    {
        string? type = fields.Text("type");
        Type = type switch
        {
            null => PathModifierType.None,
            "ReplaceFullPath" => PathModifierType.ReplaceFullPath,
            "ReplacePrefixMatch" => PathModifierType.ReplacePrefixMatch,
            _ => PathModifierType.Unknown,
        };
        Value = type switch
        {
            "ReplaceFullPath" => fields.Text("replaceFullPath", ""),
            "ReplacePrefixMatch" => fields.Text("replacePrefixMatch", ""),
            _ => "",
        };
    }

    public PathModifierType Type { get; }

    /// <summary>What comes in place; may be empty.</summary>
    public string Value { get; }
}

/// <summary>An answer that sends the client elsewhere. What is null stays as it was in the request.</summary>
public sealed class RequestRedirect : ModelElement
{
    internal RequestRedirect(FieldReader fields) : base(fields)
    {
        Scheme = fields.Text("scheme");
        Hostname = fields.Text("hostname");
        Port = fields.Integer("port");
        StatusCode = fields.Integer("statusCode") ?? 302;
        Path = new PathModifier(fields.Child("path"));
    }

    public string? Scheme { get; }

    public string? Hostname { get; }

    public int? Port { get; }

    public int StatusCode { get; }

    public PathModifier Path { get; }
}

/// <summary>A change of host and path on the way to the backend.</summary>
public sealed class UrlRewrite : ModelElement
{
    internal UrlRewrite(FieldReader fields) : base(fields)
    {
        Hostname = fields.Text("hostname");
        Path = new PathModifier(fields.Child("path"));
    }

    public string? Hostname { get; }

    public PathModifier Path { get; }
}

/// <summary>What scripts of other origins may do.</summary>
public sealed class CorsPolicy : ModelElement
{
    internal CorsPolicy(FieldReader fields) : base(fields)
    {
        AllowOrigins = fields.Texts("allowOrigins");
        AllowMethods = fields.Texts("allowMethods");
        AllowHeaders = fields.Texts("allowHeaders");
        ExposeHeaders = fields.Texts("exposeHeaders");
        AllowCredentials = fields.Boolean("allowCredentials") ?? false;
        MaxAge = fields.Integer("maxAge") ?? 5;
    }

    public ImmutableArray<string> AllowOrigins { get; }

    public ImmutableArray<string> AllowMethods { get; }

    public ImmutableArray<string> AllowHeaders { get; }

    public ImmutableArray<string> ExposeHeaders { get; }

    public bool AllowCredentials { get; }

    /// <summary>Seconds.</summary>
    public int MaxAge { get; }
}
