using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool.Core;

/// <summary>
/// What the models do not say: which fields the API server demands (<c>required.yaml</c>), and which kinds we take, enums,
/// list types, order and better words (<c>overlay.yaml</c>). Both are facts in our own form, by model type.
/// </summary>
internal sealed class CoreFacts
{
    private static readonly string[] TypeKeys = ["order", "open", "properties"];

    private readonly string _folder;
    private readonly JsonObject _required;
    private readonly JsonObject _types;
    private readonly HashSet<string> _unused;

    public CoreFacts(string folder)
    {
        _folder = folder;
        _required = YamlJson.ReadFile(Path.Combine(folder, "required.yaml"));
        var overlay = YamlJson.ReadFile(Path.Combine(folder, "overlay.yaml"));
        _types = overlay["types"] as JsonObject ?? [];
        Kinds = [.. (overlay["kinds"] as JsonArray ?? []).Select(kind => (JsonObject)kind!)];
        _unused = [.. _required.Select(type => type.Key), .. _types.Select(type => type.Key)];
    }

    public IReadOnlyList<JsonObject> Kinds { get; }

    public bool IsOpen(string type) => Find(type)?["open"] is not null;

    public IReadOnlyList<string> Required(string type) => Names(_required[type]);

    /// <summary>Properties that people want first.</summary>
    public IReadOnlyList<string> Order(string type) => Names(Find(type)?["order"]);

    public JsonObject Properties(string type)
    {
        _unused.Remove(type);
        return Find(type)?["properties"] as JsonObject ?? [];
    }

    /// <summary>A fact about a field that is not there is a mistake, or the package's new version took it away.</summary>
    public void CheckNames(string type, IReadOnlyCollection<string> known)
    {
        foreach (var name in Required(type).Concat(Order(type)).Concat(Properties(type).Select(property => property.Key)))
        {
            if (!known.Contains(name))
            {
                throw new SchemaSourceException(_folder, $"{type} has no field {name}");
            }
        }

        foreach (var (key, _) in Find(type) ?? [])
        {
            if (!TypeKeys.Contains(key))
            {
                throw new SchemaSourceException(_folder, $"{type}: unknown key {key}");
            }
        }
    }

    public void CheckAllUsed()
    {
        if (_unused.Count > 0)
        {
            throw new SchemaSourceException(_folder, $"no kind uses {string.Join(", ", _unused)}");
        }
    }

    private static List<string> Names(JsonNode? list) => [.. (list as JsonArray ?? []).Select(name => (string)name!)];

    private JsonObject? Find(string type) => _types[type] as JsonObject;
}
