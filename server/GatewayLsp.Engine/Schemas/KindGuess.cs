namespace GatewayLsp.Engine.Schemas;

/// <summary>What an object is meant to be when its apiVersion is missing or filled in by a template: the kind of that name that most have in mind.</summary>
internal static class KindGuess
{
    /// <summary>The kind of that name, served ones ahead; null when there is none. Which of several groups is meant, their order in the catalogue decides.</summary>
    public static ResourceKind? Of(SchemaCatalog catalog, string kind, Channel channel, Func<ResourceKind, bool>? fits = null)
    {
        ResourceKind? best = null;
        foreach (ResourceKind one in catalog.KindsNamed(kind))
        {
            if (!one.IsLegacy && fits?.Invoke(one) != false
                && (best is null || (one.IsServed(channel) && one.IsPreferred && !(best.IsServed(channel) && best.IsPreferred))))
            {
                best = one;
            }
        }
        return best;
    }
}
