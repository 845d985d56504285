using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution.Features;

/// <summary>The features that a Gateway asks for, each once, at the first field that does.</summary>
internal static class GatewayFeatures
{
    public static List<FeatureUse> Of(Gateway gateway)
    {
        var uses = new List<FeatureUse>();
        foreach (GatewayAddress address in gateway.Addresses)
        {
            if (address.IsTemplated)
            {
                continue;
            }
            // The suite asks for addresses of this type; what a name stands for is the implementation's own matter.
            Add(uses, address is { Type: "IPAddress", Value: not null }, "GatewayStaticAddresses", address.Node, "value");
            Add(uses, address.Value is null && address.Node.At("value") is null, "GatewayAddressEmpty", address.Node, "type");
        }
        YamlNode? infrastructure = gateway.Object.At("spec", "infrastructure");
        Add(uses, infrastructure.At("labels") is YamlMapping, "GatewayInfrastructurePropagation", infrastructure, "labels");
        Add(uses, infrastructure.At("annotations") is YamlMapping, "GatewayInfrastructurePropagation", infrastructure, "annotations");
        Add(uses, gateway.AllowedListeners.From is NamespaceSource.All or NamespaceSource.Same or NamespaceSource.Selector, "ListenerSet", gateway.Object.At("spec"), "allowedListeners");
        Add(uses, gateway.Tls.ClientCertificateRef is not null, "GatewayBackendClientCertificate", gateway.Object.At("spec", "tls", "backend"), "clientCertificateRef");
        OfFrontend(uses, gateway.Tls.Default);
        foreach (PortValidation port in gateway.Tls.PerPort)
        {
            OfFrontend(uses, port.Validation);
        }
        OfListeners(uses, gateway);
        return uses;
    }

    private static void OfFrontend(List<FeatureUse> uses, FrontendValidation? validation)
    {
        if (validation is not null)
        {
            Add(uses, validation.CaCertificateRefs.Length > 0, "GatewayFrontendClientCertificateValidation", validation.Node, "caCertificateRefs");
            Add(uses, validation.AllowsInsecureFallback, "GatewayFrontendClientCertificateValidationInsecureFallback", validation.Node, "mode");
        }
    }

    /// <summary>What two listeners on one port ask for together; told at the later one.</summary>
    private static void OfListeners(List<FeatureUse> uses, Gateway gateway)
    {
        var earlier = new Dictionary<(int Port, string Protocol), List<Listener>>();
        foreach (Listener listener in gateway.Listeners)
        {
            if (listener.Port is not { } port || listener.IsTemplated)
            {
                continue;
            }
            if (!earlier.TryGetValue((port, listener.Protocol), out List<Listener>? beside))
            {
                earlier[(port, listener.Protocol)] = beside = [];
            }
            foreach (Listener other in beside)
            {
                Add(uses, listener.Protocol == "TLS" && listener.IsPassthrough != other.IsPassthrough, "TLSRouteModeMixed", listener.Tls?.Node ?? listener.Node, listener.Tls is null ? "protocol" : "mode");
                Add(uses, listener is { Protocol: "HTTP" or "HTTPS", Hostname: { } one } && other.Hostname is { } two && one != two && HostnameMatch.TryIntersect(one, two, out _),
                    "GatewayHTTPListenerIsolation", listener.Node, "hostname");
            }
            // One of each protocol and port is enough to know: hundreds of listeners are not compared with each other.
            if (beside.Count < 16)
            {
                beside.Add(listener);
            }
        }
    }

    private static void Add(List<FeatureUse> uses, bool isUsed, string feature, YamlNode? node, string key)
    {
        if (!isUsed || node is null)
        {
            return;
        }
        foreach (FeatureUse use in uses)
        {
            if (use.Feature == feature)
            {
                return;
            }
        }
        uses.Add(new FeatureUse(feature, node, key));
    }
}
