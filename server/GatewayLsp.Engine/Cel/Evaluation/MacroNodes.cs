using GatewayLsp.Engine.Cel.Functions;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>A macro that walks over a list or map. Each form says what an item does to the result.</summary>
/// <param name="first">Slot of the element; with two variables of the index or key.</param>
/// <param name="second">Slot of the element, or -1.</param>
internal abstract class ComprehensionNode(CelNode range, int first, int second) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue over = range.Evaluate(frame);
        return over switch
        {
            CelList list => Over(list, frame),
            CelMap map => Over(map, frame),
            { IsValue: false } => over,
            _ => CelError.NoOverload("a macro over items", [over]),
        };
    }

    protected abstract CelValue Over(CelList list, CelFrame frame);

    protected abstract CelValue Over(CelMap map, CelFrame frame);

    protected void Bind(CelFrame frame, CelList list, int i)
    {
        if (second < 0)
        {
            frame.Slots[first] = list[i];
        }
        else
        {
            frame.Slots[first] = CelInt.Of(i);
            frame.Slots[second] = list[i];
        }
    }

    protected void Bind(CelFrame frame, CelMap map, CelValue key)
    {
        frame.Slots[first] = key;
        if (second >= 0)
        {
            frame.Slots[second] = map.Find(key) ?? CelNull.Instance;
        }
    }
}

/// <summary>The rest of the comprehensions: what is gathered in a state of type <typeparamref name="T"/>.</summary>
internal abstract class FoldNode<T>(CelNode range, int first, int second) : ComprehensionNode(range, first, second)
{
    protected abstract T Start(int count);

    /// <summary>The result when it is decided; null to go on.</summary>
    protected abstract CelValue? Step(ref T state, CelFrame frame, CelValue item);

    protected abstract CelValue End(T state, CelFrame frame);

    protected sealed override CelValue Over(CelList list, CelFrame frame)
    {
        T state = Start(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            Bind(frame, list, i);
            if (Step(ref state, frame, list[i]) is { } result)
            {
                return result;
            }
            if (frame.IsStopped || !frame.Work(1))
            {
                return CelError.CostExceeded;
            }
        }
        return End(state, frame);
    }

    protected sealed override CelValue Over(CelMap map, CelFrame frame)
    {
        IReadOnlyList<CelValue> keys = map.Keys;
        T state = Start(keys.Count);
        for (int i = 0; i < keys.Count; i++)
        {
            Bind(frame, map, keys[i]);
            if (Step(ref state, frame, keys[i]) is { } result)
            {
                return result;
            }
            if (frame.IsStopped || !frame.Work(1))
            {
                return CelError.CostExceeded;
            }
        }
        return End(state, frame);
    }
}

/// <summary><c>all</c> and <c>exists</c>: one deciding item is enough, whatever errors others give.</summary>
internal sealed class QuantifierNode(bool isAll, CelNode range, int first, int second, CelNode predicate) : FoldNode<CelValue>(range, first, second)
{
    /// <summary>The check before and the operator after each item.</summary>
    private const int CostOfStep = 3;

    protected override CelValue Start(int count) => CelBool.Of(isAll);

    protected override CelValue? Step(ref CelValue state, CelFrame frame, CelValue item)
    {
        CelValue value = predicate.Evaluate(frame);
        frame.Charge(CostOfStep);
        if (value is CelBool flag)
        {
            return flag.Value == isAll ? null : flag;
        }
        if (value.IsValue)
        {
            value = CelError.NoOverload(isAll ? "`all`" : "`exists`", [value]);
        }
        if (state.IsValue || (state is CelError && value is CelUnknown))
        {
            state = value;
        }
        return null;
    }

    protected override CelValue End(CelValue state, CelFrame frame) => state;
}

/// <summary><c>exists_one</c>: an error anywhere is the result.</summary>
internal sealed class ExistsOneNode(CelNode range, int first, int second, CelNode predicate) : FoldNode<(int Found, CelValue? Bad)>(range, first, second)
{
    protected override (int Found, CelValue? Bad) Start(int count) => default;

