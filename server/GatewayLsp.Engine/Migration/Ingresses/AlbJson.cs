using System.Globalization;
using System.Text.Json;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>The JSON that ALB annotations hold; names count whatever their capitals, as the controller has it.</summary>
internal static class AlbJson
{
    private const int MaxLength = 64 * 1024;

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, MaxDepth = 16 };

    public static JsonElement? Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? At(this JsonElement? element, string name)
    {
        if (element is { ValueKind: JsonValueKind.Object } map)
        {
            foreach (JsonProperty property in map.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return property.Value;
                }
            }
        }
        return null;
    }

    public static string? Text(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static IEnumerable<JsonElement?> Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(item => (JsonElement?)item) : [];

    public static int? TryGetInt32Safe(this JsonElement element) =>
        int.TryParse(((JsonElement?)element).Text(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
