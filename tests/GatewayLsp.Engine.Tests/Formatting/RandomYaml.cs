using System.Text;

namespace GatewayLsp.Engine.Tests.Formatting;

/// <summary>Valid YAML as untidy people write it: any indentation, odd blanks, comments everywhere, every style of scalar and list.</summary>
internal sealed class RandomYaml(int seed)
{
    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private int _anchors;

    public static string Of(int seed)
    {
        var writer = new RandomYaml(seed);
        if (writer.Chance(4))
        {
            writer._text.Append("---").Append(writer.Tail());
        }
        writer.Mapping(writer._random.Next(2) * 2, 4);
        return writer._text.ToString();
    }

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Blanks(int least, int most) => new(' ', _random.Next(least, most + 1));

    private string Word() => ((string[])["name", "port", "x", "/cart*", "a b", "80", "true", "*.example.com".TrimStart('*', '.'), "é😀", "a:b", "a#b"])[_random.Next(11)];

    private string Tail() => (Chance(5) ? Blanks(1, 3) + "# " + Word() : "") + (Chance(8) ? Blanks(1, 3) : "") + "\n";

    private void Between(int column)
    {
        while (Chance(5))
        {
            _text.Append(Chance(2) ? Blanks(0, 4) + "\n" : new string(' ', Chance(3) ? _random.Next(column + 1) : column) + "#" + Word() + "\n");
        }
    }

    private void Mapping(int column, int depth, bool started = false)
    {
        int count = _random.Next(1, 5);
        for (int i = 0; i < count; i++)
        {
            if (!started || i > 0)
            {
                Between(column);
                _text.Append(' ', column);
            }
            _text.Append(Chance(8) ? $"\"k{i}\"" : $"k{i}").Append(Chance(8) ? " :" : ":");
            Value(column, depth, isEntry: true);
        }
    }

    private void List(int column, int depth, bool started = false)
    {
        int count = _random.Next(1, 4);
        for (int i = 0; i < count; i++)
        {
            if (!started || i > 0)
            {
                Between(column);
                _text.Append(' ', column);
            }
            _text.Append('-');
            Value(column, depth, isEntry: false);
        }
    }

    private void Value(int column, int depth, bool isEntry)
    {
        int kind = _random.Next(depth > 0 ? 12 : 8);
        string anchor = Chance(12) ? $"{Blanks(1, 3)}&a{_anchors++}" : "";
        int inner = column + _random.Next(1, 7);
        switch (kind)
        {
            case 0:
                _text.Append(anchor).Append(Tail());
                break;
            case 1:
                _text.Append(Blanks(1, 4)).Append(Flow(3)).Append(Tail());
                break;
            case 2:
                Block(anchor, inner);
                break;
            case 3:
                _text.Append(anchor).Append(Blanks(1, 2)).Append(Chance(2) ? "'" : "\"").Append("one\n").Append(Chance(3) ? "\n" : "").Append(' ', inner).Append("two");
                _text.Append(_text.ToString().LastIndexOf('\'') > _text.ToString().LastIndexOf('"') ? '\'' : '"').Append(Tail());
                break;
            case 4:
                _text.Append(anchor).Append(" one").Append(Chance(3) ? "  \n" : "\n").Append(' ', inner).Append("two").Append(Tail());
                break;
            case 8 or 9:
                _text.Append(anchor);
                if (!isEntry && anchor.Length == 0 && Chance(2))
                {
                    string gap = Blanks(1, 4);
                    _text.Append(gap);
                    Mapping(column + 1 + gap.Length, depth - 1, started: true);
                    break;
                }
                _text.Append(Tail());
                Mapping(inner, depth - 1);
                break;
            case 10 or 11:
                _text.Append(anchor);
                if (!isEntry && anchor.Length == 0 && Chance(2))
                {
                    string gap = Blanks(1, 3);
                    _text.Append(gap);
                    List(column + 1 + gap.Length, depth - 1, started: true);
                    break;
                }
                _text.Append(Tail());
                List(isEntry && Chance(2) ? column : inner, depth - 1);
                break;
            default:
                _text.Append(anchor).Append(Blanks(1, 4)).Append(_anchors > 0 && anchor.Length == 0 && Chance(6) ? $"*a{_random.Next(_anchors)}" : Scalar()).Append(Tail());
                break;
        }
    }

    private void Block(string anchor, int inner)
    {
        _text.Append(anchor).Append(Blanks(1, 2)).Append(Chance(2) ? '|' : '>').Append(((string[])["", "-", "+"])[_random.Next(3)]).Append(Tail());
        int lines = _random.Next(1, 5);
        for (int i = 0; i < lines; i++)
        {
            _text.Append(i > 0 && Chance(4) ? Blanks(0, inner + 3) : new string(' ', inner) + (i > 0 ? Blanks(0, 3) : "") + Word() + Blanks(0, Chance(4) ? 2 : 0)).Append('\n');
        }
    }

    private string Scalar() => _random.Next(3) switch { 0 => "'" + Word() + "'", 1 => "\"" + Word() + "\"", _ => Word() };

    private string Flow(int depth)
    {
        bool map = Chance(2);
        var text = new StringBuilder().Append(map ? '{' : '[').Append(Blanks(0, 2));
        int count = _random.Next(0, 4);
        for (int i = 0; i < count; i++)
        {
            text.Append(i > 0 ? Blanks(0, 1) + "," + Blanks(0, 2) : "").Append(map ? $"k{i}:{Blanks(1, 2)}" : "");
            text.Append(depth > 0 && Chance(3) ? Flow(depth - 1) : "'" + Word() + "'");
        }
        return text.Append(Blanks(0, 2)).Append(map ? '}' : ']').ToString();
    }
}
