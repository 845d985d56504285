using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>Values as YAML text, for insertion.</summary>
internal static class YamlText
{
    /// <summary>A string so that it stays one: plain where that is safe, else in double quotes.</summary>
    public static string Of(string text) => IsSafePlain(text) ? text : Quoted(text);

    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append(c);
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                case < ' ':
                    quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
                    break;
                default:
                    quoted.Append(c);
                    break;
            }
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>A string in the style of the scalar that it replaces.</summary>
    public static string Like(YamlScalar scalar, string text) => scalar.Style switch
    {
        ScalarStyle.DoubleQuoted => Quoted(text),
        ScalarStyle.SingleQuoted => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'",
        _ => Of(text),
    };

    /// <summary>A value on one line; <paramref name="asJson"/> quotes every string and key.</summary>
    public static string Flow(JsonValue value, bool asJson = false)
    {
        switch (value.Kind)
        {
            case JsonKind.String:
                return asJson ? Quoted(value.Text) : Of(value.Text);
            case JsonKind.Array:
                return "[" + string.Join(", ", value.Items.Select(item => Flow(item, asJson))) + "]";
            case JsonKind.Object:
                return "{" + string.Join(", ", value.Members.Select(m => $"{(asJson ? Quoted(m.Key) : Of(m.Key))}: {Flow(m.Value, asJson)}")) + "}";
            default:
                return value.Text;
        }
    }

    /// <summary>What stands behind <c>key:</c> in block style: a blank and a scalar, or lines that begin at the given column.</summary>
    public static string Behind(JsonValue value, int column, string newLine)
    {
        bool isBlock = (value.Kind == JsonKind.Object && value.Members.Length > 0) || (value.Kind == JsonKind.Array && value.Items.Length > 0);
        return isBlock ? newLine + new string(' ', column) + Block(value, column, newLine) : " " + Flow(value);
    }

    /// <summary>A value in block style whose first line stands at the given column already.</summary>
    public static string Block(JsonValue value, int column, string newLine)
    {
        string next = newLine + new string(' ', column);
        switch (value.Kind)
        {
            case JsonKind.Object when value.Members.Length > 0:
                return string.Join(next, value.Members.Select(m =>
                    Of(m.Key) + ":" + Behind(m.Value, m.Value.Kind == JsonKind.Array ? column : column + 2, newLine)));
            case JsonKind.Array when value.Items.Length > 0:
                return string.Join(next, value.Items.Select(item => "- " + Block(item, column + 2, newLine)));
            default:
                return Flow(value);
        }
    }

    private static bool IsSafePlain(string text)
    {
        if (text.Length == 0 || ScalarResolver.KindOf(text) != ScalarKind.String || !(char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '.' or '_' or '$' or '('))
        {
            return false;
        }
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('/' or '.' or '_' or '-' or '$' or '(' or ')' or '+' or '=' or '~' or '@'))
            {
                return text.All(d => char.IsAsciiLetterOrDigit(d) || d is '/' or '.' or '_' or '-' or ':' or '@') && !text.EndsWith(':') && !text.Contains(": ");
            }
        }
        return true;
    }
}
