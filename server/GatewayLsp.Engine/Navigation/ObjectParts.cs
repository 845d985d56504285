using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>The named parts of objects: listeners, ports, rules. And the object that a node is of.</summary>
internal static class ObjectParts
{
    private const string Gateway = "gateway.networking.k8s.io";

    /// <summary>The list under <c>spec</c> whose items a <c>sectionName</c> can mean; null for kinds that have none.</summary>
    public static string? ListOf(string group, string kind) => (group, kind) switch
    {
        (Gateway, "Gateway" or "ListenerSet") or ("gateway.networking.x-k8s.io", "XListenerSet") => "listeners",
        (Gateway, _) when IsRoute(group, kind) => "rules",
        ("", "Service") or ("multicluster.x-k8s.io" or "net.gke.io", "ServiceImport") => "ports",
        _ => null,
    };

    public static bool IsRoute(string group, string kind) =>
        group == Gateway && kind is "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute";

    public static List<YamlMapping> Of(ManifestObject one) =>
        ListOf(one.Gvk.Group, one.Kind) is { } list ? RouteLabels.Items(one.At("spec", list)) : [];

    /// <summary>Nouns for messages: what a part of that kind of object is.</summary>
    public static string NounOf(ObjectKey owner) => ListOf(owner.Group, owner.Kind) switch
    {
        "listeners" => "listener",
        "rules" => "rule",
        _ => "port",
    };

    public static bool HasName(YamlMapping part, string name) => part.Get("name").Text() == name;

    public static bool HasNumber(YamlMapping part, int number) => part.Get("port").Text() == number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The object that a node stands in; null outside of objects.</summary>
    public static ManifestObject? ObjectOf(ManifestDocument document, YamlNode node)
    {
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (one.Node.Span.Contains(node.Span))
            {
                for (YamlNode? at = node; at is not null; at = at.Parent)
                {
                    if (ReferenceEquals(at, one.Node))
                    {
                        return one;
                    }
                }
            }
        }
        return null;
    }

    /// <summary>Keys from the object down to the node; an item of a list is an empty string. Outermost first.</summary>
    public static List<string> PathOf(ManifestObject one, YamlNode node)
    {
        var path = new List<string>();
        for (YamlNode? at = node; at is not null && !ReferenceEquals(at, one.Node); at = at.Parent)
        {
            path.Add(at.Entry?.Name ?? "");
        }
        path.Reverse();
        return path;
    }
}