    protected override CelValue? Step(ref (int Found, CelValue? Bad) state, CelFrame frame, CelValue item)
    {
        CelValue value = predicate.Evaluate(frame);
        frame.Charge(2);
        if (value is CelBool flag)
        {
            state.Found += flag.Value ? 1 : 0;
        }
        else if (state.Bad is not CelUnknown)
        {
            value = value.IsValue ? CelError.NoOverload("`exists_one`", [value]) : value;
            state.Bad = value is CelUnknown ? value : state.Bad ?? value;
        }
        return null;
    }

    protected override CelValue End((int Found, CelValue? Bad) state, CelFrame frame) => state.Bad ?? CelBool.Of(state.Found == 1);
}

/// <summary><c>map</c>, <c>filter</c> and <c>transformList</c>.</summary>
/// <param name="transform">Null for <c>filter</c>: the item stays as it is.</param>
internal sealed class MapListNode(CelNode range, int first, int second, CelNode? predicate, CelNode? transform) : FoldNode<List<CelValue>>(range, first, second)
{
    private const int CostOfItem = CelCosts.ListCreation + 2;

    protected override List<CelValue> Start(int count) => new(Math.Min(count, 64));

    protected override CelValue? Step(ref List<CelValue> state, CelFrame frame, CelValue item)
    {
        if (predicate is not null)
        {
            CelValue value = predicate.Evaluate(frame);
            if (value is not CelBool flag)
            {
                return value.IsValue ? CelError.NoOverload("a filter", [value]) : value;
            }
            if (!flag.Value)
            {
                frame.Charge(1);
                return null;
            }
        }
        frame.Charge(CostOfItem);
        CelValue made = transform?.Evaluate(frame) ?? item;
        if (made.Kind == CelKind.Error)
        {
            return made;
        }
        state.Add(made);
        return null;
    }

    protected override CelValue End(List<CelValue> state, CelFrame frame) => CelList.Of([.. state]);
}

/// <summary><c>sortBy</c>: the items in the order of what the body makes of them.</summary>
internal sealed class SortByNode(CelNode range, int slot, CelNode key) : FoldNode<(List<CelValue> Items, List<CelValue> Keys)>(range, slot, -1)
{
    protected override (List<CelValue> Items, List<CelValue> Keys) Start(int count) => ([], []);

    protected override CelValue? Step(ref (List<CelValue> Items, List<CelValue> Keys) state, CelFrame frame, CelValue item)
    {
        frame.Charge(CelCosts.ListCreation + 2);
        state.Items.Add(item);
        state.Keys.Add(key.Evaluate(frame));
        return null;
    }

    protected override CelValue End((List<CelValue> Items, List<CelValue> Keys) state, CelFrame frame) =>
        ListFunctions.SortBy(CelList.Of([.. state.Items]), CelList.Of([.. state.Keys]), frame);
}

/// <summary><c>transformMap</c>, which keeps the keys, and <c>transformMapEntry</c>, which makes them.</summary>
internal sealed class MapEntriesNode(CelNode range, int first, int second, CelNode? predicate, CelNode transform, bool makesKeys)
    : FoldNode<CelDictionaryMap>(range, first, second)
{
    private readonly int _first = first;

    protected override CelDictionaryMap Start(int count) => CelDictionaryMap.New(Math.Min(count, 64));

    protected override CelValue? Step(ref CelDictionaryMap state, CelFrame frame, CelValue item)
    {
        CelValue key = frame.Slots[_first];
        if (predicate is not null)
        {
            CelValue value = predicate.Evaluate(frame);
            if (value is not CelBool flag)
            {
                return value.IsValue ? CelError.NoOverload("a filter", [value]) : value;
            }
            if (!flag.Value)
            {
                frame.Charge(1);
                return null;
            }
        }
        frame.Charge(2);
        CelValue made = transform.Evaluate(frame);
        if (!makesKeys)
        {
            return made.Kind == CelKind.Error ? made : MapNode.Add(state, key, made);
        }
        if (made is not CelMap entries)
        {
            return made.IsValue ? CelError.NoOverload("`transformMapEntry`", [made]) : made;
        }
        foreach (CelValue name in entries.Keys)
        {
            if (!frame.Work(1))
            {
                return CelError.CostExceeded;
            }
            if (MapNode.Add(state, name, entries.Find(name)!) is { } error)
            {
                return error;
            }
        }
        return null;
    }

    protected override CelValue End(CelDictionaryMap state, CelFrame frame) => state;
}
