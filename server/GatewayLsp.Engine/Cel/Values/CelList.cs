namespace GatewayLsp.Engine.Cel.Values;

/// <summary>A list. An element may be an error or unknown; then whatever needs it is.</summary>
public abstract class CelList : CelValue
{
    private protected CelList()
        : base(CelKind.List)
    {
    }

    public abstract int Count { get; }

    public abstract CelValue this[int index] { get; }

    /// <summary>A list written in an expression or made by a function.</summary>
    internal static CelList Of(CelValue[] items) => items.Length == 0 ? CelArrayList.Empty : new CelArrayList(items);

    internal static CelList OfTexts(IReadOnlyList<string> texts)
    {
        var items = new CelValue[texts.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = new CelString(texts[i]);
        }
        return Of(items);
    }

    internal CelValue[] ToArray()
    {
        var items = new CelValue[Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = this[i];
        }
        return items;
    }
}

internal sealed class CelArrayList(CelValue[] items) : CelList
{
    public static readonly CelArrayList Empty = new([]);

    public override int Count => items.Length;

    public override CelValue this[int index] => items[index];
}
