namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Which releases of Gateway API served the versions that never became stable. What is bundled says that only for the release
/// that it is of: there a version may be gone, or kept as the older name of a kind that has become stable since.
/// </summary>
internal static class EarlierReleases
{
    private const string Group = "gateway.networking.k8s.io";

    /// <summary>From the definitions of the releases 1.0 to 1.6: the experimental channel unless it says more.</summary>
    private static readonly Dictionary<Gvk, Span> Known = new()
    {
        [new(Group, "v1alpha2", "BackendLBPolicy")] = new(1, 2),
        [new(Group, "v1alpha2", "BackendTLSPolicy")] = new(0, 0),
        [new(Group, "v1alpha3", "BackendTLSPolicy")] = new(1, null),
        [new(Group, "v1alpha2", "GRPCRoute")] = new(0, 1),
        [new(Group, "v1alpha2", "ReferenceGrant")] = new(0, 1, StandardLast: 0),
        [new(Group, "v1alpha2", "TCPRoute")] = new(0, null),
        [new(Group, "v1alpha2", "TLSRoute")] = new(0, null),
        [new(Group, "v1alpha3", "TLSRoute")] = new(4, null),
        [new(Group, "v1alpha2", "UDPRoute")] = new(0, null),
        [new("gateway.networking.x-k8s.io", "v1alpha1", "XListenerSet")] = new(3, 4),
    };

    /// <param name="minor">4 for 1.4; null for the bundled release, of which its own definitions tell.</param>
    public static bool IsServed(Gvk gvk, Channel channel, int? minor) =>
        minor is { } asked && Known.TryGetValue(gvk, out Span span) && asked >= span.First
        && (channel == Channel.Standard ? asked <= span.StandardLast : span.Last is not { } last || asked <= last);

    /// <summary>The first minor version that had it; null for a version that the bundled definitions tell enough of.</summary>
    public static int? FirstOf(Gvk gvk) => Known.TryGetValue(gvk, out Span span) ? span.First : null;

    /// <param name="Last">Null while it is still served.</param>
    /// <param name="StandardLast">The last one whose standard channel served it, too; -1 where none did.</param>
    private readonly record struct Span(int First, int? Last, int StandardLast = -1);
}
