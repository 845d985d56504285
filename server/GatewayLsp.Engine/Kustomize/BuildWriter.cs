using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>Writes a built object as YAML, and notes which of its characters come from where.</summary>
internal sealed class BuildWriter
{
    private readonly StringBuilder _text = new();
    private readonly List<BuiltPart> _leaves = [];
    private readonly List<BuiltPart> _blocks = [];

    private BuildWriter()
    {
    }

    /// <param name="head">Lines in front of the object; empty, or ended by a line break.</param>
    public static (string Text, BuiltPlaces Places) Write(BuildMapping root, string head)
    {
        var writer = new BuildWriter();
        writer._text.Append(head).Append("---\n");
        writer.Block(root, 0);
        return (writer._text.ToString(), new BuiltPlaces([.. writer._leaves], [.. writer._blocks]));
    }

    private void Block(BuildNode node, int indent)
    {
        int start = _text.Length;
        if (node is BuildMapping mapping)
        {
            bool isFirst = true;
            foreach (BuildEntry entry in mapping.Entries)
            {
                Indent(isFirst ? 0 : indent);
                isFirst = false;
                int key = _text.Length;
                Scalar(entry.Key, isPlain: false, null);
                Leaf(key, entry.KeyOrigin);
                _text.Append(':');
                Value(entry.Value, indent, indent + 2);
            }
        }
        else if (node is BuildSequence sequence)
        {
            bool isFirst = true;
            foreach (BuildNode item in sequence.Items)
            {
                Indent(isFirst ? 0 : indent);
                isFirst = false;
                _text.Append('-');
                if (item is BuildMapping { Entries.Count: > 0 } or BuildSequence { Items.Count: > 0 })
                {
                    _text.Append(' ');
                    Block(item, indent + 2);
                }
                else
                {
                    Value(item, indent, indent);
                }
            }
        }
        if (node.Origin is { } origin)
        {
            _blocks.Add(new BuiltPart(TextSpan.FromBounds(start, _text.Length - 1), origin));
        }
    }

    /// <summary>What stands behind a colon or dash, with the line break behind it.</summary>
    /// <param name="listIndent">Lists stand below the letters of their key.</param>
    private void Value(BuildNode value, int listIndent, int mappingIndent)
    {
        switch (value)
        {
            case BuildMapping { Entries.Count: > 0 }:
                _text.Append('\n');
                Indent(mappingIndent);
                Block(value, mappingIndent);
                return;
            case BuildSequence { Items.Count: > 0 }:
                _text.Append('\n');
                Indent(listIndent);
                Block(value, listIndent);
                return;
        }
        _text.Append(' ');
        int start = _text.Length;
        switch (value)
        {
            case BuildMapping:
                _text.Append("{}");
                break;
            case BuildSequence:
                _text.Append("[]");
                break;
            case BuildScalar { IsOpaque: true } scalar:
                Quoted(scalar.Value);
                break;
            case BuildScalar scalar:
                Scalar(scalar.Value, scalar.IsPlain, scalar.Tag);
                break;
        }
        Leaf(start, value.Origin);
        _text.Append('\n');
    }

    private void Leaf(int start, BuildOrigin? origin)
    {
        if (origin is not null)
        {
            _leaves.Add(new BuiltPart(TextSpan.FromBounds(start, _text.Length), origin));
        }
    }

    private void Indent(int width) => _text.Append(' ', width);

    private void Scalar(string value, bool isPlain, string? tag)
    {
        if (tag is not null)
        {
            _text.Append(tag).Append(' ');
        }
        if (isPlain && value.Length == 0)
        {
            _text.Append("null");
        }
        else if (IsSimple(value) && (isPlain || ScalarResolver.KindOf(value) == ScalarKind.String))
        {
            _text.Append(value);
        }
        else
        {
            Quoted(value);
        }
    }

    /// <summary>True when a text means itself without quotes, wherever it stands in block style.</summary>
    private static bool IsSimple(string value)
    {
        if (value.Length == 0 || value is "-" or "?" or "=" or "<<" or "---" or "..." || value[^1] is ':' or ' ')
        {
            return false;
        }
        if (!char.IsAsciiLetterOrDigit(value[0]) && value[0] is not ('_' or '/' or '.' or '$' or '+' or '(' or '^' or '=' or ';' or '~') && !(value[0] == '-' && value[1] != ' '))
        {
            return false;
        }
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c is < ' ' or > '~' || (c == ':' && i + 1 < value.Length && value[i + 1] == ' ') || (c == '#' && value[i - 1] == ' '))
            {
                return false;
            }
        }
        return true;
    }

    private void Quoted(string value)
    {
        _text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"':
                    _text.Append("\\\"");
                    break;
                case '\\':
                    _text.Append("\\\\");
                    break;
                case '\n':
                    _text.Append("\\n");
                    break;
                case '\t':
                    _text.Append("\\t");
                    break;
                case < ' ' or '\x7f' or '\x85' or '\xa0' or '\u2028' or '\u2029' or '\ufeff':
                    _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    _text.Append(c);
                    break;
            }
        }
        _text.Append('"');
    }
}
