using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// Whether a rule takes the targets of its own redirects again and again: an answer that can be remembered. The path may grow
/// with each of them, so that no URL comes twice; a rule that is more specific may end it.
/// </summary>
internal sealed class RedirectChainAnswer : IRememberedAnswer
{
    /// <summary>Who takes that many targets of one redirect takes all of them.</summary>
    private const int Steps = 6;

    private readonly ResolvedListener _listener;
    private readonly TracedRoute _route;
    private readonly int _rule;
    private readonly string _host;
    private readonly string _path;

    private RedirectChainAnswer(Resolver resolver, ResolvedListener listener, HttpRoute route, int rule, string host, string path)
    {
        (_listener, _route, _rule, _host, _path) = (listener, new TracedRoute(route.Kind, route.Namespace, route.Name), rule, host, path);
        FirstTarget = Follow(resolver);
    }

    /// <summary>The path that the first redirect leads to; null when the redirects come to an end.</summary>
    public string? FirstTarget { get; }

    /// <param name="rule">0-based; its redirect changes nothing but the path.</param>
    /// <param name="path">Of the request that comes first.</param>
    public static RedirectChainAnswer Of(Resolver resolver, ResolvedListener listener, HttpRoute route, int rule, string host, string path) =>
        new(resolver, listener, route, rule, host, path);

    public bool HoldsIn(Resolver later) => Follow(later) == FirstTarget;

    private string? Follow(Resolver resolver)
    {
        RoutingTable routing = RoutingTable.Of(resolver);
        var request = new TraceRequest
        {
            Gateway = new ObjectName(_listener.Gateway.Namespace, _listener.Gateway.Name),
            Port = _listener.Listener.Port,
            Scheme = _listener.Listener.Protocol == "HTTPS" ? "https" : "http",
            Host = _host,
            Path = _path,
        };
        string? first = null;
        for (int i = 0; i < Steps; i++)
        {
            RequestTrace trace = routing.Trace(request);
            if (trace.Redirect is not { } redirect || trace.Route != _route || trace.Rule != _rule || trace.Listener?.Name != _listener.Name)
            {
                return null;
            }
            first ??= redirect.Path;
            request = request with { Path = redirect.Path };
        }
        return first;
    }
}
