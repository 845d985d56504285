using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// The first HTTPRoute for a GRPCRoute, or the other way round, that is attached to a listener under the same hostname: of the two
/// kinds only one is to be accepted (GRPCRoute, <c>spec.hostnames</c>). An answer that can be remembered.
/// </summary>
internal sealed class OtherKindAnswer : IGroundedAnswer
{
    private readonly ResolvedListener _listener;
    private readonly RouteKind _other;
    private readonly string? _hostname;

    private OtherKindAnswer(Resolver resolver, ResolvedListener listener, RouteKind other, string? hostname)
    {
        (_listener, _other, _hostname) = (listener, other, hostname);
        First = FirstIn(resolver);
    }

    /// <summary>Null when there is none.</summary>
    public RoutingRoute? First { get; }

    public object Ground => _listener;

    /// <param name="hostname">Exactly this one; null for all hosts.</param>
    public static OtherKindAnswer Of(Resolver resolver, ResolvedListener listener, RouteKind other, string? hostname) => new(resolver, listener, other, hostname);

    public bool HoldsIn(Resolver later)
    {
        RoutingRoute? now = FirstIn(later);
        return now is null ? First is null : First is not null && now.Name == First.Name && now.CreatedAt == First.CreatedAt;
    }

    public object? GroundIn(Resolver resolver) => ShadowAnswer.TableOf(_listener, resolver);

    private RoutingRoute? FirstIn(Resolver resolver) => ShadowAnswer.TableOf(_listener, resolver)?.Of(_other).Find(_hostname)?.FirstRoute;
}
