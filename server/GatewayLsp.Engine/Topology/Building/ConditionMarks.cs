using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>What conditions say of a node: those that are not as they should be.</summary>
internal static class ConditionMarks
{
    public static void Mark(this GraphDraft draft, string id, ImmutableArray<Condition> conditions)
    {
        bool isAccepted = true;
        foreach (Condition condition in conditions)
        {
            if (condition.Type == ConditionTypes.Accepted)
            {
                isAccepted = condition.Status == ConditionStatus.True;
            }
            // That what is not accepted is not programmed either goes without saying.
            else if (condition.Type == ConditionTypes.Programmed && !isAccepted)
            {
                continue;
            }
            if (StateOf(condition) is var state and not TopologyState.Ok)
            {
                draft.Mark(id, state, condition.Reason, condition.Message);
            }
        }
    }

    public static TopologyState StateOf(Condition condition) => (condition.Type, condition.Status) switch
    {
        (ConditionTypes.Conflicted, ConditionStatus.True) => TopologyState.Error,
        (ConditionTypes.Conflicted, _) => TopologyState.Ok,
        (ConditionTypes.OverlappingTlsConfig or ConditionTypes.PartiallyInvalid or ConditionTypes.InsecureFrontendValidationMode, ConditionStatus.True) => TopologyState.Warning,
        (_, ConditionStatus.False) => TopologyState.Error,
        (_, ConditionStatus.Unknown) => TopologyState.Unknown,
        (ConditionTypes.Accepted, _) when condition.Reason == ConditionReasons.ListenersNotValid => TopologyState.Warning,
        _ => TopologyState.Ok,
    };
}
