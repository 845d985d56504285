using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Features;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// The Services that controllers make for Gateways, so that they are in no file. Routes name them where one Gateway stands before
/// another. The names are the defaults of the implementations.
/// </summary>
internal static class GatewayServices
{
    /// <summary>The Service is called as the Gateway is.</summary>
    private static readonly string[] Alike = ["kgateway", "agentgateway", "kuma", "envoy-gateway", "calico"];

    /// <summary>Istio puts the class behind the name, save for these.</summary>
    private static readonly string[] WithoutClass = ["istio-waypoint", "istio-east-west"];

    private const string NameOverride = "gateway.istio.io/name-override";

    /// <summary>True when a Gateway of the files may get that Service from its controller.</summary>
    public static bool MayMake(Dependencies snapshot, ObjectRef service)
    {
        if (service.Kind != "Service" || service.Group.Length > 0)
        {
            return false;
        }
        foreach (string name in snapshot.NamesIn(ApiGroups.Gateway, "Gateway", service.Namespace))
        {
            var key = new ObjectKey(ApiGroups.Gateway, "Gateway", service.Namespace, name);
            if (snapshot.Find<Gateway>(key) is { } gateway && Fits(snapshot, gateway, service.Name))
            {
                return true;
            }
        }
        return service.Name.StartsWith("envoy-", StringComparison.Ordinal) && IsOfEnvoyGateway(snapshot, service.Name);
    }

    private static bool Fits(Dependencies snapshot, Gateway gateway, string service)
    {
        if (gateway.ClassName.Length == 0)
        {
            return false;
        }
        string rest = service.StartsWith(gateway.Name, StringComparison.Ordinal) ? service[gateway.Name.Length..] : "?";
        if (rest.StartsWith('-') && rest[1..] == gateway.ClassName)
        {
            // Istio, NGINX Gateway Fabric.
            return true;
        }
        if (rest.Length == 0)
        {
            return WithoutClass.Contains(gateway.ClassName) || (snapshot.ImplementationOf(gateway.ClassName)?.Table is { } by && Alike.Contains(by.Id));
        }
        return service == "cilium-gateway-" + gateway.Name || service == "envoy-" + gateway.Name || service == "gloo-proxy-" + gateway.Name
            || (service.StartsWith("dataplane-", StringComparison.Ordinal) && snapshot.ImplementationOf(gateway.ClassName)?.Table?.Id == "kong-operator")
            || gateway.Annotations.GetValueOrDefault(NameOverride) == service;
    }

    /// <summary>Namespace and name of the Gateway with a digest behind them, in the namespace of the controller: <c>envoy-shop-front-1a2b3c4d</c>.</summary>
    private static bool IsOfEnvoyGateway(Dependencies snapshot, string service)
    {
        foreach (Gateway gateway in snapshot.All<Gateway>(ApiGroups.Gateway, "Gateway"))
        {
            if (service.StartsWith($"envoy-{gateway.Namespace}-{gateway.Name}-", StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
