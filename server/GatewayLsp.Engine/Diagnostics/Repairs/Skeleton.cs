using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>
/// The smallest sensible value of a schema: its default, the first allowed or well-known value, else a text that fits the
/// limits; objects with their required fields.
/// </summary>
internal static class Skeleton
{
    private const int MaxDepth = 12;

    private static readonly ImmutableArray<string> Texts =
        ["example", "example.com", "example.com/example", "https://example.com", "/", "1s", "Example", "a", "x", "127.0.0.1", "2025-01-01T00:00:00Z", ""];

    /// <summary>Well-known port for a field that wants one: 80 names the one that nearly everything listens on.</summary>
    private const long Port = 80;

    public static JsonValue Of(SchemaNode schema) => Of(schema, "", 0);

    /// <summary>The value for a field of that name.</summary>
    public static JsonValue Of(SchemaNode schema, string name) => Of(schema, name, 0);

    /// <summary>True when the value is not invented: it is the default, or the only one there is.</summary>
    public static bool IsCertain(SchemaNode schema) => schema.Default is not null || schema.Enum.Length == 1;

    private static JsonValue Of(SchemaNode schema, string name, int depth)
    {
        if (schema.Default is { Kind: not JsonKind.Null } standard)
        {
            return standard;
        }
        if (schema.Enum.Length > 0)
        {
            return schema.Enum[0];
        }
        if (depth >= MaxDepth)
        {
            return JsonValue.Null;
        }
        if ((schema.Types & SchemaTypes.Object) != 0)
        {
            return Object(schema, depth);
        }
        if ((schema.Types & SchemaTypes.Array) != 0)
        {
            return JsonValue.Of(schema.Items is { } items && (schema.MinItems ?? 1) > 0 ? [Of(items, "", depth + 1)] : ImmutableArray<JsonValue>.Empty);
        }
        if ((schema.Types & SchemaTypes.Boolean) != 0)
        {
            return JsonValue.False;
        }
        return (schema.Types & (SchemaTypes.Integer | SchemaTypes.Number)) != 0 || schema.IntOrString ? Number(schema, name) : Text(schema);
    }

    private static JsonValue Object(SchemaNode schema, int depth)
    {
        ImmutableArray<KeyValuePair<string, JsonValue>>.Builder members = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>();
        foreach (SchemaProperty property in schema.Properties)
        {
            if (schema.Required.Contains(property.Name) && property.Schema.Default is null)
            {
                members.Add(new(property.Name, Of(property.Schema, property.Name, depth + 1)));
            }
        }
        return JsonValue.OfMembers(members.DrainToImmutable());
    }

    private static JsonValue Number(SchemaNode schema, string name)
    {
        (decimal? min, decimal? max) = (schema.Minimum, schema.Maximum);
        if (name.EndsWith("port", StringComparison.OrdinalIgnoreCase) && !(Port < min) && !(Port > max))
        {
            return JsonValue.Of(Port);
        }
        decimal value = min is > 0 ? min.Value : max is < 1 ? max.Value : schema.ExclusiveMinimum || min is null ? 1 : min.Value;
        return JsonValue.NumberOf(value.ToString("G29", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static JsonValue Text(SchemaNode schema)
    {
        foreach (KnownValue known in schema.Values)
        {
            if (known.Value is { Kind: JsonKind.String } && known.Value.Text.Length >= (schema.MinLength ?? 0) && !known.IsExperimental)
            {
                return known.Value;
            }
        }
        foreach (string text in Texts)
        {
            if (text.Length >= (schema.MinLength ?? 0) && text.Length <= (schema.MaxLength ?? int.MaxValue)
                && (SchemaFacts.Of(schema).Pattern?.IsMatch(text) ?? true)
                && (schema.Format is null || SchemaFormats.IsValid(schema.Format, text)))
            {
                return JsonValue.Of(text);
            }
        }
        return JsonValue.Of("example");
    }
}
