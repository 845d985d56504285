namespace GatewayLsp.Engine.Cluster;

/// <summary>
/// One cluster. Every expected failure is a value; the only exception is <see cref="OperationCanceledException"/> of the
/// caller's token. Bodies are UTF-8 JSON. Safe for any number of threads.
/// </summary>
public interface IClusterClient
{
    ClusterTarget Target { get; }

    Task<Answered<ClusterVersion>> GetVersionAsync(CancellationToken cancellation);

    /// <summary>What the server serves, asked anew.</summary>
    Task<Answered<ServedKinds>> DiscoverAsync(CancellationToken cancellation);

    /// <summary>The OpenAPI v3 document of a group and version.</summary>
    Task<Answered<JsonText>> GetOpenApiAsync(string group, string version, CancellationToken cancellation);

    /// <summary>One page. Custom resource definitions are listed as <see cref="ServedKind.CustomResourceDefinition"/>.</summary>
    Task<Answered<ResourcePage>> ListAsync(ListRequest request, CancellationToken cancellation);

    /// <summary>Ends after an error event, or without one when the server's time is over (then watch on from the last resourceVersion).</summary>
    IAsyncEnumerable<WatchEvent> WatchAsync(WatchRequest request, CancellationToken cancellation);

    /// <summary>The object with its managed fields.</summary>
    Task<Answered<ObservedResource>> GetAsync(ResourceAddress address, CancellationToken cancellation);

    /// <summary>Server-side apply.</summary>
    Task<Answered<Written>> ApplyAsync(ResourceAddress address, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellation);

    Task<Answered<Written>> CreateAsync(ResourceAddress address, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellation);

    /// <summary>PUT. A <c>metadata.resourceVersion</c> in the body makes it a conflict when the object changed since.</summary>
    Task<Answered<Written>> ReplaceAsync(ResourceAddress address, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellation);

    /// <param name="subresource">E.g. <c>status</c>; null for the object itself.</param>
    Task<Answered<Written>> PatchAsync(ResourceAddress address, PatchKind kind, ReadOnlyMemory<byte> patch, WriteOptions options,
        string? subresource, CancellationToken cancellation);

    Task<Answered<Deleted>> DeleteAsync(ResourceAddress address, DeleteOptions options, CancellationToken cancellation);

    Task<Answered<AccessRules>> ReviewRulesAsync(string @namespace, CancellationToken cancellation);

    Task<Answered<AccessReview>> ReviewAccessAsync(AccessQuestion question, CancellationToken cancellation);
}
