using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>Compares parts of built objects by what they say, however they are written.</summary>
internal static class BuildValues
{
    /// <summary>Values of templates may be any.</summary>
    public static bool HasValueOf(this BuildNode one, BuildNode other)
    {
        switch (one, other)
        {
            case (BuildScalar { IsOpaque: true }, _) or (_, BuildScalar { IsOpaque: true }):
                return true;
            case (BuildScalar a, BuildScalar b):
                ScalarKind kind = KindOf(a);
                return kind == KindOf(b) && kind switch
                {
                    ScalarKind.Null => true,
                    ScalarKind.Boolean => ScalarResolver.Truth(a.Value) == ScalarResolver.Truth(b.Value),
                    ScalarKind.Integer => ScalarResolver.TryInteger(a.Value, out var number) && ScalarResolver.TryInteger(b.Value, out var same) && number == same,
                    _ => a.Value == b.Value,
                };
            case (BuildSequence a, BuildSequence b):
                if (a.Items.Count != b.Items.Count)
                {
                    return false;
                }
                for (int i = 0; i < a.Items.Count; i++)
                {
                    if (!a.Items[i].HasValueOf(b.Items[i]))
                    {
                        return false;
                    }
                }
                return true;
            case (BuildMapping a, BuildMapping b):
                if (a.Entries.Count != b.Entries.Count)
                {
                    return false;
                }
                foreach (BuildEntry entry in a.Entries)
                {
                    if (b.Get(entry.Key) is not { } value || !entry.Value.HasValueOf(value))
                    {
                        return false;
                    }
                }
                return true;
            default:
                return false;
        }
    }

    private static ScalarKind KindOf(BuildScalar scalar) =>
        scalar.IsPlain && scalar.Tag is null ? ScalarResolver.KindOf(scalar.Value) : scalar.IsNull ? ScalarKind.Null : ScalarKind.String;
}
