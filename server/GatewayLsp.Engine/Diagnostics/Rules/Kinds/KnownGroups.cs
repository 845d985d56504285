using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

/// <summary>Groups of which the catalogue knows enough to say that something is not in them.</summary>
internal static class KnownGroups
{
    /// <summary>
    /// True for the groups of Gateway API, whose kinds are all known. With <paramref name="orBuiltIn"/> also for those of Kubernetes, of
    /// which only some kinds are: a kind that is known to be at home elsewhere is still not one of theirs.
    /// </summary>
    public static bool IsOurs(SchemaCatalog catalog, string group, bool orBuiltIn)
    {
        foreach (ResourceKind kind in catalog.Kinds)
        {
            if (kind.Group == group && (kind.Origin == KindOrigin.GatewayApi || (orBuiltIn && kind.Origin == KindOrigin.Kubernetes)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Names of the kinds of a group that the channel serves.</summary>
    public static IEnumerable<string> Kinds(SchemaCatalog catalog, string group, Channel channel) =>
        catalog.Kinds.Where(kind => kind.Group == group && kind.IsServed(channel)).Select(kind => kind.Kind).Distinct();
}
