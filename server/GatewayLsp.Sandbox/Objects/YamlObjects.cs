using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Sandbox.Objects;

/// <summary>YAML to JSON the way Kubernetes' clients and the API server do it, through the engine's reader.</summary>
internal static class YamlObjects
{
    /// <summary>Nodes of one document, aliases counted each time: an unfolded bomb ends here.</summary>
    private const int MaxNodes = 500_000;

    /// <summary>Every document of a text that holds something.</summary>
    public static IEnumerable<JsonObject> ReadAll(string text)
    {
        foreach (DocumentSlot slot in ManifestFile.Parse("", text).Documents)
        {
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                int left = MaxNodes;
                if (Read(one.Node, ref left) is JsonObject found)
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>The body of a request: JSON, or one document of YAML. Null when it is neither.</summary>
    public static JsonNode? Read(byte[] body, List<string>? duplicates = null)
    {
        if (Json.Parse(body, duplicates) is { } json)
        {
            return json;
        }
        ManifestDocument document = ManifestFile.Parse("", Encoding.UTF8.GetString(body)).Documents.FirstOrDefault(slot => slot.Document.Root is not null).Document;
        int left = MaxNodes;
        return document?.Root is { } root && document.Errors.All(error => error.Code == "duplicate-key") ? Read(root, ref left) : null;
    }

    private static JsonNode? Read(YamlNode written, ref int left)
    {
        if (--left < 0)
        {
            return null;
        }
        switch (written.Resolved())
        {
            case YamlMapping mapping:
                var members = new JsonObject();
                foreach (YamlEntry entry in mapping.Entries)
                {
                    members[entry.Name] = Read(entry.Value, ref left);
                }
                return members;
            case YamlSequence sequence:
                var items = new JsonArray();
                foreach (YamlNode item in sequence.Items)
                {
                    items.Add(Read(item, ref left));
                }
                return items;
            case YamlScalar scalar:
                return Scalar(scalar);
            default:
                return null;
        }
    }

    private static JsonValue? Scalar(YamlScalar scalar)
    {
        switch (ScalarResolver.KindOf(scalar))
        {
            case ScalarKind.Null:
                return null;
            case ScalarKind.Boolean:
                return JsonValue.Create(ScalarResolver.Truth(scalar.Value));
            case ScalarKind.Integer when ScalarResolver.TryInteger(scalar.Value, out BigInteger whole) && whole >= long.MinValue && whole <= long.MaxValue:
                return JsonValue.Create((long)whole);
            case ScalarKind.Float or ScalarKind.Integer when double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number):
                return JsonValue.Create(number);
            default:
                return JsonValue.Create(scalar.Value);
        }
    }
}
