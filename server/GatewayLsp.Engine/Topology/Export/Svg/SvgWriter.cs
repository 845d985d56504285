using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>Writes elements of SVG. Text is made safe; numbers have one decimal.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new(16 * 1024);

    public SvgWriter Raw(string text)
    {
        _text.Append(text);
        return this;
    }

    public SvgWriter Number(double number)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{Math.Round(number, 1)}");
        return this;
    }

    public SvgWriter Rectangle(double x, double y, double width, double height, double radius, string classes) =>
        Raw("<rect x=\"").Number(x).Raw("\" y=\"").Number(y).Raw("\" width=\"").Number(width).Raw("\" height=\"").Number(height)
            .Raw("\" rx=\"").Number(radius).Raw("\" class=\"").Raw(classes).Raw("\"/>");

    public SvgWriter Text(double x, double y, string classes, string text, string? anchor = null)
    {
        Raw("<text x=\"").Number(x).Raw("\" y=\"").Number(y).Raw("\" class=\"").Raw(classes);
        return Raw(anchor is null ? "\">" : $"\" text-anchor=\"{anchor}\">").Escaped(text).Raw("</text>");
    }

    public SvgWriter Circle(double x, double y, double radius, string classes) =>
        Raw("<circle cx=\"").Number(x).Raw("\" cy=\"").Number(y).Raw("\" r=\"").Number(radius).Raw("\" class=\"").Raw(classes).Raw("\"/>");

    /// <summary>Without what XML has no form for.</summary>
    public SvgWriter Escaped(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<':
                    _text.Append("&lt;");
                    break;
                case '>':
                    _text.Append("&gt;");
                    break;
                case '&':
                    _text.Append("&amp;");
                    break;
                case '"':
                    _text.Append("&quot;");
                    break;
                case '\n':
                    _text.Append('\n');
                    break;
                case < ' ' or 0x7F or 0xFFFE or 0xFFFF:
                    _text.Append('\uFFFD');
                    break;
                default:
                    _text.Append(rune.ToString());
                    break;
            }
        }
        return this;
    }

    public override string ToString() => _text.ToString();
}
