using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>
/// An object of a manifest as JSON, read as kubectl reads it: aliases and merge keys unfolded, YAML 1.1's scalars. What looks like a
/// template in a quoted or block scalar is text for somebody else (an alert, a script), unless it is Helm's.
/// </summary>
public static class ManifestJson
{
    private const int MaxDepth = 100;

    /// <summary>Aliases may repeat a piece many times.</summary>
    private const int MaxNodes = 500_000;

    /// <summary>Where texts of other languages stand.</summary>
    private static readonly string[] Foreign = ["data", "stringData", "annotations", "args", "command", "env"];

    /// <summary>What only Helm fills in.</summary>
    private static readonly string[] Helm = [".Values", ".Release", ".Chart", ".Files", ".Capabilities", "include ", "tpl "];

    /// <summary>Null for what can't be sent: templates, damaged text, too deep or too large.</summary>
    public static JsonObject? Of(ManifestObject one)
    {
        if (one.Document.IsTemplate || !one.Document.Errors.IsEmpty)
        {
            return null;
        }
        var reader = new Reader();
        return reader.Read(one.Node, 0, isForeign: false) is JsonObject tree && !reader.HasFailed ? WithHead(tree, one) : null;
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

        /// <param name="isForeign">Below a field of <see cref="Foreign"/>.</param>
        public JsonNode? Read(YamlNode? node, int depth, bool isForeign)
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
                        map[entry.Name] = Read(entry.Value, depth + 1, isForeign || Array.IndexOf(Foreign, entry.Name) >= 0);
                    }
                    return map;
                case YamlSequence sequence:
                    var list = new JsonArray();
                    foreach (YamlNode item in sequence.Items)
                    {
                        list.Add(Read(item, depth + 1, isForeign));
                    }
                    return list;
                case YamlScalar scalar:
                    HasFailed |= scalar.IsOpaque && !IsText(scalar, isForeign);
                    return Scalar(scalar);
                default:
                    return null;
            }
        }

        /// <summary>A variable in a field of Kubernetes' own is to be filled in before, however it is quoted.</summary>
        private static bool IsText(YamlScalar scalar, bool isForeign) =>
            scalar.IsQuoted && (isForeign || !scalar.Value.Contains("${", StringComparison.Ordinal)) && !Array.Exists(Helm, word => scalar.Value.Contains(word, StringComparison.Ordinal));

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
