using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Verdict;

/// <summary>Whether two values are the same data, wherever they were read from.</summary>
internal static class PlainEquality
{
    public static bool Same(PlainValue? left, PlainValue? right)
    {
        switch (left, right)
        {
            case (PlainMap a, PlainMap b):
                if (a.Members.Count != b.Members.Count)
                {
                    return false;
                }
                foreach ((string name, PlainValue value) in a.Members)
                {
                    if (b.Find(name) is not { } other || !Same(value, other))
                    {
                        return false;
                    }
                }
                return true;
            case (PlainList a, PlainList b):
                if (a.Items.Count != b.Items.Count)
                {
                    return false;
                }
                for (int i = 0; i < a.Items.Count; i++)
                {
                    if (!Same(a.Items[i], b.Items[i]))
                    {
                        return false;
                    }
                }
                return true;
            case (PlainText a, PlainText b):
                return a.Value == b.Value;
            case (PlainInteger a, PlainInteger b):
                return a.Value == b.Value;
            case (PlainNumber a, PlainNumber b):
                return a.Value.Equals(b.Value);
            case (PlainBoolean a, PlainBoolean b):
                return a.Value == b.Value;
            case (PlainNull, PlainNull):
                return true;
            default:
                return false;
        }
    }

    /// <summary>The item of a list map with the same keys as one of another version of the list; null when there is none.</summary>
    public static PlainValue? WithSameKeys(PlainList list, PlainValue item, ImmutableArray<string> keys)
    {
        if (item is not PlainMap wanted)
        {
            return null;
        }
        foreach (PlainValue candidate in list.Items)
        {
            if (candidate is PlainMap map && HasSameKeys(map, wanted, keys))
            {
                return candidate;
            }
        }
        return null;
    }

    private static bool HasSameKeys(PlainMap left, PlainMap right, ImmutableArray<string> keys)
    {
        foreach (string key in keys)
        {
            PlainValue? a = left.Find(key);
            PlainValue? b = right.Find(key);
            if ((a is null) != (b is null) || (a is not null && !Same(a, b)))
            {
                return false;
            }
        }
        return true;
    }
}
