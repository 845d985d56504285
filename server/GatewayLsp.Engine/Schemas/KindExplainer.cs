using System.Collections.Immutable;

namespace GatewayLsp.Engine.Schemas;

/// <summary>Says in a sentence why a kind is not served.</summary>
internal static class KindExplainer
{
    public static KindVerdict Explain(SchemaCatalog catalog, Gvk gvk, Channel channel)
    {
        if (catalog.Kind(gvk) is { } known)
        {
            return ExplainKnown(catalog, known, channel);
        }

        if (ForeignKinds.Find(gvk.Group, gvk.Kind) is { } foreign)
        {
            return new(KindAvailability.Foreign, foreign.Note, catalog.Kind(foreign.Ours));
        }

        var named = catalog.KindsNamed(gvk.Kind);
        if (!SchemaCatalog.IsGatewayApiGroup(gvk.Group) && (!catalog.KnowsVersions(gvk.Group, gvk.Kind) || FirstOfGroup(named, gvk.Group) is null))
        {
            return new(KindAvailability.Unknown, null, null);
        }

        if (catalog.Preferred(gvk.Group, gvk.Kind, channel) is { } other)
        {
            return new(KindAvailability.UnknownVersion, $"`{gvk.Kind}` has no version `{gvk.Version}`: use `{other.Gvk.ApiVersion}`.", other);
        }

        if (FirstOfGroup(named, gvk.Group) is { } experimental)
        {
            return new(KindAvailability.UnknownVersion, $"`{gvk.Kind}` has no version `{gvk.Version}`; `{experimental.Gvk.ApiVersion}` is in the experimental channel only.", experimental);
        }

        var elsewhere = Elsewhere(catalog, named, channel);
        var reason = elsewhere is null
            ? $"`{gvk.Group}` has no kind `{gvk.Kind}`."
            : $"`{gvk.Group}` has no kind `{gvk.Kind}`: its API version is `{elsewhere.Gvk.ApiVersion}`.";
        return new(KindAvailability.UnknownKind, reason, elsewhere);
    }

    private static KindVerdict ExplainKnown(SchemaCatalog catalog, ResourceKind known, Channel channel)
    {
        if (known.IsServed(channel))
        {
            return new(KindAvailability.Served, null, null);
        }

        var use = catalog.Preferred(known.Group, known.Kind, channel);
        if (known.IsExperimental)
        {
            var served = $"`{known.Gvk.ApiVersion}` of `{known.Kind}` is served by the experimental channel only";
            return new(KindAvailability.OnlyExperimental, use is null ? served + "." : $"{served}: use `{use.Gvk.ApiVersion}`.", use);
        }

        var gone = known.Origin == KindOrigin.GatewayApi && !catalog.IsOfCluster
            ? $"`{known.Gvk.ApiVersion}` of `{known.Kind}` is not served by Gateway API {SchemaCatalog.GatewayApiVersion}"
            : $"`{known.Gvk.ApiVersion}` of `{known.Kind}` is not served any more";
        var instead = use is not null ? $": use `{use.Gvk.ApiVersion}`." : known.Deprecation is { } text ? $". {text}" : ".";
        return new(KindAvailability.NoLongerServed, gone + instead, use);
    }

    private static ResourceKind? FirstOfGroup(ImmutableArray<ResourceKind> kinds, string group)
    {
        foreach (var kind in kinds)
        {
            if (kind.Group == group && !kind.IsLegacy)
            {
                return kind;
            }
        }

        return null;
    }

    private static ResourceKind? Elsewhere(SchemaCatalog catalog, ImmutableArray<ResourceKind> named, Channel channel)
    {
        foreach (var kind in named)
        {
            if (catalog.Preferred(kind.Group, kind.Kind, channel) is { } preferred)
            {
                return preferred;
            }
        }

        return null;
    }
}
