using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>Finds the part of a manifest that a condition of its live object is about.</summary>
internal static class LivePlaces
{
    /// <summary>The most exact node that is certain; the object's name when nothing more exact is.</summary>
    public static YamlNode Of(ManifestObject one, LiveFact fact)
    {
        YamlNode? place = fact switch
        {
            { Listener: { } listener } => OfListener(one, listener, fact),
            { Parent: { } parent } => one.View() is Route route ? OfParent(route, parent, fact) : OfTarget(one),
            _ => OfObject(one, fact),
        };
        return place ?? one.At("metadata", "name") ?? one.Node;
    }

    private static YamlNode? OfObject(ManifestObject one, LiveFact fact) => fact.Reason switch
    {
        "AddressNotAssigned" or "AddressNotUsable" or "UnsupportedAddress" => Key(one.At("spec"), "addresses"),
        "InvalidParameters" => Key(one.At("spec", "infrastructure"), "parametersRef") ?? Key(one.At("spec"), "parametersRef"),
        "ListenersNotValid" => Key(one.At("spec"), "listeners"),
        "InvalidClientCertificateRef" => Key(one.At("spec", "tls", "backend"), "clientCertificateRef"),
        "ParentNotAccepted" or "NotAllowed" => one.At("spec", "parentRef", "name"),
        _ => null,
    };

    private static YamlNode? OfListener(ManifestObject one, string name, LiveFact fact)
    {
        if (one.At("spec", "listeners") is not YamlSequence listeners)
        {
            return null;
        }
        foreach (YamlNode item in listeners.Items)
        {
            if (item.Resolved() is YamlMapping listener && listener.Get("name").Text() == name)
            {
                YamlNode? exact = fact.Reason switch
                {
                    "InvalidCertificateRef" => Key(listener.Get("tls"), "certificateRefs"),
                    "InvalidRouteKinds" => Key(listener.Get("allowedRoutes"), "kinds"),
                    "HostnameConflict" => listener.Get("hostname"),
                    "ProtocolConflict" or "UnsupportedProtocol" => listener.Get("protocol"),
                    "PortUnavailable" => listener.Get("port"),
                    _ => null,
                };
                return exact ?? listener.Get("name");
            }
        }
        return null;
    }

    private static YamlNode? OfParent(Route route, LiveParent parent, LiveFact fact)
    {
        if (fact is { Type: "ResolvedRefs" } && OfBackend(route, fact) is { } backend)
        {
            return backend;
        }
        foreach (ParentRef one in route.ParentRefs)
        {
            if (one.Name == parent.Name && one.Group == parent.Group && one.Kind == parent.Kind && one.Namespace == (parent.Namespace.Length > 0 ? parent.Namespace : route.Namespace)
                && one.SectionName == parent.SectionName && one.Port == parent.Port)
            {
                return one.Node.At("name") ?? one.Node;
            }
        }
        return null;
    }

    /// <summary>The backend that the message names as a word of its own, or the only one there is. Null when several may be meant.</summary>
    private static YamlNode? OfBackend(Route route, LiveFact fact)
    {
        BackendRef? only = null;
        bool isOnly = true;
        YamlNode? named = null;
        string? name = null;
        foreach (BackendRef backend in route.AllBackends)
        {
            isOnly &= only is null || only.Key == backend.Key;
            only ??= backend;
            if (Names(fact.Message, backend.Name) && backend.Node.At("name") is { } node)
            {
                if (named is not null && name != backend.Name)
                {
                    return null;
                }
                named ??= node;
                name = backend.Name;
            }
        }
        return named ?? (isOnly && only is not null ? only.Node.At("name") : null);
    }

    private static bool Names(string message, string name)
    {
        for (int at = 0; name.Length > 0 && (at = message.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at += name.Length)
        {
            if (!IsOfName(message, at - 1) && !IsOfName(message, at + name.Length))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A dot at the end of a sentence is no part of a name.</summary>
    private static bool IsOfName(string text, int at) => at >= 0 && at < text.Length
        && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '-' || (text[at] == '.' && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at + 1]) && at > 0 && char.IsAsciiLetterOrDigit(text[at - 1])));

    private static YamlNode? OfTarget(ManifestObject one) =>
        one.At("spec", "targetRefs") is YamlSequence { Items: [var only] } ? only.At("name") : one.At("spec", "targetRef", "name");

    /// <summary>The key of a field, as the place that stands for all of its value.</summary>
    private static YamlNode? Key(YamlNode? owner, string name) => (owner.Resolved() as YamlMapping)?.Find(name)?.Key;
}
