using GatewayLsp.Engine.Text;

namespace GatewayLsp.Testing;

/// <summary>A fixture with a cursor: <c>$0</c> marks it and is taken out of the text.</summary>
public sealed record MarkedText(string Text, int Offset)
{
    public LinePosition Position => new LineIndex(Text).PositionOf(Offset);

    public static MarkedText Parse(string fixture)
    {
        int at = fixture.IndexOf("$0", StringComparison.Ordinal);
        if (at < 0 || fixture.IndexOf("$0", at + 2, StringComparison.Ordinal) >= 0)
        {
            throw new ArgumentException("A fixture has exactly one $0.", nameof(fixture));
        }
        return new MarkedText(fixture.Remove(at, 2), at);
    }
}
