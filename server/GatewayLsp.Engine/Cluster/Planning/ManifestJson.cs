using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>An object of a manifest as JSON, read as kubectl reads it: aliases and merge keys unfolded, YAML 1.1's scalars.</summary>
public static class ManifestJson
{
    private const int MaxDepth = 100;

    /// <summary>Aliases may repeat a piece many times.</summary>
    private const int MaxNodes = 500_000;

    /// <summary>Null for what can't be sent: templates, damaged text, too deep or too large.</summary>
    public static JsonObject? Of(ManifestObject one)
    {
        if (one.Document.IsTemplate || !one.Document.Errors.IsEmpty)
        {
            return null;
        }
        var reader = new Reader();
        return reader.Read(one.Node, 0) is JsonObject tree && !reader.HasFailed ? WithHead(tree, one) : null;
    }

    /// <summary>Items of lists may leave their heads to the list.</summary>
    private static JsonObject WithHead(JsonObject tree, ManifestObject one)
    {
        if (tree.ContainsKey("apiVersion") && tree.ContainsKey("kind"))
        {
            return tree;
        }
        var whole = new JsonObject { ["apiVersion"] = one.ApiVersion, ["kind"] = one.Kind };
        foreach ((string name, JsonNode? value) in tree)
        {
            if (name is not ("apiVersion" or "kind"))
            {
                whole[name] = value?.DeepClone();
            }
        }
        return whole;
    }

    private sealed class Reader
    {
        private readonly MergedEntries _merged = new();
        private int _nodes;

        public bool HasFailed { get; private set; }

        public JsonNode? Read(YamlNode? node, int depth)
        {
            if (HasFailed || depth > MaxDepth || ++_nodes > MaxNodes)
            {
                HasFailed = true;
                return null;
            }
            switch (node.Resolved())
            {
                case YamlMapping mapping:
                    var map = new JsonObject();
                    foreach (YamlEntry entry in _merged.Of(mapping))
                    {
                        if (entry.Key is not YamlScalar { IsOpaque: false })
                        {
                            HasFailed = true;
                            return null;
                        }
                        map[entry.Name] = Read(entry.Value, depth + 1);
                    }
                    return map;
                case YamlSequence sequence:
                    var list = new JsonArray();
                    foreach (YamlNode item in sequence.Items)
                    {
                        list.Add(Read(item, depth + 1));
                    }
                    return list;
                case YamlScalar scalar:
                    HasFailed |= scalar.IsOpaque;
                    return Scalar(scalar);
                default:
                    return null;
            }
        }

        private static JsonNode? Scalar(YamlScalar scalar)
        {
            switch (ScalarResolver.KindOf(scalar))
            {
                case ScalarKind.Null:
                    return null;
                case ScalarKind.Boolean:
                    return ScalarResolver.Truth(scalar.Value);
                case ScalarKind.Integer when ScalarResolver.TryInteger(scalar.Value, out BigInteger integer):
                    return JsonNode.Parse(integer.ToString(CultureInfo.InvariantCulture));
                case ScalarKind.Float when ScalarResolver.TryNumber(scalar.Value, out double number) && double.IsFinite(number):
                    return number;
                default:
                    return scalar.Value;
            }
        }
    }
}
