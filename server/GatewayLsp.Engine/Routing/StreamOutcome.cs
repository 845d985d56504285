using System.Collections.Immutable;

namespace GatewayLsp.Engine.Routing;

/// <summary>Applies a rule of TLSRoute, TCPRoute or UDPRoute to a connection: only the choice of a backend is left.</summary>
internal static class StreamOutcome
{
    public static RequestTrace Of(RoutingRoute route, RoutingRule? rule, Func<BackendTarget, BackendTarget> connect, List<string> why)
    {
        RequestTrace trace = new() { Route = route.Name, Rule = rule?.Index, RuleName = rule?.Name };
        if (rule is null || rule.Backends.IsEmpty)
        {
            why.Add("The route has no backendRefs: the connection is refused.");
            return trace with { Response = TracedResponse.Rejected };
        }
        Share[] shares = Share.OfWeights([.. rule.Backends.Select(backend => backend.Weight)]);
        var backends = ImmutableArray.CreateBuilder<TracedBackend>(shares.Length);
        bool anySucceeds = false;
        for (int i = 0; i < shares.Length; i++)
        {
            BackendTarget target = connect(rule.Backends[i].Target);
            anySucceeds |= target.IsValid && !shares[i].IsNone;
            backends.Add(new TracedBackend(target, rule.Backends[i].Weight, shares[i], [], null));
            Shares.Tell(why, target, shares[i], shares.Length, "connections");
        }
        if (!anySucceeds)
        {
            why.Add("No backend can take the connection: it is refused.");
        }
        return trace with { Backends = backends.DrainToImmutable(), Response = anySucceeds ? null : TracedResponse.Rejected };
    }
}
