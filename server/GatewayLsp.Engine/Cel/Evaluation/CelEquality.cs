using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>
/// Equality of any two values: true, false, an error or unknown. Numbers of different types are compared as numbers, other
/// values of different types are unequal. An unknown part leaves the whole unknown unless another part differs.
/// </summary>
internal static class CelEquality
{
    /// <summary>Nesting of lists and maps. Data and expressions are bounded below it.</summary>
    private const int MaxDepth = 1000;

    public static CelValue Equal(CelValue left, CelValue right, CelFrame frame) => Equal(left, right, frame, 0);

    private static CelValue Equal(CelValue left, CelValue right, CelFrame frame, int depth)
    {
        if (!left.IsValue || !right.IsValue)
        {
            return left.Kind == CelKind.Unknown || right.Kind == CelKind.Unknown ? CelUnknown.Instance : left.IsValue ? right : left;
        }
        if (!frame.Work(1) || depth > MaxDepth)
        {
            return CelError.CostExceeded;
        }
        switch (left, right)
        {
            case (CelString a, CelString b):
                return CelBool.Of(string.Equals(a.Value, b.Value, StringComparison.Ordinal));
            case (CelBool a, CelBool b):
                return CelBool.Of(a.Value == b.Value);
            case (CelBytes a, CelBytes b):
                return CelBool.Of(a.Value.SequenceEqual(b.Value));
            case (CelTypeValue a, CelTypeValue b):
                return CelBool.Of(a.Name == b.Name);
            case (CelDuration a, CelDuration b):
                return CelBool.Of(a.Nanoseconds == b.Nanoseconds);
            case (CelTimestamp a, CelTimestamp b):
                return CelBool.Of(a.Seconds == b.Seconds && a.Nanoseconds == b.Nanoseconds);
            case (CelList a, CelList b):
                return Lists(a, b, frame, depth);
            case (CelMap a, CelMap b):
                return Maps(a, b, frame, depth);
            case (CelOptional a, CelOptional b):
                return a.Value is null || b.Value is null ? CelBool.Of(a.Value is null && b.Value is null) : Equal(a.Value, b.Value, frame, depth + 1);
            case (CelExtension a, CelExtension b) when a.Kind == b.Kind:
                return CelBool.Of(a.SameAs(b));
            default:
                return CelBool.Of(CelComparison.Numbers(left, right) == 0 || (left.Kind == CelKind.Null && right.Kind == CelKind.Null));
        }
    }

    private static CelValue Lists(CelList left, CelList right, CelFrame frame, int depth)
    {
        if (left.Count != right.Count)
        {
            return CelBool.False;
        }
        return left is CelPlainList { Declared.Schema: { ListType: SchemaListType.Set or SchemaListType.Map } schema }
            ? Unordered(left, right, schema, frame, depth)
            : Ordered(left, right, frame, depth);
    }

    private static CelValue Ordered(CelList left, CelList right, CelFrame frame, int depth)
    {
        CelValue result = CelBool.True;
        for (int i = 0; i < left.Count; i++)
        {
            CelValue same = Equal(left[i], right[i], frame, depth + 1);
            if (same is CelBool { Value: false })
            {
                return same;
            }
            result = Weaker(result, same);
        }
        return result;
    }

    /// <summary>Sets, and lists that are maps by some keys: the order does not matter.</summary>
    private static CelValue Unordered(CelList left, CelList right, SchemaNode schema, CelFrame frame, int depth)
    {
        CelValue result = CelBool.True;
        for (int i = 0; i < left.Count; i++)
        {
            CelValue found = CelBool.False;
            for (int j = 0; j < right.Count && found is not CelBool { Value: true } && !frame.IsStopped; j++)
            {
                CelValue same = schema.ListType == SchemaListType.Set
                    ? Equal(left[i], right[j], frame, depth + 1)
                    : CelListMaps.SameKey(left[i], right[j], schema, frame) is CelBool { Value: true }
                        ? Equal(left[i], right[j], frame, depth + 1)
                        : CelListMaps.SameKey(left[i], right[j], schema, frame);
                found = same is CelBool { Value: true } ? same : Weaker(same, found);
            }
            if (found is CelBool { Value: false })
            {
                return found;
            }
            result = Weaker(result, found);
        }
        return frame.IsStopped ? CelError.CostExceeded : result;
    }

    private static CelValue Maps(CelMap left, CelMap right, CelFrame frame, int depth)
    {
        if (left.Count != right.Count)
        {
            return CelBool.False;
        }
        CelValue result = CelBool.True;
        foreach (CelValue key in left.Keys)
        {
            CelValue? one = left.Find(key);
            CelValue? other = right.Find(key);
            CelValue same = one is null || other is null ? CelBool.Of(one is null && other is null) : Equal(one, other, frame, depth + 1);
            if (same is CelBool { Value: false })
            {
                return same;
            }
            result = Weaker(result, same);
        }
        return result;
    }

    /// <summary>Unknown before error before anything else.</summary>
    private static CelValue Weaker(CelValue one, CelValue other) =>
        one.Kind == CelKind.Unknown || (one.Kind == CelKind.Error && other.Kind != CelKind.Unknown) ? one : other.IsValue ? one.IsValue ? other : one : other;
}
