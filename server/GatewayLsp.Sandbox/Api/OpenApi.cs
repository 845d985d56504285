using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Apply;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using JsonValue = System.Text.Json.Nodes.JsonValue;

namespace GatewayLsp.Sandbox.Api;

/// <summary>OpenAPI v3 of the served kinds, made of the engine's schemas: enough for <c>kubectl explain</c>, apply and diff.</summary>
internal static class OpenApi
{
    private const int MaxDepth = 40;

    public static JsonObject Index(ResourceRegistry registry)
    {
        var paths = new JsonObject();
        foreach ((string group, string[] versions) in Discovery.Versions(registry))
        {
            foreach (string version in versions)
            {
                string path = Path(group, version);
                string seed = $"{path} {registry.Channel} {string.Join(',', registry.Resources.Select(one => one.Name))}";
                paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(seed)))}" };
            }
        }
        return new JsonObject { ["paths"] = paths };
    }

    /// <summary>Null when the group and version are not served.</summary>
    public static JsonObject? Document(ResourceRegistry registry, string path, string title)
    {
        string[] parts = path.Split('/');
        (string group, string version) = parts switch
        {
            ["api", var core] => ("", core),
            ["apis", var name, var number] => (name, number),
            _ => ("", ""),
        };
        if (version.Length == 0 || !Discovery.Versions(registry).Any(one => one.Group == group && one.Versions.Contains(version)))
        {
            return null;
        }
        var schemas = new JsonObject();
        var paths = new JsonObject();
        foreach (ApiResource one in registry.Resources.Where(one => one.Group == group && one.Versions.Contains(version)))
        {
            string name = $"{string.Join('.', (group.Length == 0 ? "core" : group).Split('.').Reverse())}.{version}.{one.Kind}";
            JsonObject schema = Schema(one.SchemaOf(version)!, 0, one.IsBuiltIn);
            schema["x-kubernetes-group-version-kind"] = Gvk(group, version, one.Kind);
            if (registry.Catalog.Kind(new Gvk(group, version, one.Kind))?.Description is { } description)
            {
                schema["description"] = description;
            }
            schemas[name] = schema;
            AddPaths(paths, one, version, name);
        }
        return new JsonObject
        {
            ["openapi"] = "3.0.0", ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = title }, ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static string Path(string group, string version) => group.Length == 0 ? "api/" + version : $"apis/{group}/{version}";

    private static JsonArray Gvk(string group, string version, string kind) => new(new JsonObject { ["group"] = group, ["kind"] = kind, ["version"] = version });

    private static void AddPaths(JsonObject paths, ApiResource one, string version, string schema)
    {
        string root = $"/{Path(one.Group, version)}/{(one.IsNamespaced ? "namespaces/{namespace}/" : "")}{one.Plural}";
        JsonObject operation(string verb, bool isPatch = false)
        {
            var json = new JsonObject
            {
                ["operationId"] = $"{verb}{one.Kind}{version}",
                ["x-kubernetes-action"] = verb,
                ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = one.Group, ["kind"] = one.Kind, ["version"] = version },
                ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK", ["content"] = Content("application/json", schema) } },
            };
            if (verb is not ("list" or "get"))
            {
                json["parameters"] = new JsonArray([.. ((string[])["dryRun", "fieldManager", "fieldValidation"]).Select(name => (JsonNode)new JsonObject
                {
                    ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
                })]);
                var content = new JsonObject();
                string[] types = !isPatch ? ["application/json"] : one.IsBuiltIn
                    ? ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"]
                    : ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"];
                foreach (string type in types)
                {
                    content[type] = Content(type, schema)[type]!.DeepClone();
                }
                json["requestBody"] = new JsonObject { ["content"] = content };
            }
            return json;
        }
        paths[root] = new JsonObject { ["get"] = operation("list"), ["post"] = operation("post") };
        paths[root + "/{name}"] = new JsonObject { ["get"] = operation("get"), ["put"] = operation("put"), ["patch"] = operation("patch", isPatch: true), ["delete"] = operation("delete") };
    }

    private static JsonObject Content(string type, string schema) =>
        new() { [type] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + schema } } };

    /// <param name="withMerging">True for kinds that take strategic merge patches.</param>
    private static JsonObject Schema(SchemaNode node, int depth, bool withMerging)
    {
        var json = new JsonObject();
        if (node.Description is { Length: > 0 } description)
        {
            json["description"] = description;
        }
        if (node.IntOrString)
        {
            json["x-kubernetes-int-or-string"] = true;
            json["oneOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
            return json;
        }
        if (TypeOf(node) is { } type)
        {
            json["type"] = type;
        }
        if (node.PreserveUnknownFields)
        {
            json["x-kubernetes-preserve-unknown-fields"] = true;
        }
        if (depth >= MaxDepth)
        {
            return json;
        }
        if (node.Properties.Length > 0)
        {
            var properties = new JsonObject();
            foreach (SchemaProperty property in node.Properties)
            {
                JsonObject child = Schema(property.Schema, depth + 1, withMerging);
                if (withMerging && MergeKeys.Strategy(property.Name, property.Schema) is { } strategy)
                {
                    child["x-kubernetes-patch-strategy"] = strategy;
                    if (MergeKeys.Of(property.Name, property.Schema) is { Length: > 0 } key)
                    {
                        child["x-kubernetes-patch-merge-key"] = key;
                    }
                }
                properties[property.Name] = child;
            }
            json["properties"] = properties;
        }
        if (node.Required.Length > 0)
        {
            json["required"] = JsonPaths.TextsOf(node.Required);
        }
        if (node.AdditionalProperties is { } values)
        {
            json["additionalProperties"] = Schema(values, depth + 1, withMerging);
        }
        if (node.Items is { } items)
        {
            json["items"] = Schema(items, depth + 1, withMerging);
        }
        Limits(json, node);
        return json;
    }

    private static void Limits(JsonObject json, SchemaNode node)
    {
        if (node.Enum.Length > 0)
        {
            json["enum"] = new JsonArray([.. node.Enum.Select(Decoding.OfDefault)]);
        }
        if (node.Default is { } value)
        {
            json["default"] = Decoding.OfDefault(value);
        }
        foreach ((string name, int? limit) in ((string, int?)[])
            [("minLength", node.MinLength), ("maxLength", node.MaxLength), ("minItems", node.MinItems), ("maxItems", node.MaxItems), ("minProperties", node.MinProperties), ("maxProperties", node.MaxProperties)])
        {
            if (limit is { } number)
            {
                json[name] = number;
            }
        }
        if (node.Minimum is { } least)
        {
            json["minimum"] = JsonValue.Create(least);
        }
        if (node.Maximum is { } most)
        {
            json["maximum"] = JsonValue.Create(most);
        }
        if (node.Pattern is { } pattern)
        {
            json["pattern"] = pattern;
        }
        if (node.Format is { } format)
        {
            json["format"] = format;
        }
        if (node.ListType != SchemaListType.None)
        {
            json["x-kubernetes-list-type"] = node.ListType.ToString().ToLower(CultureInfo.InvariantCulture);
        }
        if (node.ListMapKeys.Length > 0)
        {
            json["x-kubernetes-list-map-keys"] = JsonPaths.TextsOf(node.ListMapKeys);
        }
        if (node.MapType != SchemaMapType.None)
        {
            json["x-kubernetes-map-type"] = node.MapType.ToString().ToLower(CultureInfo.InvariantCulture);
        }
    }

    private static string? TypeOf(SchemaNode node) => node.Types switch
    {
        SchemaTypes.Object => "object",
        SchemaTypes.Array => "array",
        SchemaTypes.String => "string",
        SchemaTypes.Integer => "integer",
        SchemaTypes.Number => "number",
        SchemaTypes.Boolean => "boolean",
        _ => null,
    };
}
