using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>The Kubernetes library of lists, the language's extension of lists (version 3), and sets.</summary>
internal static class ListFunctions
{
    private static readonly CelType Any = CelType.List(CelType.A);

    public static void AddTo(FunctionTable table)
    {
        foreach (CelType item in new[] { CelType.Int, CelType.Uint, CelType.Double, CelType.Bool, CelType.Duration, CelType.Timestamp, CelType.String, CelType.Bytes })
        {
            CelType[] list = [CelType.List(item)];
            table.Member("isSorted", list, CelType.Bool, static (a, _) => IsSorted((CelList)a[0]), Whole);
            table.Member("min", list, item, static (a, _) => Extreme((CelList)a[0], -1), Whole);
            table.Member("max", list, item, static (a, _) => Extreme((CelList)a[0], 1), Whole);
            table.Member("sort", list, list[0], static (a, f) => SortBy((CelList)a[0], (CelList)a[0], f), Whole);
        }
        Sum(table, CelType.Int, CelInt.Of(0));
        Sum(table, CelType.Uint, new CelUint(0));
        Sum(table, CelType.Double, new CelDouble(0));
        Sum(table, CelType.Duration, new CelDuration(0));
        table.Member("indexOf", [Any, CelType.A], CelType.Int, static (a, f) => IndexOf((CelList)a[0], a[1], isLast: false, f), Whole);
        table.Member("lastIndexOf", [Any, CelType.A], CelType.Int, static (a, f) => IndexOf((CelList)a[0], a[1], isLast: true, f), Whole);

        table.Member("slice", [Any, CelType.Int, CelType.Int], Any, static (a, _) => Slice((CelList)a[0], ((CelInt)a[1]).Value, ((CelInt)a[2]).Value), Items);
        table.Member("flatten", [CelType.List(Any)], Any, static (a, f) => Flatten((CelList)a[0], 1, f), Items);
        table.Member("flatten", [CelType.List(CelType.Dyn), CelType.Int], CelType.List(CelType.Dyn), static (a, f) => Flatten((CelList)a[0], ((CelInt)a[1]).Value, f), Items);
        table.Member("reverse", [Any], Any, static (a, _) => Reverse((CelList)a[0]), Items);
        table.Member("distinct", [Any], Any, static (a, f) => Distinct((CelList)a[0], f), Items);
        table.Function("lists.range", [CelType.Int], CelType.List(CelType.Int), static (a, _) => Range(((CelInt)a[0]).Value), static (a, _) => Math.Max(1, ((CelInt)a[0]).Value));

        table.Function("sets.contains", [Any, Any], CelType.Bool, static (a, f) => Contains((CelList)a[0], (CelList)a[1], f), Pairs);
        table.Function("sets.equivalent", [Any, Any], CelType.Bool, static (a, f) => Equivalent((CelList)a[0], (CelList)a[1], f), Pairs);
        table.Function("sets.intersects", [Any, Any], CelType.Bool, static (a, f) => Intersects((CelList)a[0], (CelList)a[1], f), Pairs);
    }

    /// <summary>The items in the order of their keys, of which there are as many. Equal ones keep their order.</summary>
    public static CelValue SortBy(CelList list, CelList keys, CelFrame frame)
    {
        CelValue[] by = keys.ToArray();
        if (FirstBad(by) is { } bad)
        {
            return bad;
        }
        for (int i = 0; i < by.Length; i++)
        {
            if (by[i].Kind != by[0].Kind || CelComparison.Compare(by[i], by[0]) is null)
            {
                return CelError.Invalid("the list can't be sorted: its items have no order");
            }
        }
        if (!frame.Work(by.Length * 16L))
        {
            return CelError.CostExceeded;
        }
        var places = new int[by.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }
        Array.Sort(places, (x, y) => CelComparison.Compare(by[x], by[y]) is { } order and not 0 and not 2 ? order : x.CompareTo(y));
        return CelList.Of(Array.ConvertAll(places, p => list[p]));
    }

    private static long Whole(ReadOnlySpan<CelValue> arguments, CelFrame frame) => CelCosts.WholeOf(arguments[0], frame);

    private static long Items(ReadOnlySpan<CelValue> arguments, CelFrame frame) => 1 + ((CelList)arguments[0]).Count;

    private static long Pairs(ReadOnlySpan<CelValue> arguments, CelFrame frame) => 1 + (((CelList)arguments[0]).Count * (long)((CelList)arguments[1]).Count);

    /// <summary>The unknown or error that an item is; null when all are values.</summary>
    private static CelValue? FirstBad(CelValue[] items) => Array.Find(items, i => i is CelUnknown) ?? Array.Find(items, i => i is CelError);

    private static CelValue IsSorted(CelList list)
    {
        CelValue[] items = list.ToArray();
        if (FirstBad(items) is { } bad)
        {
            return bad;
        }
        for (int i = 1; i < items.Length; i++)
        {
            if (CelComparison.Compare(items[i - 1], items[i]) is not { } order)
            {
                return CelError.NoOverload("`isSorted`", [items[i - 1], items[i]]);
            }
            if (order == 1)
            {
                return CelBool.False;
            }
        }
        return CelBool.True;
    }

