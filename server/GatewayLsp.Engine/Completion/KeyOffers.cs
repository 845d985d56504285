using System.Globalization;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>Offers the fields of a mapping that are not there yet.</summary>
internal static class KeyOffers
{
    // Bands of the sort text; within one, the schema's order.
    private const char Chosen = '1';
    private const char Required = '2';
    private const char Usual = '3';
    private const char Unfit = '5';
    private const char Outdated = '6';

    public static void Add(List<CompletionItem> items, CompletionRequest request, SchemaNode schema)
    {
        var mapping = request.Place.Node as YamlMapping;
        for (int i = 0; i < schema.Properties.Length; i++)
        {
            SchemaProperty property = schema.Properties[i];
            if ((request.Scope.IsHead && property.Name == "status") || IsPresent(mapping, property.Name, request.Place.Entry) || (request.Place.HasContent && !ContentFit.Fits(property.Schema, request.Place.Entry!.Value)))
            {
                continue;
            }
            string text = Text(request, property, out bool snippet);
            char band = request.Scope.IsHead && IsHead(property.Name) ? Chosen : BandOf(schema, property, mapping);
            items.Add(Item(property, band, i, request.Shape(text), snippet) with { FilterText = request.FilterFor(property.Name) });
        }
    }

    /// <summary>The fields of a list's items, each as the first of a new item.</summary>
    /// <param name="rest">What stands below and would belong to the new item.</param>
    public static void AddWithDash(List<CompletionItem> items, CompletionRequest request, SchemaNode item, YamlMapping? rest, char band)
    {
        for (int i = 0; i < item.Properties.Length; i++)
        {
            SchemaProperty property = item.Properties[i];
            if ((rest is not null && IsPresent(rest, property.Name, request.Place.Entry))
                || (request.Place.HasContent && !ContentFit.Fits(property.Schema, request.Place.Entry!.Value)))
            {
                continue;
            }
            string text = request.Place.HasContent ? "- " + ScalarText.Of(property.Name) + ":"
                : "- " + new Skeleton(request.Style).Entry(property.Name, property.Schema).Replace("\n", "\n  ", StringComparison.Ordinal);
            char inner = BandOf(item, property, null);
            items.Add(Item(property, inner, i, request.Shape(text), text.Contains('$')) with
            {
                Label = "- " + property.Name, FilterText = request.Place.Line.HasDash ? null : property.Name, SortText = Sort(band, inner, i),
            });
        }
    }

    public static string Sort(char band, int index) => string.Create(CultureInfo.InvariantCulture, $"{band}{index:d4}");

    private static string Sort(char band, char inner, int index) => string.Create(CultureInfo.InvariantCulture, $"{band}{inner}{index:d4}");

    private static CompletionItem Item(SchemaProperty property, char band, int index, string text, bool snippet) => new()
    {
        Label = property.Name,
        Kind = CompletionKind.Field,
        NewText = text,
        IsSnippet = snippet,
        SortText = Sort(band, index),
        Detail = DetailOf(property),
        Documentation = () => FieldDocumentation.Of(property.Name, property),
        IsDeprecated = property.Schema.Deprecated is not null,
        AsksAgain = HasSuggestions(property) && EndsOpen(text),
    };

    /// <summary>True when there is something to choose from for the value, or for the first item.</summary>
    private static bool HasSuggestions(SchemaProperty property)
    {
        SchemaNode value = property.Schema.Items ?? property.Schema;
        return property.Name is "apiVersion" or "kind" || value.CompletionSource != CompletionSource.None || ValueOrder.Of(value).Count > 0;
    }

    /// <summary>True when the cursor comes to stand where the value is to be written, with nothing put in for it.</summary>
    private static bool EndsOpen(string text) => SnippetText.Plain(text) is var plain && (plain.EndsWith(": ", StringComparison.Ordinal) || plain.EndsWith(": \"\"", StringComparison.Ordinal));

    private static string DetailOf(SchemaProperty property)
    {
        string detail = FieldDocumentation.TypeName(property.Schema);
        return property.IsRequired ? detail + ", required" : property.IsExperimental ? detail + ", experimental" : detail;
    }

    private static string Text(CompletionRequest request, SchemaProperty property, out bool snippet)
    {
        string name = ScalarText.Of(property.Name, request.IsJson);
        snippet = false;
        if (request.Place.Line.HasColon)
        {
            return name;
        }
        if (request.Place.HasContent)
        {
            return name + ":";
        }
        string text = request.IsJson ? new Skeleton(request.Style, asJson: true).JsonEntry(property.Name, property.Schema) : new Skeleton(request.Style).Entry(property.Name, property.Schema);
        if (request.Place.IsFlow && text.Contains('\n'))
        {
            text = name + (Skeleton.IsList(property.Schema) ? ": [$1]" : ": {$1}");
        }
        snippet = text.Contains('$');
        return text;
    }

    private static bool IsHead(string name) => name is "apiVersion" or "kind" or "metadata";

    private static bool IsPresent(YamlMapping? mapping, string name, YamlEntry? marked)
    {
        foreach (YamlEntry entry in mapping?.Entries ?? [])
        {
            if (!ReferenceEquals(entry, marked) && entry.Name == name)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// In a union the field that goes with the chosen <c>type</c> comes first and its alternatives come last:
    /// <c>type: URLRewrite</c> wants <c>urlRewrite</c>.
    /// </summary>
    private static char BandOf(SchemaNode schema, SchemaProperty property, YamlMapping? mapping)
    {
        if (property.Schema.Deprecated is not null)
        {
            return Outdated;
        }
        if (schema.Find("type")?.Schema is { Enum.IsEmpty: false } type)
        {
            string? chosen = mapping?.Get("type").Text();
            foreach (JsonValue value in type.Enum)
            {
                if (string.Equals(value.Text, property.Name, StringComparison.OrdinalIgnoreCase))
                {
                    return value.Text == chosen ? Chosen : chosen is not null || mapping is null ? Unfit : Usual;
                }
            }
        }
        return property.IsRequired ? Required : Usual;
    }
}
