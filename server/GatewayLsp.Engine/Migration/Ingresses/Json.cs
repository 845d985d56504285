using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Short hands for the objects that a conversion makes.</summary>
internal static class Json
{
    /// <summary>An object of those members that are there.</summary>
    public static JsonValue Map(params ReadOnlySpan<(string Name, JsonValue? Value)> members)
    {
        ImmutableArray<KeyValuePair<string, JsonValue>>.Builder made = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>();
        foreach ((string name, JsonValue? value) in members)
        {
            if (value is not null)
            {
                made.Add(new(name, value));
            }
        }
        return JsonValue.OfMembers(made.DrainToImmutable());
    }

    /// <summary>A list; null when it is empty.</summary>
    public static JsonValue? List(IEnumerable<JsonValue> items) => JsonValue.Of([.. items]) is { Items.Length: > 0 } list ? list : null;

    public static JsonValue? Texts(IEnumerable<string> items) => List(items.Select(JsonValue.Of));

    public static JsonValue? Text(string? text) => text is null ? null : JsonValue.Of(text);

    public static JsonValue PathMatch(string type, string value) => Map(("type", JsonValue.Of(type)), ("value", JsonValue.Of(value)));

    public static JsonValue Filter(string type, string field, JsonValue value) => Map(("type", JsonValue.Of(type)), (field, value));

    public static JsonValue Header(string name, string value, string? type = null) =>
        Map(("type", Text(type)), ("name", JsonValue.Of(name)), ("value", JsonValue.Of(value)));
}