    private static CelValue Extreme(CelList list, int sign)
    {
        CelValue[] items = list.ToArray();
        if (FirstBad(items) is { } bad)
        {
            return bad;
        }
        if (items.Length == 0)
        {
            return CelError.Invalid($"an empty list has no {(sign < 0 ? "least" : "greatest")} item");
        }
        CelValue best = items[0];
        foreach (CelValue item in items)
        {
            if (CelComparison.Compare(item, best) is not { } order)
            {
                return CelError.NoOverload(sign < 0 ? "`min`" : "`max`", [item, best]);
            }
            best = order == sign ? item : best;
        }
        return best;
    }

    private static void Sum(FunctionTable table, CelType type, CelValue zero) => table.Member("sum", [CelType.List(type)], type, (a, f) =>
    {
        var list = (CelList)a[0];
        CelValue[] items = list.ToArray();
        if (FirstBad(items) is { } bad)
        {
            return bad;
        }
        if (items.Length == 0)
        {
            return zero;
        }
        CelValue sum = items[0];
        if (sum.Kind is not (CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.Duration))
        {
            return CelError.NoOverload("`sum`", [list]);
        }
        for (int i = 1; i < items.Length && sum.IsValue; i++)
        {
            sum = CelArithmetic.Add(sum, items[i], f);
        }
        return sum;
    }, Whole);

    private static CelValue IndexOf(CelList list, CelValue item, bool isLast, CelFrame frame)
    {
        for (int n = 0; n < list.Count; n++)
        {
            int i = isLast ? list.Count - 1 - n : n;
            CelValue same = CelEquality.Equal(list[i], item, frame);
            if (!same.IsValue)
            {
                return same;
            }
            if (same is CelBool { Value: true })
            {
                return CelInt.Of(i);
            }
        }
        return CelInt.Of(-1);
    }

    private static CelValue Slice(CelList list, long from, long to) => from < 0 || to < from || to > list.Count
        ? new CelError(CelErrorKind.IndexOutOfRange, $"the list has {list.Count} items, so none from {from} to {to}")
        : CelList.Of(list.ToArray()[(int)from..(int)to]);

    private static CelValue Flatten(CelList list, long depth, CelFrame frame)
    {
        if (depth < 0)
        {
            return CelError.Invalid("the depth to flatten can't be negative");
        }
        var items = new List<CelValue>();
        return Flatten(list, depth, items, frame) ? CelList.Of([.. items]) : CelError.CostExceeded;
    }

    private static bool Flatten(CelList list, long depth, List<CelValue> items, CelFrame frame)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (!frame.Work(1))
            {
                return false;
            }
            if (depth > 0 && list[i] is CelList inner)
            {
                if (!Flatten(inner, depth - 1, items, frame))
                {
                    return false;
                }
            }
            else
            {
                items.Add(list[i]);
            }
        }
        return true;
    }

    private static CelList Reverse(CelList list)
    {
        CelValue[] items = list.ToArray();
        Array.Reverse(items);
        return CelList.Of(items);
    }

    private static CelValue Distinct(CelList list, CelFrame frame)
    {
        var items = new List<CelValue>();
        for (int i = 0; i < list.Count; i++)
        {
            CelValue seen = OperatorNode.Contains(CelList.Of([.. items]), list[i], frame);
            if (!seen.IsValue || !frame.Work(items.Count))
            {
                return seen.IsValue ? CelError.CostExceeded : seen;
            }
            if (seen is CelBool { Value: false })
            {
                items.Add(list[i]);
            }
        }
        return CelList.Of([.. items]);
    }

    /// <summary>The cost, charged before, bounds the length.</summary>
    private static CelList Range(long count)
    {
        var items = new CelValue[Math.Max(0, count)];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = CelInt.Of(i);
        }
        return CelList.Of(items);
    }

    private static CelValue Contains(CelList list, CelList part, CelFrame frame)
    {
        CelValue? rest = null;
        for (int i = 0; i < part.Count; i++)
        {
            CelValue found = OperatorNode.Contains(list, part[i], frame);
            if (found is CelBool flag)
            {
                if (!flag.Value)
                {
                    return flag;
                }
            }
            else if (rest is not CelUnknown)
            {
                rest = found is CelUnknown ? found : rest ?? found;
            }
        }
        return rest ?? CelBool.True;
    }

    private static CelValue Equivalent(CelList left, CelList right, CelFrame frame) =>
        Contains(left, right, frame) is var one && one is CelBool { Value: true } ? Contains(right, left, frame) : one;

    private static CelValue Intersects(CelList left, CelList right, CelFrame frame)
    {
        CelValue? rest = null;
        for (int i = 0; i < left.Count; i++)
        {
            CelValue found = OperatorNode.Contains(right, left[i], frame);
            if (found is CelBool { Value: true })
            {
                return found;
            }
            if (!found.IsValue && rest is not CelUnknown)
            {
                rest = found is CelUnknown ? found : rest ?? found;
            }
        }
        return rest ?? CelBool.False;
    }
}
