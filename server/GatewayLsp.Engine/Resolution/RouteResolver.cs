using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Decides where a route is attached. For each parent the listeners that the reference chooses are narrowed down: those
/// that take the route's kind and namespace, then those that share a hostname with it.
/// </summary>
internal static class RouteResolver
{
    public static ResolvedRoute Resolve(Resolver resolver, Route route)
    {
        var snapshot = new Dependencies(resolver);
        var parents = ImmutableArray.CreateBuilder<ResolvedParent>(route.ParentRefs.Length);
        foreach (ParentRef reference in route.ParentRefs)
        {
            parents.Add(Parent(snapshot, resolver.IsComplete, route, reference));
        }
        var backends = ImmutableArray.CreateBuilder<ResolvedBackend>(route.AllBackends.Length);
        foreach (BackendRef reference in route.AllBackends)
        {
            bool lacksGroup = reference is { IsServiceImport: true, Group: ApiGroups.Core };
            backends.Add(BackendResolver.Resolve(snapshot, route, reference, lacksGroup && IsOfLattice(snapshot, route)));
        }
        return new ResolvedRoute(route, snapshot)
        {
            Parents = parents.DrainToImmutable(),
            Backends = backends.DrainToImmutable(),
            RuleIssues = RuleChecks.Of(route),
        };
    }

