using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Completion;

/// <summary>The values that a schema knows for a field, in the order in which to offer them.</summary>
internal static class ValueOrder
{
    /// <summary>The default first, then the documented ones as documented, then the rest of the enum.</summary>
    public static List<JsonValue> Of(SchemaNode schema)
    {
        var values = new List<JsonValue>();
        if (schema.Default is { Kind: not (JsonKind.Array or JsonKind.Object) } first && (schema.Enum.IsEmpty || schema.Enum.Contains(first)))
        {
            values.Add(first);
        }
        foreach (KnownValue known in schema.Values)
        {
            Add(values, known.Value);
        }
        foreach (JsonValue value in schema.Enum)
        {
            Add(values, value);
        }
        if (schema.Types == SchemaTypes.Boolean)
        {
            Add(values, JsonValue.True);
            Add(values, JsonValue.False);
        }
        return values;
    }

    private static void Add(List<JsonValue> values, JsonValue value)
    {
        if (!values.Contains(value))
        {
            values.Add(value);
        }
    }
}
