using System.Text;

namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>
/// Widths of text in a sans-serif font, near enough to size boxes without one: the common widths of Helvetica and its kin, in
/// thousandths of the font's size.
/// </summary>
internal static class TextWidth
{
    private const int Wide = 1000;
    private const int Usual = 600;

    /// <summary>Room for the wider fonts among those that a viewer may take.</summary>
    private const double Reserve = 1.12;

    /// <summary>Semibold letters are so much wider.</summary>
    private const double BoldFactor = 1.12;

    /// <summary>From U+0020 to U+007E.</summary>
    private static ReadOnlySpan<ushort> Ascii =>
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <param name="size">Font size in pixels.</param>
    public static double Of(string text, double size, bool isBold = false)
    {
        int sum = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            sum += Of(rune);
        }
        return sum * size / 1000 * Factor(isBold);
    }

    /// <summary>The text as far as it fits, with an ellipsis where it is cut.</summary>
    public static string Cut(string text, double size, bool isBold, double width)
    {
        if (Of(text, size, isBold) <= width)
        {
            return text;
        }
        double left = width - Of("…", size, isBold);
        int end = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            left -= Of(rune) * size / 1000 * Factor(isBold);
            if (left < 0)
            {
                break;
            }
            end += rune.Utf16SequenceLength;
        }
        return text[..end].TrimEnd() + "…";
    }

    private static double Factor(bool isBold) => isBold ? Reserve * BoldFactor : Reserve;

    private static int Of(Rune rune) => rune.Value switch
    {
        >= 0x20 and <= 0x7E => Ascii[rune.Value - 0x20],
        0x2026 => Wide,
        0x2192 => Wide,
        >= 0x1100 => Wide,
        _ => Usual,
    };
}
