using System.Text.Json.Nodes;

namespace GatewayLsp.SchemaTool.Sources;

/// <summary>Shared types, found by <c>$ref: file.yaml#/Name</c> from the same folder or <c>folder/file.yaml#/Name</c> from any.</summary>
internal sealed class TypeLibrary
{
    private readonly Dictionary<string, JsonObject> _types = new(StringComparer.Ordinal);

    public void Add(string path, string area, JsonObject file)
    {
        var types = file["types"] as JsonObject ?? throw new SchemaSourceException(path, "expected a map types");
        foreach (var (name, schema) in types)
        {
            _types.Add($"{area}/{Path.GetFileName(path)}#/{name}", schema as JsonObject ?? throw new SchemaSourceException(path, $"{name} is no map"));
        }
    }

    /// <summary>The type and the folder that its own references start from.</summary>
    public (JsonObject Schema, string Area) Find(string place, string area, string reference)
    {
        var key = reference.Split('#')[0].Contains('/', StringComparison.Ordinal) ? reference : $"{area}/{reference}";
        return _types.TryGetValue(key, out var schema)
            ? (schema, key[..key.IndexOf('/', StringComparison.Ordinal)])
            : throw new SchemaSourceException(place, $"there is no type {reference}");
    }
}
