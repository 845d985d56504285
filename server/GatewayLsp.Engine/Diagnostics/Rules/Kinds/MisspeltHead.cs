using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

/// <summary>A key of an object's head that is there, only with other capitals: <c>apiversion</c>.</summary>
internal static class MisspeltHead
{
    /// <summary>Reports it in place of the absence of the right key; false when there is none.</summary>
    public static bool Report(IRule rule, string name, ObjectContext context)
    {
        foreach (YamlEntry entry in context.Object.Node.Entries)
        {
            if (entry.Key is YamlScalar key && key.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && !entry.IsUnfinished && !entry.Value.IsNull())
            {
                context.Report(rule, key.Span, name, $"There is no field {Words.Shown(key.Value)}; did you mean `{name}`?", [new Fix($"Rename to `{name}`", key.Span, YamlText.Like(key, name))]);
                return true;
            }
        }
        return false;
    }
}
