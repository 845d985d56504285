using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GatewayLsp.SchemaTool.Sources;

/// <summary>Reads YAML as JSON, with the scalar types of the YAML 1.2 core schema; the order of keys stays.</summary>
internal static class YamlJson
{
    public static JsonObject ReadFile(string path)
    {
        var documents = ReadAll(path);
        return documents.Count == 1 && documents[0] is JsonObject document
            ? document
            : throw new SchemaSourceException(path, "expected one YAML document with a map");
    }

    public static List<JsonNode?> ReadAll(string path)
    {
        using var reader = new StreamReader(path);
        return ReadAll(path, reader);
    }

    /// <param name="path">What mistakes are said to be in.</param>
    public static List<JsonNode?> ReadAll(string path, TextReader reader)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(reader);
        }
        catch (YamlException problem)
        {
            throw new SchemaSourceException($"{path}:{problem.Start.Line}", problem.Message);
        }

        return [.. stream.Documents.Select(document => Convert(document.RootNode))];
    }

    private static JsonNode? Convert(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                var result = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    result.Add(((YamlScalarNode)key).Value ?? "", Convert(value));
                }

                return result;
            case YamlSequenceNode sequence:
                return new JsonArray([.. sequence.Children.Select(Convert)]);
            default:
                return ConvertScalar((YamlScalarNode)node);
        }
    }

    private static JsonValue? ConvertScalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => JsonValue.Create(integer),
            _ when IsNumber(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private static bool IsNumber(string text) => char.IsAsciiDigit(text[0]) || (text[0] is '-' or '+' or '.' && text.Length > 1 && char.IsAsciiDigit(text[1]));
}
