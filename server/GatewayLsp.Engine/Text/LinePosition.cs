namespace GatewayLsp.Engine.Text;

/// <summary>A 0-based line and a 0-based UTF-16 column, as in LSP.</summary>
public readonly record struct LinePosition(int Line, int Character) : IComparable<LinePosition>
{
    public int CompareTo(LinePosition other) =>
        Line != other.Line ? Line.CompareTo(other.Line) : Character.CompareTo(other.Character);

    public static bool operator <(LinePosition a, LinePosition b) => a.CompareTo(b) < 0;
    public static bool operator >(LinePosition a, LinePosition b) => a.CompareTo(b) > 0;
    public static bool operator <=(LinePosition a, LinePosition b) => a.CompareTo(b) <= 0;
    public static bool operator >=(LinePosition a, LinePosition b) => a.CompareTo(b) >= 0;
}

/// <summary>From <c>Start</c> inclusive to <c>End</c> exclusive.</summary>
public readonly record struct LineRange(LinePosition Start, LinePosition End)
{
    public static LineRange At(LinePosition position) => new(position, position);
    public bool Contains(LinePosition p) => Start <= p && p <= End;
    public bool Overlaps(LineRange other) => Start <= other.End && other.Start <= End;
}
