using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Whether two nodes say the same, however they are written. The order of fields does not count, that of items does.</summary>
internal static class SameValue
{
    private const int MaxDepth = 64;

    public static bool Of(YamlNode a, YamlNode b, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            return false;
        }
        switch (a, b)
        {
            case (YamlScalar one, YamlScalar other):
                return !one.IsOpaque && !other.IsOpaque && one.Value == other.Value && ScalarResolver.KindOf(one) == ScalarResolver.KindOf(other);
            case (YamlMapping one, YamlMapping other):
                return one.Entries.Length == other.Entries.Length
                    && one.Entries.All(entry => other.Find(entry.Name) is { } same && Of(entry.Value, same.Value, depth + 1));
            case (YamlSequence one, YamlSequence other):
                return one.Items.Length == other.Items.Length && one.Items.Zip(other.Items).All(pair => Of(pair.First, pair.Second, depth + 1));
            default:
                return false;
        }
    }
}
