using System.Collections.Immutable;

namespace GatewayLsp.Engine.Routing.Filters;

/// <summary>A filter of a rule or backend, as the trace shows it. <c>Type</c> is the value of its <c>type</c> field.</summary>
public abstract record TracedFilter(string Type);

/// <summary>RequestHeaderModifier and ResponseHeaderModifier.</summary>
public sealed record HeaderModifierFilter(
    string Type, ImmutableArray<KeyValuePair<string, string>> Set, ImmutableArray<KeyValuePair<string, string>> Add, ImmutableArray<string> Remove)
    : TracedFilter(Type)
{
    public const string OfRequest = "RequestHeaderModifier";
    public const string OfResponse = "ResponseHeaderModifier";

    /// <summary>Of several entries with one name only the first counts.</summary>
    public HeaderList Apply(HeaderList headers)
    {
        for (int i = 0; i < Set.Length; i++)
        {
            headers = IsRepeated(Set, i) ? headers : headers.Set(Set[i].Key, Set[i].Value);
        }
        for (int i = 0; i < Add.Length; i++)
        {
            headers = IsRepeated(Add, i) ? headers : headers.Add(Add[i].Key, Add[i].Value);
        }
        foreach (string name in Remove)
        {
            headers = headers.Remove(name);
        }
        return headers;
    }

    private static bool IsRepeated(ImmutableArray<KeyValuePair<string, string>> fields, int at)
    {
        for (int i = 0; i < at; i++)
        {
            if (fields[i].Key.Equals(fields[at].Key, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }
}

/// <summary>A new path: the full one, or (when <c>IsPrefix</c>) one for the prefix that the rule matched.</summary>
public sealed record PathChange(bool IsPrefix, string Value);

/// <summary>RequestRedirect; null parts are kept or derived.</summary>
public sealed record RedirectFilter(string? Scheme, string? Hostname, int? Port, PathChange? Path, int StatusCode) : TracedFilter(TypeName)
{
    public const string TypeName = "RequestRedirect";
    public const int DefaultStatusCode = 302;
}

/// <summary>URLRewrite; null parts are kept.</summary>
public sealed record RewriteFilter(string? Hostname, PathChange? Path) : TracedFilter(TypeName)
{
    public const string TypeName = "URLRewrite";
}

/// <summary>RequestMirror: a copy of that share of the requests goes to the backend, its answer is dropped.</summary>
public sealed record MirrorFilter(BackendTarget Backend, Share Share) : TracedFilter(TypeName)
{
    public const string TypeName = "RequestMirror";
}

/// <summary>ExternalAuth: a service decides about each request.</summary>
/// <param name="Protocol">HTTP or GRPC.</param>
public sealed record ExternalAuthFilter(BackendTarget Backend, string Protocol) : TracedFilter(TypeName)
{
    public const string TypeName = "ExternalAuth";
}

/// <summary>ExtensionRef: what it does is known to the implementation only.</summary>
public sealed record ExtensionFilter(string Group, string Kind, string Name) : TracedFilter(TypeName)
{
    public const string TypeName = "ExtensionRef";
}

/// <summary>A filter whose type nobody knows, whose content is missing or comes from a template.</summary>
public sealed record UnreadableFilter(string Type) : TracedFilter(Type);
