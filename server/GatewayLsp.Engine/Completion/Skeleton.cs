using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Completion;

/// <summary>
/// Writes what belongs below a key as a snippet: the schema's own where it has one, else the required fields. Each text
/// stands at column 0; the caller indents it.
/// </summary>
/// <param name="asJson">Texts and keys in double quotes, for inside of braces that have them so.</param>
internal sealed class Skeleton(DocumentStyle style, bool asJson = false)
{
    private const int MaxDepth = 6;

    /// <summary>More choices are better picked from a list that explains them.</summary>
    private const int MaxChoices = 16;

    private int _stops;

    /// <summary><c>key:</c> with everything that belongs to it.</summary>
    public string Entry(string name, SchemaNode schema)
    {
        string key = ScalarText.Of(name) + ":";
        return IsList(schema) ? key + "\n" + DocumentStyle.Indent(List(schema, 0), style.ListStep)
            : IsMapping(schema) ? key + "\n" + DocumentStyle.Indent(Mapping(schema, 0) ?? SnippetText.Stop(0), style.Step)
            : key + " " + Guess(schema);
    }

    /// <summary><c>key: value</c> on one line, for inside of braces; lists and mappings are empty ones to fill in.</summary>
    public string FlowEntry(string name, SchemaNode schema) =>
        ScalarText.Of(name, asJson) + ": " + (IsList(schema) ? "[" + SnippetText.Stop(++_stops) + "]"
            : IsMapping(schema) ? "{" + SnippetText.Stop(++_stops) + "}" : Scalar(schema, name));

    /// <summary><c>"key": value</c>, a value of which nothing is known as empty quotes to type in.</summary>
    public string JsonEntry(string name, SchemaNode schema)
    {
        if (IsList(schema) || IsMapping(schema))
        {
            return FlowEntry(name, schema);
        }
        string guess = Guess(schema);
        return ScalarText.Of(name, asJson) + ": " + (guess.Length > 0 ? guess : schema.Types == SchemaTypes.String ? "\"" + SnippetText.Stop(++_stops) + "\"" : "");
    }

    /// <summary>A new item with its dash.</summary>
    public string Item(SchemaNode list) => List(list, 0);

    /// <summary>The body of a mapping; null when nothing can be said about it.</summary>
    public string? Body(SchemaNode schema) => Mapping(schema, 0);

    /// <summary>A placeholder or choice for a value of which something is known, else nothing.</summary>
    public string Guess(SchemaNode schema)
    {
        if (Choices(schema) is { } choices)
        {
            return SnippetText.Choice(++_stops, choices);
        }
        return schema.Default is { Kind: not (JsonKind.Array or JsonKind.Object or JsonKind.Null) } value ? SnippetText.Placeholder(++_stops, ScalarText.Of(value, asJson)) : "";
    }

    public static bool IsList(SchemaNode schema) => schema.Items is not null || schema.Types == SchemaTypes.Array;

    public static bool IsMapping(SchemaNode schema) => !schema.Properties.IsEmpty || schema.AdditionalProperties is not null || schema.Types == SchemaTypes.Object;

    private string List(SchemaNode schema, int depth)
    {
        if (schema.Snippet is { } own)
        {
            return Own(own);
        }
        if (schema.Items is not { } items)
        {
            return "- " + SnippetText.Stop(++_stops);
        }
        string item = IsList(items) || !IsMapping(items) ? Scalar(items, "value") : Mapping(items, depth + 1) ?? SnippetText.Stop(++_stops);
        return "- " + item.Replace("\n", "\n  ", StringComparison.Ordinal);
    }

    private string? Mapping(SchemaNode schema, int depth)
    {
        if (schema.Snippet is { } own)
        {
            return Own(own);
        }
        if (depth >= MaxDepth)
        {
            return null;
        }
        var body = new StringBuilder();
        foreach (SchemaProperty property in schema.Properties)
        {
            if (!property.IsRequired)
            {
                continue;
            }
            if (body.Length > 0)
            {
                body.Append('\n');
            }
            body.Append(ScalarText.Of(property.Name)).Append(':');
            if (IsList(property.Schema))
            {
                body.Append('\n').Append(DocumentStyle.Indent(List(property.Schema, depth + 1), style.ListStep));
            }
            else if (!IsMapping(property.Schema))
            {
                body.Append(' ').Append(Scalar(property.Schema, property.Name));
            }
            else if (Mapping(property.Schema, depth + 1) is { } inner)
            {
                body.Append('\n').Append(DocumentStyle.Indent(inner, style.Step));
            }
            else
            {
                body.Append(" {").Append(SnippetText.Stop(++_stops)).Append('}');
            }
        }
        return body.Length == 0 ? null : body.ToString();
    }

    /// <summary>A value that must be there: what is known of it, else something that says what to put.</summary>
    private string Scalar(SchemaNode schema, string name)
    {
        string guess = Guess(schema);
        if (guess.Length > 0)
        {
            return guess;
        }
        string example = SnippetText.Placeholder(++_stops, Example(schema, name));
        return asJson && schema.Types == SchemaTypes.String && schema.Values.IsEmpty ? "\"" + example + "\"" : example;
    }

    private string Example(SchemaNode schema, string name)
    {
        if (!schema.Values.IsEmpty)
        {
            return ScalarText.Of(schema.Values[0].Value, asJson);
        }
        if (schema.Types is SchemaTypes.Integer or SchemaTypes.Number || schema.IntOrString)
        {
            decimal least = Math.Max(schema.Minimum ?? 1, 1);
            return name.Contains("port", StringComparison.OrdinalIgnoreCase) ? "8080" : least.ToString(CultureInfo.InvariantCulture);
        }
        return "my-" + (name.EndsWith("Name", StringComparison.Ordinal) ? name[..^4] : name).ToLowerInvariant();
    }

    private List<string>? Choices(SchemaNode schema)
    {
        if (schema.Types == SchemaTypes.Boolean)
        {
            return schema.Default is { IsTrue: false } ? ["false", "true"] : ["true", "false"];
        }
        if (schema.Enum.Length is < 2 or > MaxChoices)
        {
            return null;
        }
        var choices = new List<string>();
        foreach (JsonValue value in ValueOrder.Of(schema))
        {
            if (ScalarText.Of(value, asJson) is { Length: > 0 } text && value.Kind != JsonKind.Null)
            {
                choices.Add(text);
            }
        }
        return choices;
    }

    private string Own(string snippet) => style.Restyle(SnippetText.Raise(snippet.TrimEnd('\n'), ref _stops));
}
