using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

/// <summary>
/// Groups that can only be a slip of one of Gateway API's: a letter or two off, a label too few, or labels of it mixed up under
/// <c>k8s.io</c>, where nobody else may have kinds. Groups of other projects have domains of their own and are never meant.
/// </summary>
internal static class MisspeltGroups
{
    private const int MaxEdits = 2;

    /// <summary>Where a kind of Gateway API belongs whose group is misspelt, in the version written if there is such; null when it is none.</summary>
    public static ResourceKind? Meant(SchemaCatalog catalog, Gvk gvk, Channel channel)
    {
        if (gvk.Group.Length == 0 || catalog.KnownGroup(gvk.Group) || ForeignKinds.Find(gvk.Group, gvk.Kind) is not null)
        {
            return null;
        }
        ResourceKind? best = null;
        int least = int.MaxValue;
        foreach (ResourceKind candidate in catalog.KindsNamed(gvk.Kind))
        {
            if (candidate.Origin != KindOrigin.GatewayApi || !SchemaCatalog.IsGatewayApiGroup(candidate.Group) || !IsMeant(gvk.Group, candidate.Group)
                || catalog.Preferred(candidate.Group, candidate.Kind, channel) is not { } preferred)
            {
                continue;
            }
            int distance = NearestName.Edits(gvk.Group, candidate.Group);
            if (distance < least || (distance == least && candidate.Gvk.Version == gvk.Version))
            {
                least = distance;
                best = candidate.Gvk.Version == gvk.Version && candidate.IsServed(channel) ? candidate : preferred;
            }
        }
        return best;
    }

    private static bool IsMeant(string written, string group) =>
        NearestName.Edits(written, group) <= MaxEdits || LacksOneLabel(written, group) || IsMixedUp(written);

    private static bool LacksOneLabel(string written, string group)
    {
        string[] labels = group.Split('.');
        for (int i = 0; i < labels.Length; i++)
        {
            if (written.Equals(string.Join('.', labels.Where((_, index) => index != i)), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsMixedUp(string written)
    {
        string[] labels = written.Split('.');
        return labels is [_, .., "k8s" or "x-k8s", "io"] && labels.Any(label => label.StartsWith("gateway", StringComparison.OrdinalIgnoreCase));
    }
}
