using GatewayLsp.Engine.Cluster;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>One request to an API server.</summary>
/// <param name="Path">Below the server's URL, escaped, with its query.</param>
/// <param name="What">What is being done, after "to": <c>list HTTPRoutes in namespace `demo`</c>. For messages.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, string What)
{
    public string Accept { get; init; } = "application/json";

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>From sending to the end of the body; of a stream, to its head.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Doing it twice is the same as doing it once, so it may be sent again when nobody knows what became of it.</summary>
    public bool IsRead => Method == HttpMethod.Get;
}

/// <summary>URLs of the Kubernetes API.</summary>
internal static class ApiPath
{
    public static string OfGroup(string group, string version) =>
        group.Length == 0 ? "/api/" + Uri.EscapeDataString(version) : $"/apis/{Uri.EscapeDataString(group)}/{Uri.EscapeDataString(version)}";

    public static string Of(ServedKind kind, string @namespace)
    {
        string path = OfGroup(kind.Group, kind.Version);
        if (kind.IsNamespaced && @namespace.Length > 0)
        {
            path += "/namespaces/" + Uri.EscapeDataString(@namespace);
        }
        return path + "/" + Uri.EscapeDataString(kind.Plural);
    }

    public static string Of(ResourceAddress address) => Of(address.Kind, address.Namespace) + "/" + Uri.EscapeDataString(address.Name);

    /// <summary>Null when the parts make a URL of the object that is meant, else what is wrong with them.</summary>
    public static ClusterError? Check(ResourceAddress address)
    {
        if (address.Name.Length == 0)
        {
            return new ClusterError(ClusterErrorKind.Invalid, "The object has no name.");
        }
        if (address.Kind.IsNamespaced && address.Namespace.Length == 0)
        {
            return new ClusterError(ClusterErrorKind.Invalid, $"{address.Kind.Kind} `{address.Name}` needs a namespace.");
        }
        // A URL with such a part would name something else.
        return IsOdd(address.Name) || IsOdd(address.Namespace)
            ? new ClusterError(ClusterErrorKind.Invalid, "No object can have this name or namespace.")
            : null;

        static bool IsOdd(string part) => part is "." or ".." || part.Length > 253 || part.AsSpan().IndexOfAny("/\\%?#") >= 0;
    }

    public static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        char separator = '?';
        foreach ((string name, string? value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                path += $"{separator}{name}={Uri.EscapeDataString(value)}";
                separator = '&';
            }
        }
        return path;
    }

    public static string What(string verb, ServedKind kind, string @namespace) =>
        @namespace.Length == 0 ? $"{verb} {kind.Kind} objects" : $"{verb} {kind.Kind} objects in namespace `{@namespace}`";

    public static string What(string verb, ResourceAddress address) =>
        address.Namespace.Length == 0 ? $"{verb} {address.Kind.Kind} `{address.Name}`" : $"{verb} {address.Kind.Kind} `{address.Name}` in namespace `{address.Namespace}`";
}
