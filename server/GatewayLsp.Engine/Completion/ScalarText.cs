using System.Text;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>Writes values as YAML scalars that are read back as what they are.</summary>
internal static class ScalarText
{
    public static string Of(JsonValue value) => value.Kind == JsonKind.String ? Of(value.Text) : value.ToString();

    /// <summary>The same; as JSON a string is always in double quotes.</summary>
    public static string Of(JsonValue value, bool asJson) => value.Kind == JsonKind.String ? Of(value.Text, asJson) : value.ToString();

    public static string Of(string value, bool asJson) => asJson ? "\"" + Escape(value, '"') + "\"" : Of(value);

    /// <summary>A string: plain where that is safe, else in double quotes.</summary>
    public static string Of(string value) => IsPlain(value) ? value : "\"" + Escape(value, '"') + "\"";

    /// <summary>The inside of a quoted scalar.</summary>
    public static string Escape(string value, char quote)
    {
        if (quote == '\'')
        {
            return value.Replace("'", "''", StringComparison.Ordinal);
        }
        if (value.AsSpan().IndexOfAny("\"\\\n\r\t") < 0)
        {
            return value;
        }
        var text = new StringBuilder(value.Length + 4);
        foreach (char c in value)
        {
            _ = c switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '"' or '\\' => text.Append('\\').Append(c),
                _ => text.Append(c),
            };
        }
        return text.ToString();
    }

    private static bool IsPlain(string value)
    {
        if (value.Length == 0 || char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) || value[^1] == ':'
            || value[0] is '-' or '?' or ':' or ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`')
        {
            return false;
        }
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]) || value[i] is '{' or '}' or '[' or ']' or ','
                || (value[i] == ':' && i + 1 < value.Length && value[i + 1] == ' ') || (value[i] == '#' && value[i - 1] == ' '))
            {
                return false;
            }
        }
        return ScalarResolver.KindOf(value) == ScalarKind.String;
    }
}
