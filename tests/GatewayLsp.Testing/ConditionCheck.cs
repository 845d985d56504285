using GatewayLsp.Engine;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Testing;

/// <summary>Conditions of a fixture in one line each, shortened to what is not as it should be.</summary>
public static class ConditionCheck
{
    private static readonly string[] Negative =
        [ConditionTypes.Conflicted, ConditionTypes.OverlappingTlsConfig, ConditionTypes.InsecureFrontendValidationMode, ConditionTypes.PartiallyInvalid];

    /// <summary><c>HTTPRoute/n/r@front Accepted=NoMatchingParent</c>, in the order of the report; unknown ones with a question mark.</summary>
    public static string[] Troubles(string fixture, bool isComplete = true) =>
        Troubles(WorkspaceFixture.Parse(fixture, new WorkspaceSettings { IsComplete = isComplete }).Analysis);

    public static string[] Troubles(Analysis analysis)
    {
        var lines = new List<string>();
        foreach (ObjectConditions one in analysis.Conditions())
        {
            string name = $"{one.View.Kind}/{one.View.FullName}";
            Add(lines, name, one.Conditions ?? []);
            foreach (ListenerStatus listener in one.Listeners ?? [])
            {
                Add(lines, $"{name}#{listener.Name}", listener.Conditions);
            }
            foreach (ParentStatus parent in one.Parents ?? [])
            {
                Add(lines, $"{name}@{parent.Parent.Ref.Name}", parent.Conditions);
            }
            foreach (AncestorStatus ancestor in one.Ancestors ?? [])
            {
                Add(lines, $"{name}^{ancestor.Ancestor.Gateway.Name}", ancestor.Conditions);
            }
        }
        return [.. lines];
    }

    /// <summary>Everything, messages too: equal for equal results.</summary>
    public static string[] All(Analysis analysis)
    {
        var lines = new List<string>();
        foreach (ObjectConditions one in analysis.Conditions())
        {
            string name = $"{one.View.Kind}/{one.View.FullName}";
            lines.Add($"{name} {string.Join("; ", one.Conditions ?? [])} {one.AttachedListenerSets}");
            lines.AddRange((one.Listeners ?? []).Select(l => $"{name}#{l.Name} {l.AttachedRoutes} {string.Join(",", l.SupportedKinds)} {string.Join("; ", l.Conditions)}"));
            lines.AddRange((one.Parents ?? []).Select(p => $"{name}@{p.Parent.Ref.Key} {string.Join("; ", p.Conditions)}"));
            lines.AddRange((one.Ancestors ?? []).Select(a => $"{name}^{a.Ancestor.Key} {string.Join("; ", a.Conditions)}"));
        }
        return [.. lines];
    }

    private static void Add(List<string> lines, string name, IReadOnlyList<Condition> conditions)
    {
        foreach (Condition condition in conditions)
        {
            bool isBad = condition.Status == (Negative.Contains(condition.Type) ? ConditionStatus.True : ConditionStatus.False);
            if (isBad || condition.Status == ConditionStatus.Unknown)
            {
                lines.Add($"{name} {condition.Type}{(isBad ? "" : "?")}={condition.Reason}");
            }
        }
    }
}
