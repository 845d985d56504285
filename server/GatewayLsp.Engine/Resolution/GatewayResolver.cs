using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Decides on a Gateway: its listeners, the ListenerSets that join it, and what all of them refer to.</summary>
internal static class GatewayResolver
{
    public static ResolvedGateway Resolve(Resolver resolver, Gateway gateway)
    {
        var snapshot = new Dependencies(resolver);
        ImmutableArray<ResolvedListener> own = Listeners(snapshot, gateway.Listeners, gateway);
        var sets = ImmutableArray.CreateBuilder<ResolvedListenerSet>();
        foreach (ListenerSet set in snapshot.ListenerSetsOf(new ObjectKey(ApiGroups.Gateway, "Gateway", gateway.Namespace, gateway.Name)))
        {
            Answer isAllowed = NamespaceRules.Allows(snapshot, resolver.IsComplete, gateway.AllowedListeners, gateway.Namespace, set.Namespace);
            sets.Add(new ResolvedListenerSet(set, isAllowed, isAllowed == Answer.No ? [] : Listeners(snapshot, set.Listeners, gateway)));
        }
        ListenerConflicts.Mark([own, .. sets.Select(set => (IReadOnlyList<ResolvedListener>)set.Listeners)]);
        GatewayClass? itsClass = gateway.ClassName.Length == 0
            ? null
            : snapshot.Find<GatewayClass>(new ObjectKey(ApiGroups.Gateway, "GatewayClass", "", gateway.ClassName));
        return new ResolvedGateway(gateway, snapshot)
        {
            Listeners = own,
            ListenerSets = sets.DrainToImmutable(),
            IsClassAccepted = itsClass?.ParametersRef is not { } parameters || ParametersResolver.IsFine(snapshot, parameters, isOfClass: true),
            HasInvalidParameters = gateway.ParametersRef is { } settings && !ParametersResolver.IsFine(snapshot, settings, isOfClass: false),
            UnsupportedAddress = gateway.Addresses.FirstOrDefault(address => !address.IsTemplated && address.Type.Contains('/')),
            ClientCertificateIssue = gateway.Tls.ClientCertificateRef is { } client ? CertificateResolver.KeyPair(snapshot, gateway, client) : null,
        };
    }

    private static ImmutableArray<ResolvedListener> Listeners(Dependencies snapshot, ImmutableArray<Listener> listeners, Gateway gateway) =>
        ImmutableArray.CreateRange(listeners, listener => Resolve(snapshot, listener, gateway));

    private static ResolvedListener Resolve(Dependencies snapshot, Listener listener, Gateway gateway)
    {
        ImmutableArray<GroupKind> fitting = ListenerProtocols.RouteKinds(listener);
        Answer isSupported = ListenerProtocols.IsSupported(listener);
        ImmutableArray<RouteGroupKind> wanted = listener.AllowedRoutes.Kinds;
        ImmutableArray<GroupKind> supported = fitting;
        ImmutableArray<RouteGroupKind> invalid = [];
        if (!wanted.IsEmpty && isSupported == Answer.Unknown)
        {
            // Nobody but the implementation can say what its own protocol carries.
            supported = [.. wanted.Select(kind => new GroupKind(kind.Group, kind.Kind)).Distinct()];
        }
        else if (!wanted.IsEmpty)
        {
            supported = [.. wanted.Select(kind => new GroupKind(kind.Group, kind.Kind)).Where(fitting.Contains).Distinct()];
            invalid = isSupported == Answer.No
                ? []
                // Routes of an implementation's own kind are for it to take or not.
                : [.. wanted.Where(kind => !kind.IsTemplated && !BackendKinds.MayBe(kind.Group) && !fitting.Contains(new GroupKind(kind.Group, kind.Kind)))];
        }
        ImmutableArray<ObjectRef> certificates = listener.TerminatesTls ? listener.Tls?.CertificateRefs ?? [] : [];
        ImmutableArray<ReferenceIssue> certificateIssues =
            CertificateResolver.All(certificates, reference => CertificateResolver.KeyPair(snapshot, listener.Owner, reference));
        ImmutableArray<ObjectRef> cas = listener.Protocol == "HTTPS" ? gateway.Tls.ValidationOf(listener.Port)?.CaCertificateRefs ?? [] : [];
        ImmutableArray<ReferenceIssue> caIssues = CertificateResolver.All(cas, reference => CertificateResolver.Ca(snapshot, gateway, reference));
        return new ResolvedListener(listener, gateway)
        {
            SupportedKinds = supported,
            InvalidKinds = invalid,
            IsProtocolSupported = isSupported,
            CertificateIssues = certificateIssues,
            CertificateNames = certificateIssues.IsEmpty ? CertificateResolver.Names(snapshot, certificates) : default,
            HasNoCertificate = certificateIssues.Length > 0 && certificateIssues.Length == certificates.Length,
            CaIssues = caIssues,
            HasNoCaCertificate = caIssues.Length > 0 && caIssues.Length == cas.Length,
        };
    }
}