    /// <summary>True when VPC Lattice implements the Gateway of a parent; of several by the same name one is enough.</summary>
    public static bool IsOfLattice(Dependencies snapshot, Route route)
    {
        foreach (ParentRef parent in route.ParentRefs)
        {
            if (!parent.IsGateway || !parent.IsKnown)
            {
                continue;
            }
            foreach (IndexedObject one in snapshot.Objects(parent.Key))
            {
                if (one.Object.View<Gateway>() is { } gateway && snapshot.ImplementationOf(gateway.ClassName)?.Table?.Id == "aws-vpc-lattice")
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>What would come of one more parent of a route.</summary>
    public static AttachOutcome Would(Resolver resolver, Route route, ParentRef reference) =>
        Parent(new Dependencies(resolver), resolver.IsComplete, route, reference).Outcome;

    private static ResolvedParent Parent(Dependencies snapshot, bool isComplete, Route route, ParentRef reference)
    {
        if (!reference.IsGateway && !reference.IsListenerSet && !reference.IsService && !reference.IsTemplated)
        {
            return new ResolvedParent(reference, AttachOutcome.ForeignParent);
        }
        if (!reference.IsKnown)
        {
            return new ResolvedParent(reference, AttachOutcome.Unknown);
        }
        ResolvedParent parent = snapshot.PresenceOf(reference.Key) switch
        {
            Presence.Unknown => new ResolvedParent(reference, AttachOutcome.Unknown),
            Presence.Absent => new ResolvedParent(reference, Unsettled.MayMeet(snapshot, route, reference) ? AttachOutcome.Unknown : AttachOutcome.NoMatchingParent),
            _ when reference.IsService => Mesh(snapshot, reference),
            _ => Listeners(snapshot, isComplete, route, reference),
        };
        return parent.Outcome is not (AttachOutcome.Attached or AttachOutcome.Unknown) && IsOpen(snapshot, route, parent)
            ? new ResolvedParent(reference, AttachOutcome.Unknown) { Target = parent.Target, Gateway = parent.Gateway, Candidates = parent.Candidates } : parent;
    }

    /// <summary>True when what decides is changed on the way to a cluster.</summary>
    private static bool IsOpen(Dependencies snapshot, Route route, ResolvedParent parent) =>
        !snapshot.Overlays.IsEmpty
        && (Unsettled.IsChanged(snapshot, route, "metadata.namespace", "spec.parentRefs", "spec.hostnames")
            || (parent.Target is { } target && Unsettled.IsChanged(snapshot, target, "spec.listeners", "spec.ports", "spec.parentRef"))
            || (parent.Gateway is { } gateway && Unsettled.IsChanged(snapshot, gateway.Gateway, "spec.listeners", "spec.allowedListeners")));

    /// <summary>A Service as parent needs no permission. A route of another namespace is for that namespace's clients.</summary>
    private static ResolvedParent Mesh(Dependencies snapshot, ParentRef reference)
    {
        Service? service = snapshot.Find<Service>(reference.Key);
        bool isThere = service is null || service.Object.Document.IsTemplate || (reference.Port is null && reference.SectionName is null);
        foreach (ServicePort port in service?.Ports ?? [])
        {
            isThere |= port.IsTemplated
                || ((reference.Port is null || port.Port == reference.Port) && (reference.SectionName is null || port.Name == reference.SectionName));
        }
        return new ResolvedParent(reference, isThere ? AttachOutcome.Attached : AttachOutcome.NoMatchingParent) { Target = service };
    }

    private static ResolvedParent Listeners(Dependencies snapshot, bool isComplete, Route route, ParentRef reference)
    {
        ObjectView? target;
        ResolvedGateway? gateway;
        ImmutableArray<ResolvedListener> listeners = [];
        if (reference.IsGateway)
        {
            gateway = snapshot.Gateway(reference.Key);
            target = gateway?.Gateway;
            listeners = gateway?.Listeners ?? [];
        }
        else
        {
            ListenerSet? set = snapshot.Find<ListenerSet>(reference.Key);
            target = set;
            gateway = set is null || !set.ParentRef.IsKnown ? null : snapshot.Gateway(set.ParentRef.Key);
            ResolvedListenerSet? resolved = gateway?.ListenerSets.FirstOrDefault(one => ReferenceEquals(one.Set, set));
            if (resolved is null)
            {
                bool isCertain = set is { ParentRef.IsKnown: true } && snapshot.PresenceOf(set.ParentRef.Key) == Presence.Absent;
                return new ResolvedParent(reference, isCertain ? AttachOutcome.NoMatchingParent : AttachOutcome.Unknown) { Target = set };
            }
            if (resolved.IsAllowed == Answer.No)
            {
                return new ResolvedParent(reference, AttachOutcome.NoMatchingParent) { Target = set, Gateway = gateway, IsParentNotAllowed = true };
            }
            listeners = resolved.Listeners;
        }
        if (target is null)
        {
            return new ResolvedParent(reference, AttachOutcome.Unknown);
        }
        return Choose(snapshot, isComplete, route, reference, target, gateway!, listeners);
    }

    private static ResolvedParent Choose(
        Dependencies snapshot, bool isComplete, Route route, ParentRef reference, ObjectView target, ResolvedGateway gateway, ImmutableArray<ResolvedListener> listeners)
    {
        bool isUncertain = target.Object.Document.IsTemplate;
        bool isKindFine = false;
        bool hasAllowed = false;
        var candidates = ImmutableArray.CreateBuilder<ResolvedListener>();
        var attached = ImmutableArray.CreateBuilder<AttachedListener>();
        var refusing = ImmutableArray.CreateBuilder<ResolvedListener>();
        foreach (ResolvedListener listener in listeners)
        {
            if ((reference.SectionName is not null && listener.Name != reference.SectionName)
                || (reference.Port is not null && listener.Listener.Port != reference.Port))
            {
                isUncertain |= listener.Listener.IsTemplated;
                continue;
            }
            candidates.Add(listener);
            if (!listener.Supports(route.Group, route.Kind))
            {
                isUncertain |= listener.Listener.IsTemplated
                    || (listener.IsProtocolSupported == Answer.Unknown && listener.Listener.AllowedRoutes.Kinds.IsEmpty)
                    || listener.Listener.AllowedRoutes.Kinds.Any(kind => kind.IsTemplated);
                continue;
            }
            isKindFine = true;
            Answer allows = NamespaceRules.Allows(snapshot, isComplete, listener.Listener.AllowedRoutes.Namespaces, listener.Owner.Namespace, route.Namespace);
            if (allows != Answer.Yes)
            {
                isUncertain |= allows == Answer.Unknown;
                if (allows == Answer.No && Hostnames(route, listener.Listener) is not null)
                {
                    refusing.Add(listener);
                }
                continue;
            }
            hasAllowed = true;
            if (Hostnames(route, listener.Listener) is { } hostnames)
            {
                attached.Add(new AttachedListener(listener, hostnames));
            }
        }
        AttachOutcome outcome = attached.Count > 0 ? AttachOutcome.Attached
            : isUncertain ? AttachOutcome.Unknown
            : candidates.Count == 0 ? AttachOutcome.NoMatchingParent
            : !hasAllowed ? AttachOutcome.NotAllowedByListeners
            : AttachOutcome.NoMatchingListenerHostname;
        return new ResolvedParent(reference, outcome)
        {
            Target = target,
            Gateway = gateway,
            Listeners = attached.DrainToImmutable(),
            Candidates = candidates.DrainToImmutable(),
            Refusing = outcome == AttachOutcome.NoMatchingListenerHostname ? refusing.DrainToImmutable() : [],
            IsWrongNamespace = outcome == AttachOutcome.NotAllowedByListeners && isKindFine,
        };
    }

    /// <summary>The hostnames that listener and route share; empty for every one; null for none at all.</summary>
    private static ImmutableArray<string>? Hostnames(Route route, Listener listener)
    {
        if (route.Type is RouteKind.Tcp or RouteKind.Udp)
        {
            return [];
        }
        string? own = listener.IsTemplated ? null : listener.Hostname;
        if (route.Hostnames.IsEmpty)
        {
            return own is null ? [] : [own];
        }
        var common = ImmutableArray.CreateBuilder<string>();
        bool isOpen = false;
        foreach (RouteHostname hostname in route.Hostnames)
        {
            if (HostnameMatch.TryIntersect(own, hostname.Value, out string? both))
            {
                isOpen |= both is null;
                if (both is not null && !common.Contains(both))
                {
                    common.Add(both);
                }
            }
        }
        return isOpen ? [] : common.Count == 0 ? null : common.DrainToImmutable();
    }
}
