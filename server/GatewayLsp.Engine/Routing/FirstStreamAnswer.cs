using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>Which TCPRoute or UDPRoute gets the connections of a listener: of several that are attached the first, and no other. An answer that can be remembered.</summary>
internal sealed class FirstStreamAnswer : IGroundedAnswer
{
    private readonly ResolvedListener _listener;

    private FirstStreamAnswer(Resolver resolver, ResolvedListener listener) => (_listener, First) = (listener, FirstIn(resolver, listener));

    /// <summary>Null when the listener serves nobody.</summary>
    public TracedRoute? First { get; }

    /// <summary>Apart from that of other answers about the listener.</summary>
    public object Ground => _listener.Listener;

    public static FirstStreamAnswer Of(Resolver resolver, ResolvedListener listener) => new(resolver, listener);

    public bool HoldsIn(Resolver later) => FirstIn(later, _listener) == First;

    public object? GroundIn(Resolver resolver) => ShadowAnswer.TableOf(_listener, resolver);

    private static TracedRoute? FirstIn(Resolver resolver, ResolvedListener listener) =>
        ShadowAnswer.TableOf(listener, resolver)?.Streams is [{ } first, ..] ? first.Name : null;
}
