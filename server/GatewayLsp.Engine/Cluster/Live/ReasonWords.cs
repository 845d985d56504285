namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>What the reasons of conditions mean, in our own words. Controllers may have reasons of their own: those have none.</summary>
internal static class ReasonWords
{
    public static string? Of(string type, string reason) => (type, reason) switch
    {
        ("Accepted", "NotAllowedByListeners") => "no listener of the parent takes this route: its kind or its namespace is not allowed",
        ("Accepted", "NoMatchingListenerHostname") => "no hostname of the route fits one of the listeners",
        ("Accepted", "NoMatchingParent") => "the parent has no listener of that name or port",
        ("Accepted", "UnsupportedValue") => "a value is not supported by the implementation",
        ("Accepted", "IncompatibleFilters") => "filters of a rule can't be used together",
        ("Accepted", "ListenersNotValid") => "one or more listeners are not valid",
        ("Accepted", "Conflicted") => "another policy of the same target counts",
        ("Accepted", "TargetNotFound") => "the object that the policy is for does not exist",
        ("Accepted", "NotAllowed") => "the Gateway does not take listener sets from here",
        ("Accepted", "ParentNotAccepted") => "the Gateway itself is not accepted",
        ("Accepted", "UnsupportedAddress") => "an address is of a type that the implementation does not support",
        ("Accepted", "UnsupportedProtocol") => "the implementation does not support the protocol",
        ("Accepted", "PortUnavailable") => "the port can't be used",
        ("Accepted", "HostnameConflict") => "another listener of the port has the same hostname",
        ("Accepted", "ProtocolConflict") => "another listener of the port has a protocol that does not go with this one",
        ("Accepted" or "Programmed" or "SupportedVersion", "UnsupportedVersion") => "the cluster has a version of Gateway API that the implementation does not support",
        (_, "InvalidParameters") => "the parameters that it refers to do not exist, or are not valid",
        ("Accepted" or "Programmed", "Pending") => "the controller has not finished with it",
        ("Programmed", "AddressNotAssigned") => "there is no address for it",
        ("Programmed", "AddressNotUsable") => "the requested address can't be used",
        ("Programmed", "NoResources") => "there are not enough resources to run it",
        ("Programmed", "Invalid") => "it is not valid, so it serves nothing",
        ("ResolvedRefs", "BackendNotFound") => "a backend does not exist",
        ("ResolvedRefs", "InvalidKind") => "a reference is of a kind that is not supported",
        ("ResolvedRefs", "RefNotPermitted") => "a reference to another namespace is not granted (ReferenceGrant)",
        ("ResolvedRefs", "UnsupportedProtocol") => "a port of a backend uses a protocol that is not supported",
        ("ResolvedRefs", "InvalidCertificateRef") => "a certificate does not exist, or is none",
        ("ResolvedRefs", "InvalidCACertificateRef") => "a CA certificate does not exist, or is none",
        ("ResolvedRefs", "InvalidCACertificateKind") => "a CA certificate is of a kind that is not supported",
        ("ResolvedRefs", "InvalidClientCertificateRef") => "the client certificate does not exist, or is none",
        ("ResolvedRefs", "InvalidRouteKinds") => "a kind of route that the listener allows is not supported",
        ("Conflicted", "HostnameConflict") => "another listener of the port has the same hostname",
        ("Conflicted", "ProtocolConflict") => "another listener of the port has a protocol that does not go with this one",
        ("PartiallyInvalid", _) => "parts of the route are not valid and are ignored",
        _ => null,
    };
}
