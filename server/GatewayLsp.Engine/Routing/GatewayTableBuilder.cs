using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing.Matching;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Routing;

/// <summary>Puts together what a Gateway does with requests, from listeners and attachment as they were resolved.</summary>
internal static class GatewayTableBuilder
{
    public static GatewayTable Build(Resolver resolver, ResolvedGateway gateway)
    {
        var listeners = ImmutableArray.CreateBuilder<ListenerTable>();
        var byListener = new Dictionary<ResolvedListener, ListenerTable>(ReferenceEqualityComparer.Instance);
        var outOfService = ImmutableArray.CreateBuilder<string>();
        if (!gateway.IsClassAccepted || gateway.HasInvalidParameters || gateway.UnsupportedAddress is not null)
        {
            outOfService.Add($"Gateway {gateway.Gateway.FullName} is not accepted: {WhyNot(gateway)}.");
        }
        else
        {
            foreach (ResolvedListener listener in gateway.AllListeners)
            {
                if (listener.Listener.Port is not { } port || !listener.IsValid)
                {
                    outOfService.Add($"Listener {listener.Name} is out of service: {WhyNot(listener)}.");
                    continue;
                }
                ListenerTable table = Listener(resolver, listener, port);
                listeners.Add(table);
                byListener.Add(listener, table);
            }
        }
        return new GatewayTable
        {
            Name = new ObjectName(gateway.Gateway.Namespace, gateway.Gateway.Name),
            Listeners = listeners.DrainToImmutable(),
            ByListener = byListener,
            OutOfService = outOfService.DrainToImmutable(),
            Unattached = new Lazy<ImmutableArray<UnattachedRoute>>(() => Unattached(resolver, gateway)),
            ClientCheck = port => ClientCheck(gateway.Gateway.Tls.ValidationOf(port)),
            Connect = target => BackendTls.Apply(resolver, target),
        };
    }

    /// <summary>Adds a route to a table of hosts, each of its matches under each hostname.</summary>
    public static void Add(HostTable table, RoutingRoute route, ImmutableArray<string> hostnames)
    {
        foreach (RoutingRule rule in route.Rules)
        {
            foreach (RequestMatch match in rule.Matches)
            {
                if (hostnames.IsEmpty)
                {
                    table.Add(new RouteEntry(null, route, rule, match));
                }
                foreach (string hostname in hostnames)
                {
                    table.Add(new RouteEntry(hostname, route, rule, match));
                }
            }
        }
    }

    /// <summary>Made from the table that this listener had in an earlier snapshot, if there is one: an edit changes a route or two of it.</summary>
    private static ListenerTable Listener(Resolver resolver, ResolvedListener listener, int port)
    {
        ImmutableArray<AttachedRoute> attached = resolver.RoutesAt(listener);
        if (listener.Table is ListenerState before)
        {
            ListenerTable after = before.Table.With(attached);
            listener.Table = new ListenerState(resolver.Token, after);
            return after;
        }
        ObjectName? set = listener.Owner is ListenerSet owner ? new ObjectName(owner.Namespace, owner.Name) : null;
        var table = ListenerTable.Of(
            new TracedListener(listener.Name, port, listener.Listener.Protocol, listener.Listener.Hostname, set), listener.Listener.IsPassthrough, attached);
        listener.Table = new ListenerState(resolver.Token, table);
        return table;
    }

    private static ImmutableArray<UnattachedRoute> Unattached(Resolver resolver, ResolvedGateway gateway)
    {
        var found = ImmutableArray.CreateBuilder<UnattachedRoute>();
        ObjectKey[] owners = [gateway.Key, .. gateway.ListenerSets.Select(set => Resolver.KeyOf(set.Set))];
        foreach (ObjectKey owner in owners)
        {
            foreach (Route route in resolver.RoutesOf(owner))
            {
                foreach (ResolvedParent parent in resolver.Route(route).Parents)
                {
                    if (parent.Ref.Key == owner && parent.Outcome != AttachOutcome.Attached)
                    {
                        found.Add(new UnattachedRoute(new TracedRoute(route.Kind, route.Namespace, route.Name), WhyNot(route, parent)));
                    }
                }
            }
        }
        return found.DrainToImmutable();
    }

    private static string? ClientCheck(FrontendValidation? validation) =>
        validation is null ? null
        : $"Clients are asked for a certificate of a CA in {string.Join(" or ", validation.CaCertificateRefs.Select(ca => $"{ca.Kind} {ca.Namespace}/{ca.Name}"))}; "
            + (validation.AllowsInsecureFallback ? "those without one are accepted, too." : "without one the handshake fails.");

    private static string WhyNot(ResolvedGateway gateway) =>
        !gateway.IsClassAccepted ? $"its class {gateway.Gateway.ClassName} is not"
        : gateway.HasInvalidParameters ? "infrastructure.parametersRef names an object that is not there"
        : $"no implementation has addresses of type {gateway.UnsupportedAddress!.Type}";

    private static string WhyNot(ResolvedListener listener) => listener switch
    {
        { Listener.Port: null } => "its port is not known",
        { IsProtocolSupported: Answer.No } => $"there is no protocol {listener.Listener.Protocol}",
        { Conflict: ListenerConflict.Hostname } => $"listener {listener.ConflictsWith?.Name} has the same port and hostname",
        { Conflict: ListenerConflict.Protocol } => $"listener {listener.ConflictsWith?.Name} has another protocol on the same port",
        { HasNoCaCertificate: true } => "it is to check certificates of clients and has no CA certificate that can be used",
        { HasNoCertificate: true } => "none of its certificates can be used",
        _ => "it takes no kind of route that its protocol can carry",
    };

    private static string WhyNot(Route route, ResolvedParent parent) => parent.Outcome switch
    {
        AttachOutcome.NoMatchingParent when parent.IsParentNotAllowed => "the Gateway does not let its ListenerSet in",
        AttachOutcome.NoMatchingParent => "there is no listener of that " + (parent.Ref.SectionName is null ? "port" : parent.Ref.Port is null ? "sectionName" : "sectionName and port"),
        AttachOutcome.NotAllowedByListeners when parent.IsWrongNamespace => $"allowedRoutes does not let namespace {route.Namespace} in",
        AttachOutcome.NotAllowedByListeners => $"no listener that it chooses takes a {route.Kind}",
        AttachOutcome.NoMatchingListenerHostname when parent.Refusing is [var first, ..] => $"listener {first.Name} serves its hostname and does not let namespace {route.Namespace} in",
        AttachOutcome.NoMatchingListenerHostname => "none of its hostnames is one of the listener's",
        _ => "these manifests do not tell whether it may (labels of its namespace, or a template)",
    };
}
