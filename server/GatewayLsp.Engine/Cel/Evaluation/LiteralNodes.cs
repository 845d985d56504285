using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary><c>[a, ?b]</c>.</summary>
internal sealed class ListNode(CelNode[] items, bool[] optional) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        frame.Charge(CelCosts.ListCreation);
        var values = new CelValue[items.Length];
        int count = 0;
        for (int i = 0; i < items.Length; i++)
        {
            CelValue value = items[i].Evaluate(frame);
            if (optional[i] && value.IsValue)
            {
                if (value is not CelOptional maybe)
                {
                    return CelError.NoOverload("`?` in a list", [value]);
                }
                if (maybe.Value is null)
                {
                    continue;
                }
                value = maybe.Value;
            }
            // An unknown item leaves the list known; whether an optional one is there at all does not.
            if (value.Kind == CelKind.Error || (optional[i] && value.Kind == CelKind.Unknown))
            {
                return value;
            }
            values[count++] = value;
        }
        return CelList.Of(count == values.Length ? values : values[..count]);
    }
}

/// <summary><c>{k: v, ?k: v}</c>.</summary>
internal sealed class MapNode(CelNode[] keys, CelNode[] items, bool[] optional) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        frame.Charge(CelCosts.MapCreation);
        var map = CelDictionaryMap.New(keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            CelValue key = keys[i].Evaluate(frame);
            CelValue value = items[i].Evaluate(frame);
            if (!key.IsValue)
            {
                return key;
            }
            if (optional[i] && value.IsValue)
            {
                if (value is not CelOptional maybe)
                {
                    return CelError.NoOverload("`?` in a map", [value]);
                }
                if (maybe.Value is null)
                {
                    continue;
                }
                value = maybe.Value;
            }
            if (value.Kind == CelKind.Error || (optional[i] && value.Kind == CelKind.Unknown))
            {
                return value;
            }
            if (Add(map, key, value) is { } error)
            {
                return error;
            }
        }
        return map;
    }

    /// <summary>Null when it went in.</summary>
    public static CelError? Add(CelDictionaryMap map, CelValue key, CelValue value)
    {
        if (!CelDictionaryMap.IsKey(key))
        {
            return CelError.Invalid($"a {CelTypeValue.NameOf(key)} can't be a key of a map");
        }
        return map.TryAdd(key, value) ? null : CelError.Invalid("the map has a key twice");
    }
}
