using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// The effective routing of one snapshot: a table for each Gateway and each Service of a mesh, made when first asked for.
/// Thread-safe.
/// </summary>
internal sealed class RoutingTable(Resolver resolver)
{
    private readonly ConcurrentDictionary<ObjectName, Lazy<GatewayTable?>> _gateways = new();

    public static RoutingTable Of(Resolver resolver) => resolver.Routing(static resolver => new RoutingTable(resolver));

    public ImmutableArray<ObjectName> Gateways() =>
        [.. resolver.All<Gateway>(ApiGroups.Gateway, "Gateway").Select(gateway => new ObjectName(gateway.Namespace, gateway.Name))];

    public GatewayTable? Gateway(ObjectName name) => _gateways.GetOrAdd(name, static (name, table) => new(() => table.Build(name)), this).Value;

    public RequestTrace Trace(TraceRequest request)
    {
        if (request.Gateway is not { } name)
        {
            return MeshTracer.Of(resolver, request);
        }
        if (Gateway(name) is not { } gateway)
        {
            if (resolver.Find<Service>(new ObjectKey(ApiGroups.Core, "Service", name.Namespace, name.Name)) is not null)
            {
                return MeshTracer.Of(resolver, request with { Gateway = null, Host = request.Host.Length == 0 ? $"{name.Name}.{name.Namespace}" : request.Host, ClientNamespace = request.ClientNamespace ?? name.Namespace });
            }
            ImmutableArray<ObjectName> known = Gateways();
            string others = known.IsEmpty ? "there is none at all" : "there are " + string.Join(", ", known.Take(10)) + (known.Length > 10 ? " and more" : "");
            return new RequestTrace { Problem = TraceProblem.NotFound, Why = [$"There is no Gateway {name} in these manifests; {others}."] };
        }
        return RequestTracer.Of(gateway, request);
    }

    private GatewayTable? Build(ObjectName name) =>
        resolver.Gateway(name.Namespace, name.Name) is { } gateway ? GatewayTableBuilder.Build(resolver, gateway) : null;
}
