using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Diffing;

/// <summary>A line of YAML and the field that it is of.</summary>
public readonly record struct YamlLine(string Text, string Field);

/// <summary>Writes JSON trees as block YAML, keys in their order.</summary>
public static class YamlLines
{
    public static string Text(JsonNode? tree)
    {
        var text = new StringBuilder();
        foreach (YamlLine line in Of(tree))
        {
            text.Append(line.Text).Append('\n');
        }
        return text.ToString();
    }

    public static List<YamlLine> Of(JsonNode? tree)
    {
        var lines = new List<YamlLine>();
        switch (tree)
        {
            case null:
                break;
            case JsonObject { Count: > 0 } map:
                Map(map, "", "", "", lines);
                break;
            case JsonArray { Count: > 0 } list:
                List(list, "", "", lines);
                break;
            default:
                lines.Add(new YamlLine(Scalar(tree), ""));
                break;
        }
        return lines;
    }

    /// <param name="first">Stands in place of the indentation of the first line: the dash of a list's item.</param>
    private static void Map(JsonObject map, string indent, string first, string path, List<YamlLine> lines)
    {
        bool isFirst = true;
        foreach ((string name, JsonNode? value) in map)
        {
            string field = FieldPath.Child(path, name);
            Entry(isFirst ? first : indent, indent, Key(name) + ":", value, field, lines);
            isFirst = false;
        }
    }

    private static void Entry(string lead, string indent, string key, JsonNode? value, string field, List<YamlLine> lines)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                lines.Add(new YamlLine(lead + key, field));
                Map(map, indent + "  ", indent + "  ", field, lines);
                break;
            case JsonArray { Count: > 0 } list:
                lines.Add(new YamlLine(lead + key, field));
                List(list, indent, field, lines);
                break;
            case System.Text.Json.Nodes.JsonValue when value.Text() is { } text && IsBlock(text):
                lines.Add(new YamlLine($"{lead}{key} |{(text.EndsWith('\n') ? "" : "-")}", field));
                foreach (string line in (text.EndsWith('\n') ? text[..^1] : text).Split('\n'))
                {
                    lines.Add(new YamlLine(line.Length == 0 ? "" : indent + "  " + line, field));
                }
                break;
            default:
                lines.Add(new YamlLine($"{lead}{key} {Scalar(value)}", field));
                break;
        }
    }

    private static void List(JsonArray list, string indent, string path, List<YamlLine> lines)
    {
        for (int i = 0; i < list.Count; i++)
        {
            string field = FieldPath.Item(path, i);
            switch (list[i])
            {
                case JsonObject { Count: > 0 } map:
                    Map(map, indent + "  ", indent + "- ", field, lines);
                    break;
                case JsonArray { Count: > 0 } inner:
                    lines.Add(new YamlLine(indent + "-", field));
                    List(inner, indent + "  ", field, lines);
                    break;
                case var other:
                    lines.Add(new YamlLine($"{indent}- {Scalar(other)}", field));
                    break;
            }
        }
    }

    /// <summary>Text of several lines that a literal block can hold as it is.</summary>
    private static bool IsBlock(string text)
    {
        int at = text.IndexOf('\n', StringComparison.Ordinal);
        if (at < 0 || text[0] is ' ' or '\n' or '\t' || text.EndsWith("\n\n", StringComparison.Ordinal))
        {
            return false;
        }
        foreach (char c in text)
        {
            if (c != '\n' && c != '\t' && (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF'))
            {
                return false;
            }
        }
        return true;
    }

    private static string Key(string name) => IsPlain(name) ? name : Quoted(name);

    private static string Scalar(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ => value.Text() is { } text ? IsPlain(text) ? text : Quoted(text) : value.ToJsonString(),
    };

    /// <summary>True when the text, unquoted, is this string in every dialect of YAML and nothing else.</summary>
    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || ScalarResolver.KindOf(text) != ScalarKind.String || text[0] is ' ' or '-' or '?' or ':' or '=' || text[^1] is ' ' or ':'
            || "&*!|>'\"%@`{}[],#~<.".Contains(text[0], StringComparison.Ordinal))
        {
            // A name such as `-x` or `.well-known` may be plain; quoted it surely is right.
            return false;
        }
        bool isNumeric = text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\u0085'
                || (c == '#' && text[i - 1] == ' ') || (c == ':' && text[i + 1] == ' '))
            {
                return false;
            }
            isNumeric &= char.IsAsciiDigit(c) || c is ':' or '.' or '_' or '-' or 'e' or 'E' or '+' or 'T' or 'Z';
        }
        return !isNumeric;
    }

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";
}
