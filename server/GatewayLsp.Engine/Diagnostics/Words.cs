using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>How messages call things.</summary>
internal static class Words
{
    private const int MaxShown = 60;

    /// <summary>A text of the manifest in backticks, shortened, on one line.</summary>
    public static string Shown(string text)
    {
        ReadOnlySpan<char> shown = text.Length > MaxShown ? text.AsSpan(0, MaxShown - 1) : text;
        var quoted = new StringBuilder("`");
        foreach (char c in shown)
        {
            quoted.Append(char.IsControl(c) ? ' ' : c == '`' ? '\'' : c);
        }
        return quoted.Append(text.Length > MaxShown ? "…`" : "`").ToString();
    }

    /// <summary>The field of a schema issue. The API server's paths have dots only, also around keys that have dots themselves.</summary>
    public static string Subject(SchemaIssue issue) =>
        (issue.Through ?? issue.Node).Owner is YamlEntry { Name: { Length: > 0 } key } && issue.Field.EndsWith("." + key, StringComparison.Ordinal) ? Shown(key) : Subject(issue.Field);

    /// <summary>The field that a path ends in: <c>`port`</c>, or <c>item 2 of `hostnames`</c> (counted from 1).</summary>
    public static string Subject(string field)
    {
        if (!field.EndsWith(']') || field.LastIndexOf('[') is not (> 0 and var open)
            || !int.TryParse(field.AsSpan(open + 1, field.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return Shown(Last(field));
        }
        return string.Create(CultureInfo.InvariantCulture, $"item {index + 1} of {Shown(Last(field[..open]))}");
    }

    /// <summary>A kind with its article, as it sounds: <c>an HTTPRoute</c>, <c>a UDPRoute</c>, <c>an XMesh</c>.</summary>
    public static string WithArticle(string kind)
    {
        bool isSpelt = kind.Length > 1 && char.IsAsciiLetterUpper(kind[0]) && char.IsAsciiLetterUpper(kind[1]);
        string vowels = isSpelt ? "AEFHILMNORSX" : "AEIOaeio";
        return (kind.Length > 0 && vowels.Contains(kind[0]) ? "an " : "a ") + kind;
    }

    public static string Capital(string text) => text.Length > 0 && char.IsAsciiLetterLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>Where a field stands, for the end of a sentence: <c> in `spec.rules[0]`</c>; nothing at the top of an object.</summary>
    public static string In(string field)
    {
        int end = field.EndsWith(']') ? field.LastIndexOf('[') : field.LastIndexOf('.');
        return end <= 0 ? "" : $" in {Shown(field[..end])}";
    }

    /// <summary>The types that a schema takes: <c>an integer</c>, <c>an integer or a string</c>.</summary>
    public static string Types(SchemaNode schema)
    {
        if (schema.IntOrString)
        {
            return "an integer or a string";
        }
        var names = new List<string>();
        foreach ((SchemaTypes type, string name) in TypeNames)
        {
            if ((schema.Types & type) != 0)
            {
                names.Add(name);
            }
        }
        return List(names, "or");
    }

    /// <summary>What a node is: <c>a list</c>, <c>the string `80`</c>.</summary>
    public static string Value(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping:
                return "an object";
            case YamlSequence:
                return "a list";
            case YamlScalar scalar:
                ScalarKind kind = ScalarResolver.KindOf(scalar);
                return kind switch
                {
                    ScalarKind.Null => "null",
                    ScalarKind.Boolean => $"the boolean {Shown(scalar.Value)}",
                    ScalarKind.Integer or ScalarKind.Float => $"the number {Shown(scalar.Value)}",
                    _ => $"the string {Shown(scalar.Value)}",
                };
            default:
                return "this";
        }
    }

    /// <summary><c>`A`, `B` or `C`</c>, cut after ten.</summary>
    public static string Values(ImmutableArray<JsonValue> values)
    {
        var shown = new List<string>();
        foreach (JsonValue value in values)
        {
            if (shown.Count == 10)
            {
                shown.Add(string.Create(CultureInfo.InvariantCulture, $"{values.Length - 10} others"));
                break;
            }
            shown.Add(value is { Kind: JsonKind.String, Text: "" } ? "\"\"" : Shown(value.Text));
        }
        return List(shown, "or");
    }

    public static string List(List<string> parts, string word) => parts.Count switch
    {
        0 => "",
        1 => parts[0],
        _ => string.Join(", ", parts.Take(parts.Count - 1)) + " " + word + " " + parts[^1],
    };

    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    public static string Number(decimal number) => number.ToString("G29", CultureInfo.InvariantCulture);

    private static readonly ImmutableArray<(SchemaTypes Type, string Name)> TypeNames =
    [
        (SchemaTypes.Object, "an object"),
        (SchemaTypes.Array, "a list"),
        (SchemaTypes.String, "a string"),
        (SchemaTypes.Integer, "an integer"),
        (SchemaTypes.Number, "a number"),
        (SchemaTypes.Boolean, "`true` or `false`"),
    ];

    private static string Last(string field)
    {
        if (field.EndsWith(']'))
        {
            int open = field.LastIndexOf('[');
            return open >= 0 && !char.IsAsciiDigit(field[open + 1]) ? field[(open + 1)..^1] : field[(field.LastIndexOf('.') + 1)..];
        }
        return field[(field.LastIndexOf('.') + 1)..];
    }
}
