using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Cel.Patterns;

/// <summary>A set of code points, as ranges and Unicode categories, that writes itself for a matcher of UTF-16 code units.</summary>
internal sealed class CharacterSet
{
    private const int MaxCode = 0x10FFFF;
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;

    private readonly List<(int First, int Last)> _ranges = [];

    /// <summary>Parts that .NET names itself: <c>\p{Lu}</c>. They cover no code points beyond the first plane there.</summary>
    private readonly StringBuilder _categories = new();

    public void Add(int first, int last) => _ranges.Add((first, last));

    public void Add(ReadOnlySpan<(int First, int Last)> ranges, bool isNegated)
    {
        if (!isNegated)
        {
            _ranges.AddRange(ranges);
            return;
        }
        int next = 0;
        foreach ((int first, int last) in ranges)
        {
            if (first > next)
            {
                _ranges.Add((next, first - 1));
            }
            next = last + 1;
        }
        _ranges.Add((next, MaxCode));
    }

    public void AddCategory(string name, bool isNegated) => _categories.Append(isNegated ? "\\P{" : "\\p{").Append(name).Append('}');

    public void Write(StringBuilder to, bool isNegated)
    {
        List<(int First, int Last)> ranges = Normal();
        if (isNegated && _categories.Length == 0)
        {
            var inverse = new CharacterSet();
            inverse.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ranges), isNegated: true);
            ranges = inverse.Normal();
            isNegated = false;
        }
        var low = new StringBuilder();
        var pairs = new List<string>();
        foreach ((int first, int last) in ranges)
        {
            AddUnits(low, first, Math.Min(last, FirstSurrogate - 1));
            AddUnits(low, Math.Max(first, LastSurrogate + 1), Math.Min(last, 0xFFFF));
            if (last > 0xFFFF)
            {
                AddPairs(pairs, Math.Max(first, 0x10000), last);
            }
        }
        low.Append(_categories);
        if (isNegated)
        {
            // With a category only: all pairs are outside of it, as far as we can tell.
            to.Append("(?:[^").Append(low).Append("\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])");
            return;
        }
        if (low.Length == 0 && pairs.Count == 0)
        {
            to.Append("[^\\s\\S]");
            return;
        }
        if (pairs.Count == 0)
        {
            to.Append('[').Append(low).Append(']');
            return;
        }
        to.Append("(?:");
        if (low.Length > 0)
        {
            to.Append('[').Append(low).Append("]|");
        }
        to.AppendJoin('|', pairs).Append(')');
    }

    private List<(int First, int Last)> Normal()
    {
        _ranges.Sort();
        var merged = new List<(int First, int Last)>(_ranges.Count);
        foreach ((int first, int last) in _ranges)
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(last, merged[^1].Last));
            }
            else if (first <= last)
            {
                merged.Add((first, last));
            }
        }
        return merged;
    }

    private static void AddUnits(StringBuilder to, int first, int last)
    {
        if (first <= last)
        {
            to.Append(CultureInfo.InvariantCulture, $"\\u{first:x4}");
            if (last > first)
            {
                to.Append(CultureInfo.InvariantCulture, $"-\\u{last:x4}");
            }
        }
    }

    /// <summary>A range beyond the first plane as surrogate pairs: its ends by their own first unit, what lies between at once.</summary>
    private static void AddPairs(List<string> pairs, int first, int last)
    {
        (int High, int Low) from = Split(first);
        (int High, int Low) to = Split(last);
        if (from.High == to.High)
        {
            pairs.Add(Pair(from.High, from.High, from.Low, to.Low));
            return;
        }
        if (from.Low > 0xDC00)
        {
            pairs.Add(Pair(from.High, from.High, from.Low, LastSurrogate));
            from = (from.High + 1, 0xDC00);
        }
        if (to.Low < LastSurrogate)
        {
            pairs.Add(Pair(to.High, to.High, 0xDC00, to.Low));
            to = (to.High - 1, LastSurrogate);
        }
        if (from.High <= to.High)
        {
            pairs.Add(Pair(from.High, to.High, 0xDC00, LastSurrogate));
        }
    }

    private static (int High, int Low) Split(int code) => (0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF));

    private static string Pair(int high, int lastHigh, int low, int lastLow) =>
        string.Create(CultureInfo.InvariantCulture, $"[\\u{high:x4}-\\u{lastHigh:x4}][\\u{low:x4}-\\u{lastLow:x4}]");
}
