using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>References to the settings of a GatewayClass or Gateway, which are of any kind that an implementation likes.</summary>
internal static class ParametersResolver
{
    public static bool IsFine(Dependencies snapshot, ObjectRef parameters, bool isOfClass)
    {
        if (!parameters.IsKnown)
        {
            return true;
        }
        if (isOfClass && parameters.WrittenNamespace is null)
        {
            // A cluster-scoped kind, then; of those that we know by heart, none is one that a class could refer to.
            bool isNamespaced = parameters.Group == ApiGroups.Core && parameters.Kind is "ConfigMap" or "Secret";
            return !isNamespaced && snapshot.PresenceOf(parameters.Key with { Namespace = "" }) != Presence.Absent;
        }
        return snapshot.PresenceOf(parameters.Key) != Presence.Absent;
    }
}
