using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>Joining of lists: plain ones end to end, sets and keyed lists as Kubernetes merges them.</summary>
internal static class CelListMaps
{
    public static CelValue Add(CelList left, CelList right, CelFrame frame)
    {
        if (!frame.Work(left.Count + (long)right.Count))
        {
            return CelError.CostExceeded;
        }
        if (left is CelPlainList { Declared.Schema: { ListType: SchemaListType.Set or SchemaListType.Map } schema })
        {
            return Merge(left, right, schema, frame);
        }
        if (left.Count == 0 || right.Count == 0)
        {
            return left.Count == 0 ? right : left;
        }
        var items = new CelValue[left.Count + right.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = i < left.Count ? left[i] : right[i - left.Count];
        }
        return CelList.Of(items);
    }

    /// <summary>Whether two items have the same values in all keys of the list.</summary>
    public static CelValue SameKey(CelValue left, CelValue right, SchemaNode schema, CelFrame frame)
    {
        if (left.Kind == CelKind.Unknown || right.Kind == CelKind.Unknown)
        {
            return CelUnknown.Instance;
        }
        if (left is not CelMap one || right is not CelMap other)
        {
            return CelBool.False;
        }
        foreach (string key in schema.ListMapKeys)
        {
            var name = new CelString(FieldNames.Escape(key) ?? key);
            CelValue? a = one.Find(name);
            CelValue? b = other.Find(name);
            CelValue same = a is null || b is null ? CelBool.Of(a is null && b is null) : CelEquality.Equal(a, b, frame);
            if (same is not CelBool { Value: true })
            {
                return same;
            }
        }
        return CelBool.True;
    }

    /// <summary>
    /// Items of the left keep their places; those of the right replace the one of the same key, or follow. An item that
    /// can't be compared leaves the whole unknown.
    /// </summary>
    private static CelValue Merge(CelList left, CelList right, SchemaNode schema, CelFrame frame)
    {
        var items = new List<CelValue>(left.ToArray());
        for (int i = 0; i < right.Count; i++)
        {
            CelValue item = right[i];
            int place = -1;
            for (int j = 0; j < items.Count && place < 0; j++)
            {
                CelValue same = schema.ListType == SchemaListType.Set ? CelEquality.Equal(items[j], item, frame) : SameKey(items[j], item, schema, frame);
                if (!same.IsValue)
                {
                    return same;
                }
                if (same is CelBool { Value: true })
                {
                    place = j;
                }
            }
            if (place < 0)
            {
                items.Add(item);
            }
            else if (schema.ListType == SchemaListType.Map)
            {
                items[place] = item;
            }
        }
        return CelList.Of([.. items]);
    }
}
