using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Conditions;

/// <summary>Status of a GatewayClass: every class is taken as that of an implementation at hand.</summary>
internal static class GatewayClassConditions
{
    public static ImmutableArray<Condition> Of(Resolver resolver, GatewayClass one)
    {
        if (one.ParametersRef is { } parameters && !ParametersResolver.IsFine(new Dependencies(resolver), parameters, isOfClass: true))
        {
            return
            [
                Condition.False(ConditionTypes.Accepted, ConditionReasons.InvalidParameters,
                    $"GatewayClass {one.Name} takes its parameters from {Naming.Kind(parameters.Group, parameters.Kind)} '{parameters.Name}', which is not there; create it, or correct name and namespace."),
            ];
        }
        return [Condition.True(ConditionTypes.Accepted, ConditionReasons.Accepted, $"GatewayClass {one.Name} is ready for Gateways.")];
    }
}
